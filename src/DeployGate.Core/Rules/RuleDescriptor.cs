using System.Collections.Immutable;
using DeployGate.Core.Decisions;
using DeployGate.Core.Uses;

namespace DeployGate.Core.Rules;

/// <summary>How much a finding weighs. Only <see cref="Error"/> closes the gate.</summary>
public enum Severity
{
    /// <summary>Not reported.</summary>
    Off,

    /// <summary>For information.</summary>
    Note,

    /// <summary>Reported; the gate stays open.</summary>
    Warning,

    /// <summary>The gate closes.</summary>
    Error,
}

/// <summary>
/// A rule's identity and defaults. The id never changes meaning and says nothing of severity; the name states the
/// pattern that is caught, not the cure.
/// </summary>
/// <param name="Id"><c>DG</c> and four digits.</param>
/// <param name="Name">Words in lower case, joined by hyphens.</param>
/// <param name="Severity">The severity where the user has not chosen another.</param>
/// <param name="Stages">The stages at which the rule can fire; empty means any.</param>
/// <param name="Outcome">What Azure does if the deployment goes ahead; a finding may know better.</param>
/// <param name="Summary">One sentence: what is wrong.</param>
public sealed record RuleDescriptor(
    string Id, string Name, Severity Severity, ImmutableArray<Stage> Stages, Outcome Outcome, string Summary)
{
    /// <summary>The rule's page in this repository; the file of a user's own policy.</summary>
    public string Page { get; init; } = $"policies/rules/{Id}.md";
}
