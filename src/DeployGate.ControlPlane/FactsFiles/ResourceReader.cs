using DeployGate.Core.Assessment;
using DeployGate.Core.Images;
using DeployGate.Core.Values;

namespace DeployGate.ControlPlane.FactsFiles;

/// <summary>Reads one resource, in REST shape or in az shape.</summary>
internal static class ResourceReader
{
    private const string IdFix = "Give the answer as Azure printed it, with the resource's full id: /subscriptions/…/providers/….";

    /// <summary>Adds the resource to the facts, or says why it is none. Answers without a facts file around them do not say when they were read.</summary>
    internal static void Read(FactsSource source, ObjectValue map, DateTimeOffset? readAt)
    {
        var written = map.Get("id");
        if (written is not (null or StringValue))
        {
            source.Error(written, $"the resource's 'id' is {Words.KindOf(written)}, not a string", IdFix);
            return;
        }

        if (map.Get("properties") is { } properties and not ObjectValue)
        {
            source.Error(properties, $"the resource's 'properties' is {Words.KindOf(properties)}, not an object", IdFix);
            return;
        }

        if (ObservedId(map) is not { } id)
        {
            source.Error(map, "the resource has no 'id', so it cannot be told which one it is", IdFix);
            return;
        }

        if (TypeOf(map, id) is not { } type)
        {
            source.Error(written ?? map, $"{Words.Quote(id)} is not a resource's id, and there is no 'type'", IdFix);
            return;
        }

        source.Facts.Add(new FactResource(id, type, RestShape.Of(map, id, type), source.ShownFile, readAt));
    }

    /// <summary>
    /// The resource's id. Images that others share have none, but a unique id, which templates name them by:
    /// <c>/CommunityGalleries/…</c> or <c>/SharedGalleries/…</c>.
    /// </summary>
    internal static string? ObservedId(ObjectValue map)
    {
        if (map.GetText("id") is { } id && !string.IsNullOrWhiteSpace(id))
            return Normalize(id);
        return (map.GetText("identifier", "uniqueId") ?? map.GetText("uniqueId")) is { } unique && SharedType(Normalize(unique)) is not null
            ? Normalize(unique)
            : null;
    }

    /// <summary>An id begins with a slash; answers and people leave it out at times. Addresses stay as they are.</summary>
    internal static string Normalize(string id)
    {
        var trimmed = id.Trim();
        return trimmed.StartsWith('/') || trimmed.Contains("://", StringComparison.Ordinal) ? trimmed : $"/{trimmed}";
    }

    private static string? TypeOf(ObjectValue map, string id)
    {
        if (map.GetText("type") is { } type && type.Contains('/'))
            return type;
        return ResourceIdPattern.From(new StringValue(id))?.Type ?? SharedType(id) ?? GroupType(id);
    }

    // As the REST API spells the type of the images it does give one.
    private static string? SharedType(string id)
    {
        var words = id.Trim('/').Split('/');
        var kind = words[0].ToLowerInvariant() switch
        {
            "communitygalleries" => "communityGalleryImage",
            "sharedgalleries" => "sharedGalleryImage",
            _ => null,
        };
        return (kind, words.Length) switch
        {
            (null, _) => null,
            (_, 4) => $"Microsoft.Compute/locations/{kind}",
            (_, 6) => $"Microsoft.Compute/locations/{kind}Version",
            _ => null,
        };
    }

    private static string? GroupType(string id)
    {
        var words = id.Trim('/').Split('/');
        if (!string.Equals(words[0], "subscriptions", StringComparison.OrdinalIgnoreCase))
            return null;
        return words.Length switch
        {
            2 => "Microsoft.Resources/subscriptions",
            4 when string.Equals(words[2], "resourceGroups", StringComparison.OrdinalIgnoreCase) => "Microsoft.Resources/resourceGroups",
            _ => null,
        };
    }
}
