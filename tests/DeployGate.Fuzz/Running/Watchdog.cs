namespace DeployGate.Fuzz.Running;

/// <summary>
/// Ends the process when one execution does not end: its number stands in the progress, from which the parent process tells it. What ends
/// late is measured; this is for what never does.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    /// <summary>The exit code that tells the parent.</summary>
    internal const int ExitCode = 97;

    /// <summary>Processor time of the process within one execution.</summary>
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(10);

    private readonly Progress _progress;
    private readonly Timer _timer;
    private long _seen = -1;
    private TimeSpan _since;

    internal Watchdog(Progress progress)
    {
        _progress = progress;
        _timer = new Timer(_ => Look(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    private void Look()
    {
        var (current, used) = (_progress.Current, Environment.CpuUsage.TotalTime);
        if (current != _seen || !_progress.IsInside)
        {
            (_seen, _since) = (current, used);
        }
        else if (used - _since > s_most)
        {
            Environment.Exit(ExitCode);
        }
    }

    public void Dispose() => _timer.Dispose();
}
