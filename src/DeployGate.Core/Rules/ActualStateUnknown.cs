using DeployGate.Core.Decisions;

namespace DeployGate.Core.Rules;

/// <summary>DG9001: what the source really is cannot be told.</summary>
public sealed class ActualStateUnknown : MatrixRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new(
        "DG9001", "actual-state-unknown", Severity.Warning, [], Outcome.None,
        "What the source of the image really is is not known.");

    /// <inheritdoc/>
    public override Explanation Explain(RuleCase one) => Explanation.AtSource(
        one, $"{one.Declared.Text}; whether the {one.SourceText} is {one.Declared.Candidates[0]} is not known", "the source is named here");
}
