using System.Collections.Immutable;
using DeployGate.Core.Resources;
using DeployGate.Core.Steps;

namespace DeployGate.Core.Images;

/// <summary>
/// What stands before one step of a pipeline stands before the next as well, with few changes: ids are taken apart once for all steps, not
/// once for each.
/// </summary>
internal sealed class KnownEntries
{
    private readonly Dictionary<ResolvedResource, Known> _declared = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ObservedState, PatternEntry<ObservedState>?> _states = new(ReferenceEqualityComparer.Instance);

    /// <summary>The artifacts among resources, by their ids.</summary>
    internal PatternIndex<ResolvedResource> IndexOf(IEnumerable<ResolvedResource> resources)
    {
        var entries = new List<PatternEntry<ResolvedResource>>();
        foreach (var resource in resources)
        {
            if (Of(resource).Entry is { } entry)
            {
                entries.Add(entry);
            }
        }

        return new PatternIndex<ResolvedResource>(entries);
    }

    /// <summary>The id of a resource as reports show it.</summary>
    internal string IdOf(ResolvedResource resource) => Of(resource).Id;

    /// <summary>The states of what has an id, by their ids.</summary>
    internal List<PatternEntry<ObservedState>> EntriesOf(ImmutableArray<ObservedState> states)
    {
        var entries = new List<PatternEntry<ObservedState>>(states.Length);
        foreach (var state in states)
        {
            if (!_states.TryGetValue(state, out var entry))
            {
                _states[state] = entry = state.Type.Length > 0 && ResourceIdPattern.From(state.Id) is { } pattern ? new PatternEntry<ObservedState>(state.Id, pattern, state, state.Type) : null;
            }

            if (entry is not null)
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    private Known Of(ResolvedResource resource)
    {
        if (!_declared.TryGetValue(resource, out var known))
        {
            _declared[resource] = known = new Known(SharedArtifacts.EntryOf(resource, isAskedSoon: true), ArtifactCatalog.Show(resource.Id));
        }

        return known;
    }

    private sealed record Known(PatternEntry<ResolvedResource>? Entry, string Id);
}
