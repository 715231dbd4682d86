using System.Text;

namespace DeployGate.Cli.Files;

/// <summary>Why something could not be read, and what helps, in the words of users: the system's own texts say nothing of a cure.</summary>
internal static class ReadProblem
{
    // Of one name, in bytes on Linux and macOS and in code units on Windows.
    private const int LongestName = 255;

    private static readonly (string Reason, string Fix) s_denied = ("access is denied", "Make it readable for the user the gate runs as.");
    private static readonly (string Reason, string Fix) s_folder = ("it is a folder", "Name a file.");
    private static readonly (string Reason, string Fix) s_tooLong = ("its name is longer than the system allows", "Shorten the names of the file and its folders.");
    private static readonly (string Reason, string Fix) s_link = ("it is a link that leads nowhere, or in a circle", "Correct the link, or put the file in its place.");
    private static readonly (string Reason, string Fix) s_inUse = ("another program has it open for itself alone", "Close it there, and run again.");
    private static readonly (string Reason, string Fix) s_device = ("it is a pipe or a device, not a file", "Name a regular file; standard input is '-'.");
    private static readonly (string Reason, string Fix) s_failed = ("the disk failed while it was read (input/output error)", "Look at the disk, or put a copy of the file elsewhere.");
    private static readonly (string Reason, string Fix) s_lost = ("the network drive that holds it does not answer", "Connect the drive again, or put a copy of the file on this machine.");
    private static readonly (string Reason, string Fix) s_tooMany = ("too many files are open", "Raise the limit of open files (ulimit -n), and run again.");
    private static readonly (string Reason, string Fix) s_name = ("the system takes no such name", "Use another name.");

    /// <summary>Why nothing that can be read has a name, when it is not simply that nothing is there; null when it is.</summary>
    internal static (string Reason, string Fix)? OfMissing(string full)
    {
        if (Directory.Exists(full))
        {
            return s_folder;
        }

        if (full.Split(Path.DirectorySeparatorChar).Any(name => (OperatingSystem.IsWindows() ? name.Length : Encoding.UTF8.GetByteCount(name)) > LongestName))
        {
            return s_tooLong;
        }

        return new FileInfo(full).LinkTarget is null ? null : s_link;
    }

    /// <summary>What an exception of a reader of a path means; the second part is a sentence.</summary>
    internal static (string Reason, string Fix) Of(Exception exception, string full) => exception switch
    {
        PathTooLongException => s_tooLong,
        UnauthorizedAccessException or System.Security.SecurityException => s_denied,
        FileNotFoundException or DirectoryNotFoundException => OfMissing(full) ?? ("it was removed while the gate ran", "Run again when nothing else changes the files."),
        IOException => Known(exception.HResult) ?? ($"the system refused it (error {exception.HResult & 0xFFFF})", "Look at the disk that holds it, or put a copy of the file elsewhere."),
        _ => s_name,
    };

    // Linux' numbers, those of macOS where they differ, and those of Windows:
    // <https://man7.org/linux/man-pages/man3/errno.3.html>, <https://learn.microsoft.com/windows/win32/debug/system-error-codes>.
    private static (string Reason, string Fix)? Known(int code) => OperatingSystem.IsWindows()
        ? (code & 0xFFFF) switch
        {
            32 or 33 => s_inUse,
            206 => s_tooLong,
            123 => s_name,
            21 or 23 or 1117 => s_failed,
            53 or 64 or 59 => s_lost,
            4 => s_tooMany,
            _ => null,
        }
        : code switch
        {
            5 => s_failed,
            6 or 19 or 22 => s_device,
            11 or 35 => s_inUse,
            21 => s_folder,
            23 or 24 => s_tooMany,
            36 or 63 => s_tooLong,
            40 or 62 => s_link,
            110 or 112 or 116 => s_lost,
            _ => null,
        };
}
