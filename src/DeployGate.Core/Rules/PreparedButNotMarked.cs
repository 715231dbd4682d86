using DeployGate.Core.Decisions;
using DeployGate.Core.Uses;

namespace DeployGate.Core.Rules;

/// <summary>DG5003: the guest is prepared and the VM is not marked.</summary>
public sealed class PreparedButNotMarked : MatrixRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG5003", "prepared-but-not-marked", Severity.Error, At(Stage.Capture), Outcome.DeploymentRejected,
        "The guest is prepared, but the VM does not carry Azure's mark.");

    /// <inheritdoc/>
    public override Explanation Explain(RuleCase one) => Explanation.AtDeclaration(
        one, $"{one.Declared.Text}, but the source {one.SourceText} is prepared but not marked generalized");
}
