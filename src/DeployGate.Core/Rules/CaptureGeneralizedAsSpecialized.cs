using DeployGate.Core.Decisions;
using DeployGate.Core.Uses;

namespace DeployGate.Core.Rules;

/// <summary>DG2001: a Generalized machine is captured as a Specialized image.</summary>
public sealed class CaptureGeneralizedAsSpecialized : MatrixRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG2001", "capture-generalized-as-specialized", Severity.Error, At(Stage.Capture, Stage.Deploy), Outcome.ProvisioningTimeout,
        "The image is declared Specialized, but what it is captured from is Generalized.");

    /// <inheritdoc/>
    public override Explanation Explain(RuleCase one) => Explanation.AtDeclaration(
        one, $"{one.Declared.Text}, but the source {one.SourceText} is generalized");
}
