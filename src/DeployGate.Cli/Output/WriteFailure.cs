namespace DeployGate.Cli.Output;

/// <summary>A target that is not written to, with the reason and what helps.</summary>
internal sealed class WriteRefusedException(string reason) : IOException(reason);

/// <summary>Why something could not be written, in the words of users: the system's own texts name our unfinished files and say nothing of a cure.</summary>
internal static class WriteFailure
{
    /// <summary>True for what disks, folders and names can do to a writer; everything else is a defect.</summary>
    internal static bool IsExpected(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException or System.Security.SecurityException;

    /// <summary>The reason and what helps, as one part of a sentence.</summary>
    internal static string Reason(Exception exception) => exception switch
    {
        WriteRefusedException => exception.Message,
        DirectoryNotFoundException => "the folder does not exist; make it first",
        PathTooLongException => TooLong,
        UnauthorizedAccessException { InnerException: IOException inner } when Known(inner.HResult) is { } known => known,
        UnauthorizedAccessException => "access is denied; write where this user may write",
        FileNotFoundException => "the folder does not exist any more; make it again",
        IOException => Known(exception.HResult) ?? $"the system refused it (error {exception.HResult & 0xFFFF}); look at the disk",
        ArgumentOutOfRangeException => TooLarge,
        _ => "the system takes no such name; use another one",
    };

    private const string TooLarge = "it would be larger than a file may be here (a limit of the file system, or ulimit -f); raise the limit, or write elsewhere";
    private const string TooLong = "the name is too long; use a shorter one";

    // Linux' numbers, and those of Windows where they differ: <https://man7.org/linux/man-pages/man3/errno.3.html>.
    private static string? Known(int code) => OperatingSystem.IsWindows()
        ? (code & 0xFFFF) switch
        {
            112 or 39 => Full,
            123 => "the system takes no such name; use another one",
            206 => TooLong,
            80 or 183 => "it is there already; look at it first",
            32 or 33 => "another program has it open; close it",
            _ => null,
        }
        : code switch
        {
            28 or 122 or 49 => Full,
            27 => TooLarge,
            30 => "the file system is read-only; write elsewhere",
            36 or 63 => TooLong,
            17 => "it is there already; look at it first",
            20 => "a part of its path is a file, not a folder; correct the path",
            21 => "it is a folder; name a file",
            40 => "its links lead in a circle; remove the link",
            9 => "it is closed; open it",
            32 => "nobody reads it any more",
            16 => "the system keeps it in place (a mount); name a file beside it",
            5 => "the disk failed (input/output error); look at the disk",
            _ => null,
        };

    private const string Full = "the disk is full, or its quota is used up; make room and run again";
}
