namespace DeployGate.Cli.Files;

/// <summary>Files as they would be after a fix: texts by full path, read in the place of what is on disk.</summary>
internal sealed record EditedFiles(IReadOnlyDictionary<string, string> Texts)
{
    /// <summary>Everything is as it is on disk.</summary>
    internal static EditedFiles None { get; } = new(new Dictionary<string, string>());

    /// <summary>The edited text; null for what is as it is on disk.</summary>
    internal string? Find(string full) => Texts.GetValueOrDefault(full);
}
