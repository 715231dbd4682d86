namespace DeployGate.Cli.Output;

/// <summary>
/// Standard output or standard error as a stream that never throws: it remembers why it could not be written, and drops what comes after. So a
/// full disk behind standard output does not keep reports out of their files, and the failure is told once, at the end.
/// </summary>
internal sealed class StandardStream : Stream
{
    // O_CLOEXEC on x64 and arm64, 02000000 in octal, as fdinfo shows it: <https://man7.org/linux/man-pages/man5/proc_pid_fdinfo.5.html>.
    private const int CloseOnExec = 0x80000;

    // What is asked for stands in the first two lines of fdinfo.
    private const int MostInfo = 256;

    private readonly Stream? _inner;

    private StandardStream(Stream? inner, string? failure) => (_inner, Failure) = (inner, failure);

    /// <summary>Why something was not written; null as long as all was.</summary>
    internal string? Failure { get; private set; }

    /// <summary>A stream of the process.</summary>
    /// <param name="number">Its number: 1 for standard output, 2 for standard error.</param>
    /// <param name="open">Opens it.</param>
    internal static StandardStream Open(int number, Func<Stream> open)
    {
        if (IsClosed(number))
        {
            return new StandardStream(null, "it is closed");
        }

        try
        {
            return new StandardStream(open(), null);
        }
        catch (Exception exception) when (WriteFailure.IsExpected(exception))
        {
            return new StandardStream(null, WriteFailure.Reason(exception));
        }
    }

    /// <summary>Standard input; empty when it is closed.</summary>
    internal static Stream OpenInput(Func<Stream> open) => IsClosed(0) ? Null : open();

    /// <summary>
    /// True when the process was started without it. The number may then belong to a file that the runtime opened for itself, which must not
    /// be read or written; such files close when another program is begun, and what a process was started with cannot.
    /// </summary>
    private static bool IsClosed(int number)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            using var file = File.OpenHandle($"/proc/self/fdinfo/{number}");
            Span<byte> text = stackalloc byte[MostInfo];
            return (Flags(text[..RandomAccess.Read(file, text, 0)]) & CloseOnExec) != 0;
        }
        catch (Exception exception) when (exception is FileNotFoundException)
        {
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Without /proc nothing is known, and writing will tell.
            return false;
        }
    }

    // The octal number behind "flags:"; 0 when there is none.
    private static long Flags(ReadOnlySpan<byte> info)
    {
        var flags = 0L;
        var at = info.IndexOf("flags:"u8);
        for (var i = at + 6; at >= 0 && i < info.Length && info[i] != '\n'; i++)
        {
            flags = info[i] is >= (byte)'0' and <= (byte)'7' ? (flags << 3) | (uint)(info[i] - '0') : flags;
        }

        return flags;
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (Failure is not null)
        {
            return;
        }

        try
        {
            _inner!.Write(buffer);
        }
        catch (Exception exception) when (WriteFailure.IsExpected(exception))
        {
            Failure = WriteFailure.Reason(exception);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
