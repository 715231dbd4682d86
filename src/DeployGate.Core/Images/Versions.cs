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
    private static bool IsIn(Artifact version, string location) =>
        Regions.StateIn(version, location) == RegionState.Usable && Regions.Find(version, location)?.Get("excludeFromLatest") is not BoolValue { IsTrue: true };
}

/// <summary>Whether a version of an image can be used in a region.</summary>
internal enum RegionState
{
    /// <summary>It can, or nothing is known against it.</summary>
    Usable,

    /// <summary>It is not among the target regions.</summary>
    Missing,

    /// <summary>It will be there.</summary>
    Replicating,

    /// <summary>Its replication failed.</summary>
    Failed,
}

/// <summary>The regions of a version.</summary>
/// <seealso href="https://learn.microsoft.com/azure/virtual-machines/azure-compute-gallery"/>
internal static class Regions
{
    internal static RegionState StateIn(Artifact version, string location)
    {
        if (TargetsOf(version) is null)
        {
            return RegionState.Usable;
        }

        if (Find(version, location) is null)
        {
            return RegionState.Missing;
        }

        var replicas = (version.Get("properties", "replicationStatus", "summary") as ArrayValue)?.Items.OfType<ObjectValue>() ?? [];
        return replicas.FirstOrDefault(one => Plain(one.GetText("region")) == Plain(location))?.GetText("state")?.ToLowerInvariant() switch
        {
            null or "completed" => RegionState.Usable,
            "failed" => RegionState.Failed,
            _ => RegionState.Replicating,
        };
    }

    /// <summary>The entry of a region among the target regions.</summary>
    internal static ObjectValue? Find(Artifact version, string location) =>
        TargetsOf(version)?.Items.OfType<ObjectValue>().FirstOrDefault(one => Plain(one.GetText("name")) == Plain(location));

    /// <summary>What there is to say of a version's regions, in one line.</summary>
    internal static string Describe(Artifact version)
    {
        var state = (version.Get("properties", "provisioningState") as StringValue)?.Text;
        var isExcluded = version.Get("properties", "publishingProfile", "excludeFromLatest") is BoolValue { IsTrue: true };
        var names = TargetsOf(version)?.Items.OfType<ObjectValue>().Select(one => one.GetText("name")).OfType<string>().Take(12)
            .Select(name => StateIn(version, name) is var replica and not RegionState.Usable ? $"{name} ({replica})" : name);
        string?[] words = [state, isExcluded ? "excludeFromLatest" : null, names is null ? null : $"regions {string.Join(", ", names)}"];
        return string.Join(", ", words.OfType<string>()) is { Length: > 0 } text ? text : "no regions shown";
    }

    private static ArrayValue? TargetsOf(Artifact version) =>
        version.Get("properties", "publishingProfile", "targetRegions") is ArrayValue { Rest: null, IsFullyKnown: true } regions ? regions : null;

    // Answers spell a region as "West US" and as "westus".
    private static string? Plain(string? region) => region?.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
}
