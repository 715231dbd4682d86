using System.Collections.Concurrent;

namespace DeployGate.Cli.Files;

/// <summary>What paths lead to in truth, where thousands of them share few folders: what a folder is is asked once. Thread-safe, and for one stage of a run.</summary>
internal sealed class RealFolders
{
    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary>The full path with every link on the way followed, as <see cref="DiskFiles.RealPath(string)"/> follows them.</summary>
    internal string RealPath(string full) => Path.GetDirectoryName(full) is { } folder
        ? DiskFiles.Followed(Path.Combine(RealFolder(folder), Path.GetFileName(full)))
        : full;

    private string RealFolder(string folder)
    {
        if (_known.TryGetValue(folder, out var known))
        {
            return known;
        }

        // Nearly all are what they say, and are kept as one text.
        var real = RealPath(folder);
        return _known.GetOrAdd(folder, real == folder ? folder : real);
    }
}
