using DeployGate.Core.Text;

namespace DeployGate.Cli.Files;

/// <summary>
/// Reads files from disk for one run. What a template links to must lie below the root, links of the file system followed;
/// what the user named may lie anywhere.
/// </summary>
internal sealed class DiskFiles(string workingFolder, string root, EditedFiles? edited = null) : ISourceFiles
{
    /// <summary>Four times what Azure accepts as a template.</summary>
    internal const long MaxTemplateBytes = 16 * 1024 * 1024;

    private const int MostListed = 10_000;

    /// <summary>Links on the way to one file; Linux itself follows as many.</summary>
    private const int MostLinks = 40;

    private readonly string _root = RealPath(root);

    /// <inheritdoc/>
    public FileRead Read(string path)
    {
        var full = Full(path, workingFolder);
        var real = RealPath(full);
        if (!IsInside(real))
        {
            return new FileRead.Refused(Shown(full, workingFolder), "it lies outside of the repository", "Move it into the repository, or check the repository it belongs to.");
        }

        return IsGitsOwn(real)
            ? new FileRead.Refused(Shown(full, workingFolder), "it is one of Git's own files, which may hold credentials", "Name a file of the repository.")
            : ReadNamed(full, workingFolder, MaxTemplateBytes, edited);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string>? List(string folder)
    {
        var full = Full(folder, workingFolder);
        var real = RealPath(full);
        if (!MayRead(real) || !Directory.Exists(full))
        {
            return null;
        }

        try
        {
            var names = Directory.EnumerateFiles(full).Take(MostListed + 1).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal).ToList();
            return names.Count > MostListed ? null : names;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>True when a real path lies where this may read.</summary>
    internal bool MayRead(string realPath) => IsInside(realPath) && !IsGitsOwn(realPath);

    private bool IsGitsOwn(string realPath) =>
        Path.GetRelativePath(_root, realPath).Split(Path.DirectorySeparatorChar).Contains(".git", StringComparer.OrdinalIgnoreCase);

    /// <summary>True when a real path lies below the root.</summary>
    internal bool IsInside(string realPath) =>
        realPath == _root || realPath.StartsWith(_root.EndsWith(Path.DirectorySeparatorChar) ? _root : _root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>Reads a file the user named.</summary>
    internal static FileRead ReadNamed(string full, string workingFolder, long maxBytes, EditedFiles? edited = null)
    {
        if (edited?.Find(full) is { } text)
        {
            return new FileRead.Found(new SourceText(Shown(full, workingFolder), text));
        }

        return ReadBytes(full, workingFolder, maxBytes, out var bytes) ?? new FileRead.Found(new SourceText(Shown(full, workingFolder), SourceEncoding.Decode(bytes.Span)), bytes);
    }

    /// <summary>Reads the bytes of a file the user named; null where they were read, and else why not.</summary>
    internal static FileRead? ReadBytes(string full, string workingFolder, long maxBytes, out ReadOnlyMemory<byte> bytes)
    {
        var shown = Shown(full, workingFolder);
        bytes = default;
        try
        {
            var info = new FileInfo(full);
            if (!IsPlain(info) && !File.Exists(full))
            {
                return ReadProblem.OfMissing(full) is var (why, cure) ? new FileRead.Refused(shown, why, cure) : new FileRead.Missing(shown);
            }

            using var file = OpenedFile.Of(info);
            if (file is null || OpenedFile.LengthOf(file) is not { } length)
            {
                return new FileRead.Refused(shown, "it is a pipe or a device, not a file", "Name a regular file; standard input is '-'.");
            }

            if (length > maxBytes)
            {
                return new FileRead.Refused(shown, $"it has {length / 1024 / 1024} MB; at most {maxBytes / 1024 / 1024} MB are read", maxBytes == MaxTemplateBytes ? "Azure accepts templates of at most 4 MB: split it." : "Give only the resources the templates use.");
            }

            var buffer = new byte[length];
            bytes = buffer.AsMemory(0, OpenedFile.Read(file, buffer));
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.Security.SecurityException or NotSupportedException or ArgumentException)
        {
            var (reason, fix) = ReadProblem.Of(exception, full);
            return new FileRead.Refused(shown, reason, fix);
        }
    }

    // What is no link is what it says; what a link leads to is asked for.
    private static bool IsPlain(FileInfo info) => info.Exists && !OpenedFile.IsLink(info);

    /// <summary>The full path of what an input names. No name holds a NUL: such a one becomes another that is not there.</summary>
    internal static string Full(string path, string folder) => Path.GetFullPath(path.Replace('\0', '\uFFFD'), folder);

    /// <summary>The path reports show: relative to the working folder, with forward slashes.</summary>
    internal static string Shown(string full, string workingFolder) => Path.GetRelativePath(workingFolder, full).Replace('\\', '/');

    /// <summary>The folder that holds <c>.git</c> above a path; null when there is none.</summary>
    internal static string? RepositoryOf(string full)
    {
        for (var folder = Directory.Exists(full) ? full : Path.GetDirectoryName(full); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.Exists(Path.Combine(folder, ".git")))
            {
                return folder;
            }
        }

        return null;
    }

    /// <summary>The path with every link on the way followed, as far as there is something; the rest is as it was written.</summary>
    internal static string RealPath(string path)
    {
        var links = 0;
        return RealPath(path, ref links);
    }

    private static string RealPath(string path, ref int links)
    {
        var full = Path.GetFullPath(path);
        var real = Path.GetPathRoot(full) ?? "";
        foreach (var segment in full[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Followed(Path.Combine(real, segment), ref links);
        }

        return real;
    }

    /// <summary>What a path leads to when its last segment is a link, and else the path itself; the folders before it are not looked at.</summary>
    internal static string Followed(string path)
    {
        var links = 0;
        return Followed(path, ref links);
    }

    private static string Followed(string path, ref int links)
    {
        try
        {
            // Nearly nothing is a link, and to ask for the target alone is one call of the system.
            if (new DirectoryInfo(path).LinkTarget is null)
            {
                return path;
            }

            FileSystemInfo link = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
            var target = link.ResolveLinkTarget(returnFinalTarget: false)?.FullName;

            // The folders on the way to the target may be links themselves, and lead elsewhere.
            return target is null || links++ >= MostLinks ? path : RealPath(target, ref links);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A circle of links, or a folder that cannot be looked into: reading will say so.
            return path;
        }
    }
}
