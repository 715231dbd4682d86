using DeployGate.Core.Decisions;
using DeployGate.Core.Uses;

namespace DeployGate.Core.Rules;

/// <summary>DG3005: a service that needs a Generalized image is given a Specialized one.</summary>
public sealed class ConsumerNeedsGeneralized : MatrixRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG3005", "consumer-needs-generalized", Severity.Error, At(Stage.Deploy), Outcome.DeploymentRejected,
        "A service that creates accounts of its own is given a Specialized image.");

    /// <inheritdoc/>
    public override Explanation Explain(RuleCase one) => Explanation.AtSource(
        one, $"{one.Declared.Text}, but the {one.SourceText} is Specialized", "the image is named here");
}
