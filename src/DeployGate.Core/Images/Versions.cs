using DeployGate.Core.Values;

namespace DeployGate.Core.Images;

/// <summary>Versions of gallery images: three integers.</summary>
internal static class Versions
{
    /// <summary>
    /// The highest version that is not excluded from latest and did not fail; null when there is none, or when one of them is
    /// not known by number, so that it cannot be told which is the highest.
    /// </summary>
    internal static Artifact? Latest(IEnumerable<Artifact> versions)
    {
        Artifact? latest = null;
        Version? highest = null;
        foreach (var version in versions)
        {
            if (!Version.TryParse(version.Name, out var number))
            {
                return null;
            }

            var isExcluded = version.Get("properties", "publishingProfile", "excludeFromLatest") is BoolValue { IsTrue: true };
            var isFailed = version.Get("properties", "provisioningState") is StringValue { Text: "Failed" };
            if (!isExcluded && !isFailed && (highest is null || number > highest))
            {
                (latest, highest) = (version, number);
            }
        }

        return latest;
    }
}
