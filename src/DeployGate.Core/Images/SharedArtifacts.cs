using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Core.Resources;
using DeployGate.Core.Threads;
using DeployGate.Core.Values;

namespace DeployGate.Core.Images;

/// <summary>What all evaluations of a run share: the facts, and the resources that templates declare.</summary>
public sealed class SharedArtifacts
{
    /// <summary>Indexes the facts and the resources of all templates of the run.</summary>
    /// <param name="declared">The resources of all templates of the run.</param>
    /// <param name="facts">What is known of the actual state.</param>
    /// <param name="wanted">Takes note of what is looked for; null when nobody wants to know.</param>
    public SharedArtifacts(IReadOnlyList<ResolvedResource> declared, Facts facts, WantedFacts? wanted = null)
    {
        Facts = facts;
        Wanted = wanted;
        Unreadable = facts.Unreadable.GroupBy(fact => fact.Id, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.First().Reason, StringComparer.OrdinalIgnoreCase);
        Declared = IndexOf(declared);
        Observed = new PatternIndex<FactResource>([.. Entries(facts.Resources, fact => new StringValue(fact.Id), fact => fact.Type)]);
        Inspections = new PatternIndex<GuestInspection>([.. Entries(facts.Disks.Where(disk => !IsAddress(disk.Of)), disk => new StringValue(disk.Of), _ => "")]);
        ByExactId = facts.Resources.ToLookup(fact => ExactKey(fact.Type, fact.Id), StringComparer.OrdinalIgnoreCase);
        MarketplaceImages = [.. facts.Resources.Where(fact => fact.Id.Contains("/ArtifactTypes/VMImage/", StringComparison.OrdinalIgnoreCase))];
        AbsentIds = facts.Absent.Select(fact => fact.Id.Trim('/')).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Absent = [.. facts.Absent.Select(fact => ResourceIdPattern.From(new StringValue(fact.Id))).OfType<ResourceIdPattern>()];
    }

    internal Facts Facts { get; }

    /// <summary>The facts by type and id: thousands of uses look for thousands of resources.</summary>
    internal ILookup<string, FactResource> ByExactId { get; }

    internal HashSet<string> AbsentIds { get; }

    internal WantedFacts? Wanted { get; }

    internal Dictionary<string, string> Unreadable { get; }

    internal PatternIndex<ResolvedResource> Declared { get; }

    internal PatternIndex<FactResource> Observed { get; }

    /// <summary>The inspections of what has an id; those of a VHD's address are among the facts.</summary>
    internal PatternIndex<GuestInspection> Inspections { get; }

    /// <summary>What Azure shows of Marketplace images.</summary>
    internal ImmutableArray<FactResource> MarketplaceImages { get; }

    internal ImmutableArray<ResourceIdPattern> Absent { get; }

    internal static string ExactKey(string type, string id) => $"{type}|{id.Trim('/')}";

    // The artifacts that resources declare, by their ids.
    private static PatternIndex<ResolvedResource> IndexOf(IReadOnlyList<ResolvedResource> resources)
    {
        var entries = new PatternEntry<ResolvedResource>?[resources.Count];
        Each.InPieces(resources.Count, ResourceIdPattern.AtATime, (first, end) =>
        {
            for (var i = first; i < end; i++)
            {
                entries[i] = EntryOf(resources[i], isAskedSoon: false);
            }
        });
        return new PatternIndex<ResolvedResource>([.. entries.OfType<PatternEntry<ResolvedResource>>()]);
    }

    /// <summary>A declared artifact by its id; null for what is none, and where nothing is known of its id.</summary>
    internal static PatternEntry<ResolvedResource>? EntryOf(ResolvedResource resource, bool isAskedSoon) =>
        !resource.IsExisting && ArtifactTypes.IsArtifact(resource.Type) && ResourceIdPattern.From(resource.Id) is { } pattern
            ? new PatternEntry<ResolvedResource>(resource.Id, isAskedSoon ? pattern : null, resource, resource.Type)
            : null;

    /// <summary>True for what is named by an address, as VHDs are, and not by an id.</summary>
    internal static bool IsAddress(string of) => of.Contains("://", StringComparison.Ordinal);

    private static IEnumerable<PatternEntry<T>> Entries<T>(IEnumerable<T> items, Func<T, Value> idOf, Func<T, string> typeOf)
    {
        foreach (var item in items)
        {
            var id = idOf(item);
            if (ResourceIdPattern.From(id) is { } pattern)
            {
                yield return new PatternEntry<T>(id, pattern, item, typeOf(item));
            }
        }
    }
}
