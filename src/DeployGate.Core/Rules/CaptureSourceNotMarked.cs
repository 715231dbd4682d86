using DeployGate.Core.Decisions;
using DeployGate.Core.Uses;

namespace DeployGate.Core.Rules;

/// <summary>DG2003: the source of a Generalized image is a VM without the mark.</summary>
public sealed class CaptureSourceNotMarked : MatrixRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG2003", "capture-source-not-marked", Severity.Error, At(Stage.Capture), Outcome.DeploymentRejected,
        "The image is declared Generalized, but the source VM does not carry Azure's mark.");

    /// <inheritdoc/>
    public override Explanation Explain(RuleCase one) => Explanation.AtDeclaration(
        one, $"{one.Declared.Text}, but the source {one.SourceText} is not marked generalized");
}
