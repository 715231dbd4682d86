using System.Collections.Immutable;
using DeployGate.Core.Assessment;

namespace DeployGate.ControlPlane.FactsFiles;

/// <summary>Puts facts into the one order in which they are recorded, so that live and recorded facts are the same.</summary>
public static class FactsOrder
{
    /// <summary>The facts by id, each once.</summary>
    public static Facts Of(Facts facts) => facts with
    {
        Resources = By(facts.Resources, fact => fact.Id),
        Absent = By(facts.Absent, fact => fact.Id),
        Unreadable = By(facts.Unreadable, fact => fact.Id),
        Listed = By(facts.Listed, id => id),
    };

    private static ImmutableArray<T> By<T>(ImmutableArray<T> items, Func<T, string> key) =>
    [
        .. items
            .GroupBy(key, StringComparer.OrdinalIgnoreCase)
            .Select(group => group.MinBy(key, StringComparer.Ordinal)!)
            .OrderBy(item => key(item).ToLowerInvariant(), StringComparer.Ordinal),
    ];
}
