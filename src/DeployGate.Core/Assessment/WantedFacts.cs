using System.Collections.Concurrent;
using System.Collections.Immutable;
using DeployGate.Core.Images;
using DeployGate.Core.Values;

namespace DeployGate.Core.Assessment;

/// <summary>One thing of Azure that a run looked for.</summary>
/// <param name="Type">The resource type; for the images of other tenants' galleries the type that Azure gives them.</param>
/// <param name="Id">The full id, or the unique id of an image in a community or shared gallery.</param>
/// <param name="IsList">True when all children of the type below the resource <paramref name="Id"/> are wanted.</param>
/// <param name="Place">From where it is asked for; only images that belong to no resource group need it.</param>
public sealed record WantedFact(string Type, string Id, bool IsList = false, LookupPlace? Place = null)
{
    /// <summary>Tells two wishes apart; without case.</summary>
    public string Key => (IsList ? $"{Id}/*{Type}" : Id).ToLowerInvariant();
}

/// <summary>The subscription and the region in which an image is used; either may be unknown.</summary>
public sealed record LookupPlace(string? Subscription, string? Location)
{
    /// <summary>The place of a resource that uses an image.</summary>
    public static LookupPlace Of(Resources.ResolvedResource resource)
    {
        var words = (resource.Id as StringValue)?.Text.Trim('/').Split('/') ?? [];
        var isInSubscription = words.Length > 1 && string.Equals(words[0], "subscriptions", StringComparison.OrdinalIgnoreCase);
        return new LookupPlace(isInSubscription ? words[1] : null, (resource.Body.Get("location") as StringValue)?.Text);
    }
}

/// <summary>
/// Collects what judging looked for and what can be asked for: ids that are known in full. Thread-safe; the same wish counts
/// once, and the order does not depend on threads.
/// </summary>
public sealed class WantedFacts
{
    private readonly ConcurrentDictionary<string, WantedFact> _wanted = new(StringComparer.Ordinal);

    /// <summary>Everything that was looked for, in the order of the ids.</summary>
    public ImmutableArray<WantedFact> All => [.. _wanted.Values.OrderBy(one => one.Key, StringComparer.Ordinal)];

    internal void Add(WantedFact wanted)
    {
        // Of two places for one image the first by order is kept, so that threads do not decide.
        _wanted.AddOrUpdate(wanted.Key, wanted, (_, known) => Compare(known.Place, wanted.Place) <= 0 ? known : wanted);
    }

    /// <summary>What of these wishes some facts leave open: not shown, not known to be absent, and not known to be unreadable.</summary>
    public ImmutableArray<WantedFact> OpenAfter(Facts facts)
    {
        var answered = facts.Resources.Where(IsTelling).Select(fact => fact.Id)
            .Concat(facts.Absent.Select(fact => fact.Id))
            .Concat(facts.Unreadable.Select(fact => fact.Id))
            .Concat(facts.Listed.Select(list => list + "/*"))
            .Select(id => id.ToLowerInvariant())
            .ToHashSet(StringComparer.Ordinal);
        return [.. All.Where(one => !IsAnswered(one, answered))];
    }

    // A Marketplace image is asked for by its name and shown by an id that begins with a subscription and a region.
    private static bool IsAnswered(WantedFact wanted, HashSet<string> answered)
    {
        if (wanted.Type != ArtifactTypes.MarketplaceVersion)
        {
            return answered.Contains(wanted.IsList ? wanted.Id.ToLowerInvariant() + "/*" : wanted.Key);
        }

        var isLatest = wanted.Key.EndsWith("/latest", StringComparison.Ordinal);
        var name = isLatest ? wanted.Key[..(wanted.Key.LastIndexOf('/') + 1)] : wanted.Key;
        return answered.Any(id => isLatest ? id.Contains(name, StringComparison.Ordinal) : id.EndsWith(name, StringComparison.Ordinal));
    }

    // A machine without its instance view tells nothing of the mark, which is what it is asked for.
    private static bool IsTelling(FactResource fact) =>
        !string.Equals(fact.Type, ArtifactTypes.VirtualMachine, StringComparison.OrdinalIgnoreCase)
        || InstanceView.MarkOf(fact.Body).Mark != AzureMark.Unknown;

    private static int Compare(LookupPlace? one, LookupPlace? other)
    {
        var bySubscription = string.CompareOrdinal(one?.Subscription ?? "~", other?.Subscription ?? "~");
        return bySubscription != 0 ? bySubscription : string.CompareOrdinal(one?.Location ?? "~", other?.Location ?? "~");
    }
}
