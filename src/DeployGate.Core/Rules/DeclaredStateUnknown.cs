using DeployGate.Core.Decisions;

namespace DeployGate.Core.Rules;

/// <summary>DG9002: which state is declared cannot be told.</summary>
public sealed class DeclaredStateUnknown : MatrixRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG9002", "declared-state-unknown", Severity.Warning, [], Outcome.None,
        "Which state is declared for the image is not known.");

    /// <inheritdoc/>
    public override Explanation Explain(RuleCase one) => new(
        $"{one.Declared.Text}, so that what the {one.SourceText} must be cannot be told", one.Declared.Place, one.Source.Place == one.Declared.Place ? "the source is named here" : "declared here");
}
