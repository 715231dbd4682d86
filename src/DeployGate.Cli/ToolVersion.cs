using System.Reflection;

namespace DeployGate.Cli;

/// <summary>Which DeployGate this is.</summary>
internal static class ToolVersion
{
    private const int ShortHash = 7;

    private static readonly string[] s_parts =
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+', 2);

    /// <summary>The version that reports show. Without the commit, so that a report changes only when the version does.</summary>
    internal static string Number => s_parts[0];

    /// <summary>The hash of the commit this was built from, in full; null when it was built outside of a repository.</summary>
    internal static string? Commit { get; } = s_parts is [_, { Length: >= ShortHash } hash] ? hash : null;

    /// <summary>What <c>--version</c> prints: <c>deploygate 0.1.0 (abcdef0)</c>.</summary>
    internal static string Line => Commit is { } hash ? $"deploygate {Number} ({hash[..ShortHash]})" : $"deploygate {Number}";
}
