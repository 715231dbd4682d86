using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Core.Resources;
using DeployGate.Core.Steps;
using DeployGate.Core.Values;

namespace DeployGate.Core.Images;

/// <summary>What looking for an artifact gives: the artifact, or why there is none.</summary>
/// <param name="Artifact">The artifact; null when it was not found.</param>
/// <param name="Reason">Why it was not found, in words; empty when it was.</param>
/// <param name="IsAbsent">True when Azure was asked and has none.</param>
public sealed record ArtifactLookup(Artifact? Artifact, string Reason, bool IsAbsent);

/// <summary>
/// The artifacts as one evaluation sees them: its own template first, then the other templates of the run, and the facts.
/// Ids match by their known parts when a subscription or resource group is unknown, and only if exactly one fits.
/// </summary>
public sealed class ArtifactCatalog
{
    private readonly PatternIndex<ResolvedResource> _own;
    private readonly SharedArtifacts _shared;
    private readonly ImmutableArray<ObservedState> _states;
    private readonly Lazy<List<PatternEntry<ObservedState>>> _statesById;
    private readonly Dictionary<Value, KnownId> _ids = new(ReferenceEqualityComparer.Instance);

    /// <summary>The artifacts of one evaluation.</summary>
    /// <param name="own">What its own template declares.</param>
    /// <param name="shared">What all evaluations of the run share.</param>
    /// <param name="states">What the pipeline around it did before.</param>
    public ArtifactCatalog(IEnumerable<ResolvedResource> own, SharedArtifacts shared, ImmutableArray<ObservedState> states = default)
        : this(own, shared, states, new KnownEntries())
    {
    }

    /// <summary>The same, where ids are known from evaluations before.</summary>
    internal ArtifactCatalog(IEnumerable<ResolvedResource> own, SharedArtifacts shared, ImmutableArray<ObservedState> states, KnownEntries known)
    {
        (_own, _shared, _states, Published) = (known.IndexOf(own), shared, states, new PublishedImages(shared));
        _statesById = new(() => known.EntriesOf(states));
    }

    /// <summary>The images that others publish, which no resource of the run or of the facts is by its id.</summary>
    public PublishedImages Published { get; }

    /// <summary>Finds the artifact of a type with an id.</summary>
    public ArtifactLookup Find(string type, Value id) => Find(type, id, isWanted: true);

    /// <summary>The artifact of a type with an id, from what is known already: nobody is asked for it. Null when it is not known.</summary>
    internal Artifact? Peek(string type, Value id) => Find(type, id, isWanted: false).Artifact;

    /// <summary>True when the facts show all versions of a definition, or show that there are none.</summary>
    internal bool IsListed(Value definitionId) =>
        definitionId is StringValue text && _shared.Facts.Listed.Any(id => string.Equals(id.Trim('/'), text.Text.Trim('/'), StringComparison.OrdinalIgnoreCase));

    /// <summary>The pattern of an id; null where it is none.</summary>
    internal ResourceIdPattern? PatternOf(Value id) => Of(id).Pattern;

    /// <summary>The resource type that an id names; null when it cannot be told.</summary>
    internal string? TypeOf(Value id) => Of(id).Pattern?.Type;

    /// <summary>The id of the definition that a version belongs to; a definition's own.</summary>
    internal Value DefinitionOf(Value versionOrDefinition) => Of(versionOrDefinition).Definition;

    /// <summary>An id as <see cref="Show"/> writes it.</summary>
    internal string Shown(Value id) => Of(id).Shown;

    // A dozen rules look at the id of the same use.
    private KnownId Of(Value id)
    {
        if (!_ids.TryGetValue(id, out var known))
        {
            _ids[id] = known = new KnownId(id);
        }

        return known;
    }

    private ArtifactLookup Find(string type, Value id, bool isWanted)
    {
        var known = Of(id);
        if (known.Found is not { } lookup || known.FoundType != type)
        {
            lookup = LookUp(type, id);
            (known.Found, known.FoundType) = (lookup, type);
        }

        if (isWanted)
        {
            Want(type, id, isList: false);
            Want(type, lookup.Artifact?.Declared?.Id ?? id, isList: false);
        }

        return lookup;
    }

    private ArtifactLookup LookUp(string type, Value id)
    {
        if (PatternOf(id) is not { } wanted)
        {
            return new ArtifactLookup(null, WhyUnknown(id), false);
        }

        var (declared, declaredCount) = BestDeclared(type, wanted);
        var pattern = declared is null ? wanted : PatternOf(declared.Id) ?? wanted;
        var (observed, observedCount) = BestObserved(type, id, wanted);
        observed ??= declared is null ? null : BestObserved(type, declared.Id, pattern).Found;
        if (declared is not null || observed is not null)
        {
            return new ArtifactLookup(new Artifact(type, declared is null ? id : declared.Id, declared, FactsOf(type, observed)), "", false);
        }

        if (WhyUnreadable(id) is { } reason)
        {
            return new ArtifactLookup(null, $"'{Show(id)}' could not be read: {reason}", false);
        }

        if (declaredCount > 1 || observedCount > 1)
        {
            return new ArtifactLookup(null, $"several resources fit '{Show(id)}'; give --subscription and --resource-group", false);
        }

        return IsAbsent(id)
            ? new ArtifactLookup(null, $"'{Show(id)}' does not exist (any more)", true)
            : new ArtifactLookup(null, $"nothing is known of '{Show(id)}': no template here declares it, and no facts were given for it", false);
    }

    /// <summary>The artifacts that lie directly below another one: the versions of a definition.</summary>
    public IEnumerable<Artifact> ChildrenOf(Artifact parent, string childType)
    {
        if (PatternOf(parent.Id) is not { } wanted)
        {
            yield break;
        }

        Want(childType, parent.Id, isList: true);
        var mine = _own.ChildrenOf(wanted, childType).ToList();
        foreach (var entry in mine.Concat(_shared.Declared.ChildrenOf(wanted, childType).Where(other => !mine.Exists(one => SameDeclaration(one.Value, other.Value)))))
        {
            yield return new Artifact(childType, entry.Value.Id, entry.Value, []);
        }

        foreach (var entry in _shared.Observed.ChildrenOf(wanted, childType))
        {
            yield return new Artifact(childType, new StringValue(entry.Value.Id), null, [entry.Value]);
        }
    }

    /// <summary>Why nothing could be read of a resource; null when nobody tried, or when it was read.</summary>
    public string? WhyUnreadable(Value id) =>
        id is StringValue text && _shared.Unreadable.TryGetValue((PublishedImages.IdInGallery(id) ?? text.Text).TrimEnd('/'), out var reason) ? reason : null;

    /// <summary>Why the children of a resource could not be listed; null when they were, or when nobody tried.</summary>
    public string? WhyUnlisted(Artifact parent) =>
        parent.Id is StringValue text && _shared.Unreadable.TryGetValue($"{text.Text}/versions", out var reason) ? reason : null;

    /// <summary>True when Azure was asked for a resource and has none.</summary>
    public bool IsAbsent(Value id) => id is StringValue text
        ? _shared.AbsentIds.Contains(text.Text.Trim('/'))
        : PatternOf(id) is { } wanted && _shared.Absent.Any(absent => absent.Match(wanted) == IdMatch.Same);

    // Only what is known in full can be asked for. "latest" is a version's name only in a template.
    private void Want(string type, Value id, bool isList)
    {
        if (_shared.Wanted is { } wanted
            && id is StringValue { IsSecret: false, Text: var text }
            && text.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase)
            && !text.EndsWith("/versions/latest", StringComparison.OrdinalIgnoreCase))
        {
            wanted.Add(new WantedFact(type, text.TrimEnd('/'), isList));
        }
    }

    /// <summary>
    /// What the pipeline around this use did to a resource or a VHD before it; null when it did nothing to it. Holes of the
    /// same text are the same unknown within one pipeline.
    /// </summary>
    public ObservedState? StateOf(Value idOrAddress)
    {
        if (_states.IsDefaultOrEmpty)
        {
            return null;
        }

        if (PatternOf(idOrAddress) is not { Type: not null } wanted)
        {
            return _states.FirstOrDefault(state => state.Type.Length == 0 && string.Equals(Show(state.Id), Show(idOrAddress), StringComparison.OrdinalIgnoreCase));
        }

        var (found, _) = Best(
            _statesById.Value,
            wanted,
            ReferenceEquals,
            trustHoles: true);
        return found;
    }

    /// <summary>The inspection of a disk, snapshot, VM or VHD address; the first that fits.</summary>
    public GuestInspection? InspectionOf(Value idOrAddress)
    {
        if (Address(idOrAddress) is { } address)
        {
            return _shared.Facts.Disks.FirstOrDefault(disk => string.Equals(WithoutQuery(disk.Of), address, StringComparison.OrdinalIgnoreCase));
        }

        if (PatternOf(idOrAddress) is not { } wanted)
        {
            return null;
        }

        if (idOrAddress is PartialString partial && !partial.Pattern.Contains("/providers/", StringComparison.OrdinalIgnoreCase))
        {
            return ByEndOfAddress(partial.KnownEnd);
        }

        var fitting = new List<GuestInspection>();
        foreach (var entry in _shared.Inspections.Candidates("", wanted))
        {
            switch (entry.Pattern.Match(wanted))
            {
                case IdMatch.Same:
                    return entry.Value;
                case IdMatch.No:
                    break;
                default:
                    fitting.Add(entry.Value);
                    break;
            }
        }

        return fitting.Select(disk => disk.Of.ToLowerInvariant()).Distinct().Count() == 1 ? fitting[0] : null;
    }

    /// <summary>An id or address in the form reports show: unknown parts in braces, no query string, secrets hidden.</summary>
    public static string Show(Value id) => id switch
    {
        { IsSecret: true } => "***",
        StringValue text => WithoutQuery(text.Text),
        PartialString partial => WithoutQuery(partial.Pattern),
        UnknownValue unknown => $"{{{unknown.Expression}}}",
        _ => "?",
    };

    // The account of a VHD is often known only at deployment; its path must then fit one inspection only.
    private GuestInspection? ByEndOfAddress(string end)
    {
        var path = end.Split('?')[0];
        var fitting = _shared.Facts.Disks
            .Where(disk => path.Contains('/', StringComparison.Ordinal) && SharedArtifacts.IsAddress(disk.Of) && WithoutQuery(disk.Of).EndsWith(path, StringComparison.OrdinalIgnoreCase))
            .ToList();
        return fitting.Select(disk => WithoutQuery(disk.Of)).Distinct(StringComparer.OrdinalIgnoreCase).Count() == 1 ? fitting[0] : null;
    }

    private static string WhyUnknown(Value id) => id switch
    {
        UnknownValue unknown => unknown.Detail,
        PartialString partial => partial.Parts.Last(part => part.Hole is not null).Hole!.Detail,
        _ => $"'{Show(id)}' is not a resource id",
    };

    private static string? Address(Value value) => value is StringValue text && text.Text.Contains("://", StringComparison.Ordinal) ? WithoutQuery(text.Text) : null;

    private static string WithoutQuery(string address) => address.Contains("://", StringComparison.Ordinal) ? address.Split('?')[0] : address;

    private (ResolvedResource? Found, int Count) BestDeclared(string type, ResourceIdPattern wanted)
    {
        var mine = Best(_own.Candidates(type, wanted), wanted, SameDeclaration, trustHoles: true);
        return mine.Count > 0 ? mine : Best(_shared.Declared.Candidates(type, wanted), wanted, SameDeclaration, trustHoles: false);
    }

    // The facts' ids are known in full: an id that is known in full as well is one of them or none.
    private (FactResource? Found, int Count) BestObserved(string type, Value id, ResourceIdPattern wanted)
    {
        if (id is not StringValue text)
        {
            return Best(_shared.Observed.Candidates(type, wanted), wanted, SameFact, trustHoles: false);
        }

        var first = _shared.ByExactId[SharedArtifacts.ExactKey(type, text.Text)].FirstOrDefault();
        return (first, first is null ? 0 : 1);
    }

    private ImmutableArray<FactResource> FactsOf(string type, FactResource? first) =>
        first is null ? [] : [.. _shared.ByExactId[SharedArtifacts.ExactKey(type, first.Id)]];

    private static bool SameDeclaration(ResolvedResource one, ResolvedResource other) => one.Declaration == other.Declaration;

    private static bool SameFact(FactResource one, FactResource other) => string.Equals(one.Id, other.Id, StringComparison.OrdinalIgnoreCase);

    // Facts come in the order of their sources, so that the first of several exact matches is the first answer. Equal holes
    // are the same unknown only inside one template. The count is that of the fitting ones, or 2 where more cannot change the answer.
    private static (T? Found, int Count) Best<T>(IEnumerable<PatternEntry<T>> entries, ResourceIdPattern wanted, Func<T, T, bool> areSame, bool trustHoles)
        where T : class
    {
        var fitting = new List<T>();
        foreach (var entry in entries)
        {
            var match = entry.Pattern.Match(wanted);
            if (match == IdMatch.Same && (trustHoles || (entry.Pattern.IsComplete && wanted.IsComplete)))
            {
                return (entry.Value, 1);
            }

            if (match != IdMatch.No && fitting.Count < 2 && !fitting.Exists(other => areSame(other, entry.Value)))
            {
                fitting.Add(entry.Value);
            }

            // Two that fit are as many as a thousand: which one is meant cannot be told, unless an exact one follows.
            if (fitting.Count > 1 && !trustHoles && !wanted.IsComplete)
            {
                break;
            }
        }

        return (fitting.Count == 1 ? fitting[0] : null, fitting.Count);
    }
}
