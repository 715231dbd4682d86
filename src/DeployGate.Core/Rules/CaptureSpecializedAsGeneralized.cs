using DeployGate.Core.Decisions;
using DeployGate.Core.Uses;

namespace DeployGate.Core.Rules;

/// <summary>DG2002: a Specialized machine is captured as a Generalized image.</summary>
public sealed class CaptureSpecializedAsGeneralized : MatrixRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG2002", "capture-specialized-as-generalized", Severity.Error, At(Stage.Capture), Outcome.ProvisioningFailure,
        "The image is declared Generalized, but the machine it is captured from was never prepared for copies.");

    /// <inheritdoc/>
    public override Explanation Explain(RuleCase one) => Explanation.AtDeclaration(
        one, $"{one.Declared.Text}, but the source {one.SourceText} was not left generalized");
}
