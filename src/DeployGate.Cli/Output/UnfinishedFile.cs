using System.Runtime.InteropServices;

namespace DeployGate.Cli.Output;

/// <summary>
/// A file that is being written beside its place, as <c>.deploygate-ID.tmp</c>: a name that no command takes for an input. It is gone when it
/// is disposed of, and when the process is asked to end; only a process that is killed outright leaves it behind.
/// </summary>
internal sealed class UnfinishedFile : IDisposable
{
    private static readonly Lock s_lock = new();
    private static readonly HashSet<UnfinishedFile> s_open = [];
    private static List<PosixSignalRegistration>? s_signals;
    private static bool s_isEnding;

    private readonly string _file;
    private readonly UnixFileMode? _mode;

    /// <summary>Names the file; nothing is written yet.</summary>
    /// <param name="target">The full path where it belongs.</param>
    /// <param name="mode">The rights of the file that it takes the place of; null for those of a new file.</param>
    internal UnfinishedFile(string target, UnixFileMode? mode)
    {
        // The name does not hold the target's: a name of 255 bytes is a good name.
        (Target, _mode, _file) = (target, mode, Path.Combine(Path.GetDirectoryName(target)!, $".deploygate-{Guid.NewGuid():N}.tmp"));
        lock (s_lock)
        {
            s_signals ??= [.. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM]).Select(signal => PosixSignalRegistration.Create(signal, End))];
            s_open.Add(this);
        }
    }

    /// <summary>Where it belongs.</summary>
    internal string Target { get; }

    /// <summary>Writes it.</summary>
    internal void Fill(Action<Stream> content)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read | FileShare.Delete };
        if (_mode is not null && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = _mode;
        }

        using (var stream = Unless(() => new FileStream(_file, options)))
        {
            content(stream);
        }

        // What a new file may be is cut by the process's mask.
        if (_mode is { } mode && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_file, mode);
        }
    }

    /// <summary>Moves it to its place.</summary>
    internal void Move(bool overwrite) => Unless(() =>
    {
        File.Move(_file, Target, overwrite);
        return s_open.Remove(this);
    });

    public void Dispose()
    {
        lock (s_lock)
        {
            if (s_open.Remove(this))
            {
                TryDelete();
            }
        }
    }

    // Nothing is begun or finished once a signal was taken.
    private static T Unless<T>(Func<T> step)
    {
        lock (s_lock)
        {
            if (!s_isEnding)
            {
                return step();
            }
        }

        // The signal's own end of the process comes now, and its exit code is the right one.
        Thread.Sleep(TimeSpan.FromSeconds(10));
        throw new WriteRefusedException("the run was stopped; run it again");
    }

    private static void End(PosixSignalContext context)
    {
        lock (s_lock)
        {
            s_isEnding = true;
            foreach (var one in s_open)
            {
                one.TryDelete();
            }
        }
    }

    private void TryDelete()
    {
        try
        {
            File.Delete(_file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What could not be written can often not be deleted either; the file itself is as it was, as promised.
        }
    }
}
