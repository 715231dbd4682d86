using System.Collections.Concurrent;

namespace DeployGate.Cli.Files;

/// <summary>The files below each root of a run: what a root is in truth is found once, however many files lie below it. Thread-safe.</summary>
internal sealed class DiskRoots(string workingFolder, EditedFiles? edited = null)
{
    private readonly ConcurrentDictionary<string, DiskFiles> _roots = new(StringComparer.Ordinal);

    /// <summary>The files below a root.</summary>
    internal DiskFiles Of(string root) => _roots.TryGetValue(root, out var known) ? known : _roots.GetOrAdd(root, new DiskFiles(workingFolder, root, edited));
}
