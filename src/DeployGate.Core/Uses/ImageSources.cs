using System.Collections.Immutable;
using DeployGate.Core.Images;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Core.Uses;

/// <summary>Reads the ways in which resources name an image.</summary>
internal static class ImageSources
{
    /// <summary>The sources an <c>imageReference</c> names; empty when it certainly names none.</summary>
    internal static ImmutableArray<ImageSource> FromReference(FoundValue? reference)
    {
        if (reference is null)
        {
            return [];
        }

        return ValuePath.Candidates(reference.Value) switch
        {
            [] => [Unresolved(reference, reference.Value)],
            var candidates => [.. candidates.SelectMany(candidate => FromObject(reference, candidate))],
        };
    }

    /// <summary>The resources an id names.</summary>
    internal static ImmutableArray<ImageSource> FromId(FoundValue? id) => id is null ? [] : ValuePath.Candidates(id.Value) switch
    {
        [] => [Unresolved(id, id.Value)],
        var candidates => [.. candidates.Where(candidate => candidate is not (NullValue or StringValue { Text: "" })).Select(candidate => Resource(id, candidate))],
    };

    /// <summary>The VHDs an address names.</summary>
    internal static ImmutableArray<ImageSource> FromAddress(FoundValue? address) => address is null ? [] : ValuePath.Candidates(address.Value) switch
    {
        [] => [Unresolved(address, address.Value)],
        var candidates => [.. candidates.Where(candidate => candidate is StringValue { Text.Length: > 0 } or PartialString).Select(candidate => new ImageSource.Vhd(candidate, address.Place, address.Hops))],
    };

    private static IEnumerable<ImageSource> FromObject(FoundValue reference, Value candidate)
    {
        if (candidate is NullValue)
        {
            yield break;
        }

        if (candidate is not ObjectValue map)
        {
            yield return Unresolved(reference, candidate);
            yield break;
        }

        foreach (var name in (string[])["id", "sharedGalleryImageId", "communityGalleryImageId"])
        {
            var found = ValuePath.Find(map, reference.Place, name);
            if (found is { Value: UnknownValue } or { Value: PartialString } or { Value: StringValue { Text.Length: > 0 } })
            {
                if (map.Find("publisher") is { Value: StringValue { Text.Length: > 0 } publisherBeside })
                {
                    yield return new ImageSource.Unresolved("imageReference", $"imageReference names both an {name} and the publisher '{publisherBeside.Text}', and Azure takes one of them only (imageReference.publisher is invalid)", found.Place, reference.Hops);
                    yield break;
                }

                foreach (var source in FromId(found with { Hops = [.. reference.Hops.Concat(found.Hops).Distinct()] }))
                {
                    yield return source;
                }

                yield break;
            }
        }

        if (map.Find("publisher") is { } publisher)
        {
            var name = string.Join(':', ((string[])["publisher", "offer", "sku", "version"]).Select(part => ArtifactCatalog.Show(map.Get(part) ?? new StringValue("?"))));
            yield return new ImageSource.Marketplace(name, OsTypeOf(publisher.Value), reference.Place, reference.Hops);
        }
        else if (map.Rest is { } rest)
        {
            yield return Unresolved(reference, rest);
        }
    }

    private static ImageSource Resource(FoundValue id, Value candidate) => candidate is StringValue or PartialString
        ? new ImageSource.Resource(candidate, id.Place, id.Hops)
        : Unresolved(id, candidate);

    private static ImageSource.Unresolved Unresolved(FoundValue found, Value value) => value is UnknownValue unknown
        ? new ImageSource.Unresolved(unknown.Expression, unknown.Detail, found.Place, found.Hops)
        : new ImageSource.Unresolved("imageReference", "it is not an object of a known form", found.Place, found.Hops);

    // Only publishers whose images are all of one system; anything else stays unknown, SQL Server on Linux for one.
    internal static OsType OsTypeOf(Value publisher) => (publisher as StringValue)?.Text.ToLowerInvariant() switch
    {
        "microsoftwindowsserver" or "microsoftwindowsdesktop" or "microsoftvisualstudio" => OsType.Windows,
        "canonical" or "redhat" or "suse" or "debian" or "openlogic" or "almalinux" or "oracle" or "microsoftcblmariner" or "coreos" or "kinvolk" => OsType.Linux,
        _ => OsType.Unknown,
    };
}

/// <summary>Reads what resources declare.</summary>
internal static class Declarations
{
    /// <summary>The state an <c>osState</c> value declares.</summary>
    internal static DeclaredState FromOsState(FoundValue found, string what)
    {
        var states = ImmutableArray.CreateBuilder<OsState>();
        var isOther = false;
        foreach (var candidate in ValuePath.Candidates(found.Value))
        {
            if (Parse(candidate) is not { } state)
            {
                isOther = true;
            }
            else if (!states.Contains(state))
            {
                states.Add(state);
            }
        }

        if (isOther || states.Count == 0)
        {
            var reason = found.Value is UnknownValue unknown ? unknown.Detail : "the value is neither 'Generalized' nor 'Specialized'";
            return new DeclaredState([], $"{what} is {Quote(found.Value)}", found.Place, found.Hops, reason);
        }

        return new DeclaredState(states.ToImmutable(), $"{what} is {Quote(found.Value)}", found.Place, found.Hops) { IsWritten = found.Value.Origin is not { IsImplied: true } };
    }

    /// <summary>The state that an <c>osProfile</c>, present or not, declares: it is what gives a Generalized image its identity.</summary>
    internal static DeclaredState FromOsProfile(FoundValue? profile, Place image)
    {
        if (profile is null)
        {
            return new DeclaredState([OsState.Specialized], "osProfile is not set", image, []);
        }

        var place = profile.NamePlace ?? profile.Place;
        switch (profile.Value)
        {
            case ObjectValue:
                return new DeclaredState([OsState.Generalized], "osProfile is set", place, profile.Hops);
            case UnknownValue { Alternatives.IsEmpty: false } choice when choice.Alternatives.All(one => one is ObjectValue or NullValue):
                return new DeclaredState([.. choice.Alternatives.Select(one => one is NullValue ? OsState.Specialized : OsState.Generalized).Distinct()], $"osProfile is {choice.Expression}", place, profile.Hops);
            case UnknownValue unknown:
                return new DeclaredState([], "osProfile is not known", place, profile.Hops, unknown.Detail);
            default:
                return new DeclaredState([], "osProfile is not an object", place, profile.Hops, "osProfile must be an object");
        }
    }

    /// <summary>The state that an image definition declares, found by its id.</summary>
    internal static DeclaredState FromDefinition(ArtifactCatalog catalog, Value definitionId, FoundValue named)
    {
        var lookup = catalog.Find(ArtifactTypes.Definition, definitionId);
        if (lookup.Artifact is not { } definition)
        {
            return new DeclaredState([], $"the image definition{(ResourceIdPattern.From(definitionId) is { } id ? $" '{id.Name(0)}'" : "")} is not known", named.Place, named.Hops, lookup.Reason);
        }

        if (definition.Declared is { } resource && ValuePath.Find(resource.Body, resource.Declaration, "properties", "osState") is { } written)
        {
            return FromOsState(written, "osState");
        }

        if (definition.GetObserved("properties", "osState") is { } observed)
        {
            var state = FromOsState(new FoundValue(observed, named.Place, null, []), $"the definition '{definition.Name}' in Azure");
            return state with { Hops = named.Hops, IsWritten = null };
        }

        return new DeclaredState([], $"the image definition '{definition.Name}' shows no osState", named.Place, named.Hops, "its osState is missing");
    }

    /// <summary>The operating system an <c>osType</c> value names.</summary>
    internal static OsType OsTypeOf(Value? value) => (value as StringValue)?.Text.ToLowerInvariant() switch
    {
        "windows" => OsType.Windows,
        "linux" => OsType.Linux,
        _ => OsType.Unknown,
    };

    private static OsState? Parse(Value value) => (value as StringValue)?.Text.ToLowerInvariant() switch
    {
        "generalized" => OsState.Generalized,
        "specialized" => OsState.Specialized,
        _ => null,
    };

    private static string Quote(Value value) => value switch
    {
        StringValue { IsSecret: true } => "a secret",
        StringValue text => $"'{text.Text}'",
        UnknownValue unknown => unknown.Expression,
        _ => $"'{ArtifactCatalog.Show(value)}'",
    };
}
