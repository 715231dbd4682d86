namespace DeployGate.Core.Text;

/// <summary>What asking for a file gives: its text, or why there is none. "Not there" and "could not look" stay apart.</summary>
public abstract record FileRead
{
    private FileRead()
    {
    }

    /// <summary>The file's text, and its bytes where they are at hand; they are not kept with the text.</summary>
    public sealed record Found(SourceText Source, ReadOnlyMemory<byte>? Bytes = null) : FileRead;

    /// <summary>There is no such file.</summary>
    public sealed record Missing(string Path) : FileRead;

    /// <summary>The file was not read: it lies outside the repository, is too large, or the system refused.</summary>
    public sealed record Refused(string Path, string Reason, string Fix) : FileRead;
}

/// <summary>The files a run may read: the disk below the repository's root, or texts in memory.</summary>
public interface ISourceFiles
{
    /// <summary>Reads a file by a path as <see cref="SourceText.Path"/> shows it; <c>.</c> and <c>..</c> segments are allowed.</summary>
    FileRead Read(string path);

    /// <summary>The names of the files that lie directly in a folder, in ordinal order; null when it cannot be looked into, or may not be.</summary>
    IReadOnlyList<string>? List(string folder) => null;
}
