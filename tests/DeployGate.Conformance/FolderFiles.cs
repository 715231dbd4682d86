using System.Collections.Concurrent;
using DeployGate.Core.Text;

namespace DeployGate.Conformance;

/// <summary>The files below one folder, each read from disk once; nothing outside of it.</summary>
internal sealed class FolderFiles(string folder) : ISourceFiles
{
    private readonly string _root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
    private readonly ConcurrentDictionary<string, byte[]?> _files = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public FileRead Read(string path)
    {
        var full = Path.GetFullPath(path, _root);
        if (!full.StartsWith(_root, StringComparison.Ordinal))
        {
            return new FileRead.Refused(path, "it lies outside of the corpus", "Add the file to the corpus.");
        }

        var shown = full[_root.Length..].Replace('\\', '/');
        var bytes = _files.GetOrAdd(full, file => File.Exists(file) ? File.ReadAllBytes(file) : null);
        return bytes is null ? new FileRead.Missing(shown) : new FileRead.Found(new SourceText(shown, SourceEncoding.Decode(bytes)), bytes);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string>? List(string folder)
    {
        var full = Path.GetFullPath(folder, _root);
        return full.StartsWith(_root, StringComparison.Ordinal) && Directory.Exists(full)
            ? [.. Directory.EnumerateFiles(full).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)]
            : null;
    }
}

/// <summary>Remembers which files were read.</summary>
internal sealed class RecordingFiles(ISourceFiles files) : ISourceFiles
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>Each text once, by path.</summary>
    internal IEnumerable<(string Path, string Text)> Texts => _texts.Select(text => (text.Key, text.Value));

    /// <inheritdoc/>
    public FileRead Read(string path)
    {
        var read = files.Read(path);
        if (read is FileRead.Found found)
        {
            _texts[found.Source.Path] = found.Source.Content;
        }

        return read;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string>? List(string folder) => files.List(folder);
}
