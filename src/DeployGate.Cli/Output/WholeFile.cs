using System.Text;
using DeployGate.Cli.Files;

namespace DeployGate.Cli.Output;

/// <summary>
/// Writes files that are complete or as they were before. A regular file is written under another name beside its place and moved there; what
/// is none (a pipe, a device) is written to as it stands, because moving a file there would take its place. Links are followed, and stay.
/// </summary>
internal static class WholeFile
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a file in UTF-8, over one that is there; the error says why it could not be written, and what helps.</summary>
    internal static string? Write(string file, Action<TextWriter> content) => Guarded(() =>
    {
        var target = WriteTarget.Of(file);
        if (target.Open() is { } device)
        {
            using (device)
            {
                Fill(device, content);
            }

            return;
        }

        using var unfinished = new UnfinishedFile(target.File, ModeOf(target.File));
        unfinished.Fill(stream => Fill(stream, content));
        unfinished.Move(overwrite: true);
    });

    /// <summary>Writes a file that is not there yet; the error also tells when somebody else has written it meanwhile.</summary>
    internal static string? WriteNew(string file, string content) => Guarded(() =>
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using var unfinished = new UnfinishedFile(file, null);
        unfinished.Fill(stream => stream.Write(s_utf8.GetBytes(content)));
        unfinished.Move(overwrite: false);
    });

    /// <summary>Replaces the contents of files. All are written before the first is moved, so that a full disk changes none of them.</summary>
    /// <param name="contents">Each file by its real path, with its new bytes; rights stay as they are.</param>
    /// <param name="name">How a file is called in the error.</param>
    internal static string? Replace(IReadOnlyList<(string File, byte[] Bytes)> contents, Func<string, string> name)
    {
        var unfinished = new List<UnfinishedFile>();
        try
        {
            foreach (var (file, bytes) in contents)
            {
                if (Guarded(() => Begin(file, bytes)) is { } error)
                {
                    return $"nothing was changed: '{name(file)}': {error}";
                }
            }

            return unfinished.Select(one => Guarded(() => one.Move(overwrite: true)) is { } error ? $"'{name(one.Target)}' was not changed: {error}" : null).FirstOrDefault(error => error is not null);
        }
        finally
        {
            unfinished.ForEach(one => one.Dispose());
        }

        void Begin(string file, byte[] bytes)
        {
            var one = new UnfinishedFile(file, ModeOf(file));
            unfinished.Add(one);
            one.Fill(stream => stream.Write(bytes));
        }
    }

    private static void Fill(Stream stream, Action<TextWriter> content)
    {
        using var writer = new StreamWriter(stream, s_utf8, leaveOpen: true);
        content(writer);
    }

    private static string? Guarded(Action write)
    {
        try
        {
            write();
            return null;
        }
        catch (Exception exception) when (WriteFailure.IsExpected(exception))
        {
            return WriteFailure.Reason(exception);
        }
    }

    private static UnixFileMode? ModeOf(string file) => !OperatingSystem.IsWindows() && File.Exists(file) ? File.GetUnixFileMode(file) : null;
}

/// <summary>Where something is written to, links followed.</summary>
/// <param name="File">The full path.</param>
/// <param name="IsDevice">True for what the system keeps beside files: <c>/dev</c>, <c>/proc</c>, Windows' device names.</param>
internal sealed record WriteTarget(string File, bool IsDevice)
{
    /// <summary>The target of a path.</summary>
    /// <exception cref="IOException">It is a folder, or its links lead in a circle.</exception>
    internal static WriteTarget Of(string path)
    {
        // A link below /proc has a text that is no path.
        var real = IsOfTheSystem(path) ? path : DiskFiles.RealPath(path);
        if (Directory.Exists(real))
        {
            throw new WriteRefusedException("it is a folder; name a file");
        }

        var isDevice = IsOfTheSystem(real);
        return isDevice || new FileInfo(real).LinkTarget is null ? new WriteTarget(real, isDevice) : throw new WriteRefusedException("its links lead in a circle; remove the link");
    }

    /// <summary>The open target when it is no regular file, at its end; null for a regular one, and where there is nothing yet.</summary>
    internal FileStream? Open()
    {
        // A file with contents is regular: pipes and devices have no length.
        if (!IsDevice && new FileInfo(File) is not { Exists: true, Length: 0 })
        {
            return null;
        }

        var stream = new FileStream(File, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 });
        if (!IsDevice && stream.CanSeek)
        {
            stream.Dispose();
            return null;
        }

        // Standard output may be a file that others have written to before.
        if (stream.CanSeek)
        {
            stream.Seek(0, SeekOrigin.End);
        }

        return stream;
    }

    private static bool IsOfTheSystem(string path) => OperatingSystem.IsWindows()
        ? path.StartsWith(@"\\.\", StringComparison.Ordinal)
        : (path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal)) || path.StartsWith("/proc/", StringComparison.Ordinal);
}
