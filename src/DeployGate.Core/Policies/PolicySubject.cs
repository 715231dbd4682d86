using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Core.Policies;

/// <summary>One thing that policies are asked about.</summary>
public sealed record PolicySubject
{
    /// <summary>Which policies are asked.</summary>
    public required PolicyMode Mode { get; init; }

    /// <summary>The user's words for it: <c>virtual machine 'vm-web'</c>.</summary>
    public required string Words { get; init; }

    /// <summary>Where a finding points when no field that decides was written anywhere.</summary>
    public required Place Place { get; init; }

    /// <summary>Where the resource is declared.</summary>
    public required Place Declaration { get; init; }

    /// <summary>
    /// Its fields. A field whose name has a dot and that stands beside the one before the dot (<c>image</c>,
    /// <c>image.kind</c>) is a member under its whole name.
    /// </summary>
    public required ObjectValue Fields { get; init; }

    /// <summary>The use; null for a resource.</summary>
    public Rules.RuleCase? Use { get; init; }

    /// <summary>True when it depends on a condition that is not known.</summary>
    public bool IsMaybe { get; init; }

    /// <summary>The subject that a resource is.</summary>
    public static PolicySubject Of(ResolvedResource resource) => new()
    {
        Mode = PolicyMode.Resources,
        Words = $"{ArtifactTypes.NameOf(resource.Type)} '{ArtifactCatalog.Show(resource.Name)}'",
        Place = resource.Declaration,
        Declaration = resource.Declaration,
        Fields = ResourceFields.Of(resource),
        IsMaybe = resource.Presence == Presence.Maybe,
    };

    /// <summary>The subject that a judged use is.</summary>
    public static PolicySubject Of(Rules.RuleCase one, Verdict verdict) => new()
    {
        Mode = PolicyMode.Uses,
        Words = one.Use.Subject,
        Place = one.Source.Place,
        Declaration = one.Use.Resource.Declaration,
        Fields = UseFields.Of(one, verdict),
        Use = one,
        IsMaybe = one.Use.Resource.Presence == Presence.Maybe,
    };
}

/// <summary>The fields of a resource.</summary>
internal static class ResourceFields
{
    internal static ObjectValue Of(ResolvedResource resource) => ObjectValue.From(
        [
            .. resource.Body.Members,
            new Member("type", new StringValue(resource.Type)),
            new Member("name", LastName(resource.Name)),
            new Member("fullName", resource.Name),
            new Member("id", resource.Id),
            new Member("apiVersion", resource.ApiVersion),
        ],
        resource.Body.Rest);

    private static Value LastName(Value name) => name switch
    {
        StringValue text => new StringValue(text.Text.Split('/')[^1]) { Origin = name.Origin, IsSecret = name.IsSecret },
        PartialString open when open.KnownEnd.Contains('/', StringComparison.Ordinal) => new StringValue(open.KnownEnd.Split('/')[^1]) { Origin = name.Origin, IsSecret = name.IsSecret },
        _ => name,
    };
}
