using DeployGate.Core.Values;

namespace DeployGate.Core.Images;

/// <summary>Versions of gallery images: three integers.</summary>
internal static class Versions
{
    /// <summary>
    /// The highest version that is not excluded from latest and did not fail; null when there is none, or when one of them is
    /// not known by number, so that it cannot be told which is the highest.
    /// </summary>
    /// <param name="versions">All versions of a definition.</param>
    /// <param name="location">The region in which the image is used; null when it is not known.</param>
    internal static Artifact? Latest(IEnumerable<Artifact> versions, string? location)
    {
        Artifact? latest = null;
        Version? highest = null;
        foreach (var version in versions)
        {
            if (!Version.TryParse(version.Name, out var number))
            {
                return null;
            }

            if (MayBeLatest(version, location) && (highest is null || number > highest))
            {
                (latest, highest) = (version, number);
            }
        }

        return latest;
    }

    private static bool MayBeLatest(Artifact version, string? location)
    {
        var isExcluded = version.Get("properties", "publishingProfile", "excludeFromLatest") is BoolValue { IsTrue: true };
        var state = (version.Get("properties", "provisioningState") as StringValue)?.Text.ToLowerInvariant();
        return !isExcluded && state is not ("failed" or "creating" or "deleting") && (location is null || IsIn(version, location));
    }

    // Azure looks for the latest among the versions that are in the region of the deployment.
    private static bool IsIn(Artifact version, string location)
    {
        if (version.Get("properties", "publishingProfile", "targetRegions") is not ArrayValue { Rest: null, IsFullyKnown: true } regions)
        {
            return true;
        }

        var region = regions.Items.OfType<ObjectValue>().FirstOrDefault(one => Plain(one.GetText("name")) == Plain(location));
        if (region is null || region.Get("excludeFromLatest") is BoolValue { IsTrue: true })
        {
            return false;
        }

        var replicas = (version.Get("properties", "replicationStatus", "summary") as ArrayValue)?.Items.OfType<ObjectValue>() ?? [];
        var replica = replicas.FirstOrDefault(one => Plain(one.GetText("region")) == Plain(location));
        return replica?.GetText("state")?.ToLowerInvariant() is null or "completed";
    }

    // Answers spell a region as "West US" and as "westus".
    private static string? Plain(string? region) => region?.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
}
