namespace DeployGate.Pipelines.Model;

/// <summary>What names of images and runners tell.</summary>
internal static class JobSystems
{
    /// <summary>The system of a label or image: <c>ubuntu-24.04</c>, <c>windows-latest</c>.</summary>
    internal static JobSystem Of(string? label) => label?.Trim().ToLowerInvariant() switch
    {
        null => JobSystem.Unknown,
        var name when name.StartsWith("ubuntu", StringComparison.Ordinal) || name == "linux" => JobSystem.Linux,
        var name when name.StartsWith("windows", StringComparison.Ordinal) || name.StartsWith("vs20", StringComparison.Ordinal) => JobSystem.Windows,
        var name when name.StartsWith("macos", StringComparison.Ordinal) => JobSystem.MacOS,
        _ => JobSystem.Unknown,
    };
}
