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

/// <summary>What all evaluations of a run share: the facts, and the resources that templates declare.</summary>
public sealed class SharedArtifacts
{
    /// <summary>Indexes the facts and the resources of all templates of the run.</summary>
    public SharedArtifacts(IEnumerable<ResolvedResource> declared, Facts facts)
    {
        Facts = facts;
        Declared = ArtifactEntry.Index(declared);
        Observed = facts.Resources
            .Select(fact => new ArtifactEntry<FactResource>(ResourceIdPattern.From(new StringValue(fact.Id)), fact, fact.Type))
            .Where(entry => entry.Pattern is not null)
            .ToLookup(entry => entry.Type, StringComparer.OrdinalIgnoreCase);
        Absent = [.. facts.Absent.Select(fact => ResourceIdPattern.From(new StringValue(fact.Id))).OfType<ResourceIdPattern>()];
    }

    internal Facts Facts { get; }

    internal ILookup<string, ArtifactEntry<ResolvedResource>> Declared { get; }

    internal ILookup<string, ArtifactEntry<FactResource>> Observed { get; }

    internal ImmutableArray<ResourceIdPattern> Absent { get; }
}

internal sealed record ArtifactEntry<T>(ResourceIdPattern? Pattern, T Value, string Type);

internal static class ArtifactEntry
{
    internal static ILookup<string, ArtifactEntry<ResolvedResource>> Index(IEnumerable<ResolvedResource> resources) => resources
        .Where(resource => !resource.IsExisting && ArtifactTypes.IsArtifact(resource.Type))
        .Select(resource => new ArtifactEntry<ResolvedResource>(ResourceIdPattern.From(resource.Id), resource, resource.Type))
        .Where(entry => entry.Pattern is not null)
        .ToLookup(entry => entry.Type, StringComparer.OrdinalIgnoreCase);
}

/// <summary>
/// The artifacts as one evaluation sees them: its own template first, then the other templates of the run, and the facts.
/// Ids match by their known parts when a subscription or resource group is unknown, and only if exactly one fits.
/// </summary>
public sealed class ArtifactCatalog(IEnumerable<ResolvedResource> own, SharedArtifacts shared, ImmutableArray<ObservedState> states = default)
{
    private readonly ILookup<string, ArtifactEntry<ResolvedResource>> _own = ArtifactEntry.Index(own);

    /// <summary>Finds the artifact of a type with an id.</summary>
    public ArtifactLookup Find(string type, Value id)
    {
        if (ResourceIdPattern.From(id) is not { } wanted)
        {
            return new ArtifactLookup(null, WhyUnknown(id), false);
        }

        var (declared, declaredCount) = BestDeclared(type, wanted);
        var pattern = declared is null ? wanted : ResourceIdPattern.From(declared.Id) ?? wanted;
        var (observed, observedCount) = Best(shared.Observed[type], wanted, SameFact, trustHoles: false);
        observed ??= Best(shared.Observed[type], pattern, SameFact, trustHoles: false).Found;
        if (declared is not null || observed is not null)
        {
            return new ArtifactLookup(new Artifact(type, declared is null ? id : declared.Id, declared, FactsOf(type, observed)), "", false);
        }

        if (declaredCount > 1 || observedCount > 1)
        {
            return new ArtifactLookup(null, $"several resources fit '{Show(id)}'; give --subscription and --resource-group", false);
        }

        return shared.Absent.Any(absent => absent.Match(wanted) == IdMatch.Same)
            ? new ArtifactLookup(null, $"'{Show(id)}' does not exist (any more)", true)
            : new ArtifactLookup(null, $"nothing is known of '{Show(id)}': no template here declares it, and no facts were given for it", false);
    }

    /// <summary>The artifacts that lie directly below another one: the versions of a definition.</summary>
    public IEnumerable<Artifact> ChildrenOf(Artifact parent, string childType)
    {
        if (ResourceIdPattern.From(parent.Id) is not { } wanted)
        {
            yield break;
        }

        foreach (var entry in _own[childType].Concat(shared.Declared[childType].Where(other => !_own[childType].Any(mine => SameDeclaration(mine.Value, other.Value)))).Where(entry => entry.Pattern!.Parent.Match(wanted) != IdMatch.No))
        {
            yield return new Artifact(childType, entry.Value.Id, entry.Value, []);
        }

        foreach (var entry in shared.Observed[childType].Where(entry => entry.Pattern!.Parent.Match(wanted) != IdMatch.No))
        {
            yield return new Artifact(childType, new StringValue(entry.Value.Id), null, [entry.Value]);
        }
    }

    /// <summary>
    /// The image of a community or shared gallery, whose ids (<c>/CommunityGalleries/…/Images/…</c>) are not those of the
    /// facts (<c>…/locations/…/communityGalleries/…/images/…</c>): the common end tells.
    /// </summary>
    public FactResource? FindForeignImage(Value id)
    {
        var end = (id as StringValue)?.Text.Trim('/');
        var versions = end?.IndexOf("/versions/", StringComparison.OrdinalIgnoreCase) ?? -1;
        end = versions < 0 ? end : end![..versions];
        return string.IsNullOrEmpty(end) ? null : shared.Facts.Resources.FirstOrDefault(fact => fact.Id.TrimEnd('/').EndsWith("/" + end, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>
    /// What the pipeline around this use did to a resource or a VHD before it; null when it did nothing to it. Holes of the
    /// same text are the same unknown within one pipeline.
    /// </summary>
    public ObservedState? StateOf(Value idOrAddress)
    {
        if (states.IsDefaultOrEmpty)
        {
            return null;
        }

        if (ResourceIdPattern.From(idOrAddress) is not { Type: not null } wanted)
        {
            return states.FirstOrDefault(state => state.Type.Length == 0 && string.Equals(Show(state.Id), Show(idOrAddress), StringComparison.OrdinalIgnoreCase));
        }

        var (found, _) = Best(
            states.Where(state => state.Type.Length > 0).Select(state => new ArtifactEntry<ObservedState>(ResourceIdPattern.From(state.Id), state, state.Type)).Where(entry => entry.Pattern is not null),
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
            return shared.Facts.Disks.FirstOrDefault(disk => string.Equals(WithoutQuery(disk.Of), address, StringComparison.OrdinalIgnoreCase));
        }

        if (ResourceIdPattern.From(idOrAddress) is not { } wanted)
        {
            return null;
        }

        if (idOrAddress is PartialString partial && !partial.Pattern.Contains("/providers/", StringComparison.OrdinalIgnoreCase))
        {
            return ByEndOfAddress(partial.KnownEnd);
        }

        var fitting = new List<GuestInspection>();
        foreach (var disk in shared.Facts.Disks)
        {
            if (disk.Of.Contains("://", StringComparison.Ordinal))
            {
                continue;
            }

            switch (ResourceIdPattern.From(new StringValue(disk.Of))?.Match(wanted))
            {
                case IdMatch.Same:
                    return disk;
                case null or IdMatch.No:
                    break;
                default:
                    fitting.Add(disk);
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
        var fitting = shared.Facts.Disks
            .Where(disk => path.Contains('/', StringComparison.Ordinal) && disk.Of.Contains("://", StringComparison.Ordinal) && WithoutQuery(disk.Of).EndsWith(path, StringComparison.OrdinalIgnoreCase))
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
        var mine = Best(_own[type], wanted, SameDeclaration, trustHoles: true);
        return mine.Count > 0 ? mine : Best(shared.Declared[type], wanted, SameDeclaration, trustHoles: false);
    }

    private ImmutableArray<FactResource> FactsOf(string type, FactResource? first) =>
        first is null ? [] : [.. shared.Observed[type].Select(entry => entry.Value).Where(fact => SameFact(fact, first))];

    private static bool SameDeclaration(ResolvedResource one, ResolvedResource other) => one.Declaration == other.Declaration;

    private static bool SameFact(FactResource one, FactResource other) => string.Equals(one.Id, other.Id, StringComparison.OrdinalIgnoreCase);

    // Facts come in the order of their sources, so that the first of several exact matches is the first answer. Equal holes
    // are the same unknown only inside one template.
    private static (T? Found, int Count) Best<T>(IEnumerable<ArtifactEntry<T>> entries, ResourceIdPattern wanted, Func<T, T, bool> areSame, bool trustHoles)
        where T : class
    {
        var fitting = new List<T>();
        foreach (var entry in entries)
        {
            var match = entry.Pattern!.Match(wanted);
            if (match == IdMatch.Same && (trustHoles || (entry.Pattern.IsComplete && wanted.IsComplete)))
            {
                return (entry.Value, 1);
            }

            if (match != IdMatch.No && !fitting.Exists(other => areSame(other, entry.Value)))
            {
                fitting.Add(entry.Value);
            }
        }

        return (fitting.Count == 1 ? fitting[0] : null, fitting.Count);
    }
}
