namespace DeployGate.Cli.Files;

/// <summary>Opens what the gate reads. A pipe that nobody writes to is not waited for.</summary>
internal static class OpenedFile
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);

    private static readonly FileStreamOptions s_options = new() { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };

    /// <summary>The stream of a file; null for a pipe that nobody opened to write. Throws what opening throws.</summary>
    internal static FileStream? Of(string full)
    {
        // A pipe has no length, and behind a link may be one. Everything else opens at once, or is what a network drive takes.
        var info = new FileInfo(full);
        return OperatingSystem.IsWindows() || (info.Length > 0 && info.LinkTarget is null) ? new FileStream(full, s_options) : OpenedSoon(full);
    }

    private static FileStream? OpenedSoon(string full)
    {
        FileStream? stream = null;
        Exception? refusal = null;
        var opening = new Thread(() =>
        {
            try
            {
                stream = new FileStream(full, s_options);
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

        return refusal is null ? stream : throw refusal;
    }
}
