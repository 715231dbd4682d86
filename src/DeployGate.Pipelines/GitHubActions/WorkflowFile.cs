using System.Collections.Concurrent;
using DeployGate.Core.Text;
using DeployGate.Pipelines.Yaml;

namespace DeployGate.Pipelines.GitHubActions;

/// <summary>A workflow or action file.</summary>
internal sealed class WorkflowFile(SourceText source, YamlMapping root)
{
    private const string Folder = ".github/workflows/";

    private readonly ConcurrentDictionary<string, bool> _writes = new(StringComparer.OrdinalIgnoreCase);
    private readonly bool _hasWrites = source.Content.Contains("GITHUB_ENV", StringComparison.Ordinal);

    internal SourceText Source => source;

    internal YamlMapping Root => root;

    /// <summary>The path of the repository's root as the files' paths show it: empty, or ending in a slash.</summary>
    internal string RepositoryRoot { get; init; } = RootOf(source.Path);

    /// <summary>True when a script of the file may set an environment variable for later steps.</summary>
    internal bool MayWrite(string variable) => _hasWrites && _writes.GetOrAdd(variable, name =>
        source.Content.Contains(name + "=", StringComparison.OrdinalIgnoreCase) || source.Content.Contains(name + "<<", StringComparison.OrdinalIgnoreCase));

    private static string RootOf(string path)
    {
        var at = path.Replace('\\', '/').LastIndexOf(Folder, StringComparison.Ordinal);
        return at <= 0 ? "" : path[..at];
    }
}
