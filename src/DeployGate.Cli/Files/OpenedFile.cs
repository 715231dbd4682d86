using Microsoft.Win32.SafeHandles;

namespace DeployGate.Cli.Files;

/// <summary>Opens what the gate reads. A pipe that nobody writes to is not waited for.</summary>
internal static class OpenedFile
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);

    /// <summary>The handle of a file; null for a pipe that nobody opened to write. Throws what opening throws.</summary>
    /// <param name="info">What the system says of it, which is asked for once.</param>
    internal static SafeFileHandle? Of(FileInfo info)
    {
        // A pipe has no length, and behind a link may be one. Everything else opens at once, or is what a network drive takes.
        var opensAtOnce = OperatingSystem.IsWindows() || (info.Length > 0 && !IsLink(info));
        return opensAtOnce ? Open(info.FullName) : OpenedSoon(info.FullName);
    }

    /// <summary>True for a link, as far as the system has been asked already.</summary>
    internal static bool IsLink(FileInfo info) => info.Attributes.HasFlag(FileAttributes.ReparsePoint);

    /// <summary>The number of bytes of what was opened; null for a pipe or a device, which has none.</summary>
    internal static long? LengthOf(SafeFileHandle file)
    {
        try
        {
            return RandomAccess.GetLength(file);
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Fills a buffer from the beginning of a file; the number of bytes that were there.</summary>
    internal static int Read(SafeFileHandle file, Span<byte> buffer)
    {
        var count = 0;
        while (count < buffer.Length && RandomAccess.Read(file, buffer[count..], count) is > 0 and var read)
        {
            count += read;
        }

        return count;
    }

    private static SafeFileHandle Open(string full) => File.OpenHandle(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private static SafeFileHandle? OpenedSoon(string full)
    {
        SafeFileHandle? file = null;
        Exception? refusal = null;
        var opening = new Thread(() =>
        {
            try
            {
                file = Open(full);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                refusal = exception;
            }
        })
        { IsBackground = true };
        opening.Start();
        if (!opening.Join(s_longest))
        {
            return null;
        }

        return refusal is null ? file : throw refusal;
    }
}
