using System.Collections.Immutable;

namespace DeployGate.Cli.Files;

/// <summary>Files as they would be after a fix: texts by full path, read in the place of what is on disk.</summary>
internal sealed record EditedFiles(ImmutableDictionary<string, string> Texts)
{
    /// <summary>Everything is as it is on disk.</summary>
    internal static EditedFiles None { get; } = new(ImmutableDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>The edited text; null for what is as it is on disk.</summary>
    internal string? Find(string full) => Texts.GetValueOrDefault(full);
}
