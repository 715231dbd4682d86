using System.Runtime.InteropServices;

namespace DeployGate.Cli.Inspecting;

/// <summary>Ctrl-C and termination as a token, so that what was begun is ended before the process goes. A second signal ends at once.</summary>
internal sealed class StopSignal : IDisposable
{
    private static readonly (PosixSignal Signal, int Exit)[] s_signals = [(PosixSignal.SIGINT, ExitCodes.Interrupted), (PosixSignal.SIGTERM, ExitCodes.Terminated)];

    private readonly CancellationTokenSource _stop = new();
    private readonly List<PosixSignalRegistration> _registrations;
    private int _exitCode;

    internal StopSignal() => _registrations = [.. s_signals.Select(one => PosixSignalRegistration.Create(one.Signal, context => Handle(context, one.Exit)))];

    internal CancellationToken Token => _stop.Token;

    /// <summary>The exit code that the first signal asks for; null while none came.</summary>
    internal int? ExitCode => Volatile.Read(ref _exitCode) is > 0 and var code ? code : null;

    public void Dispose()
    {
        _registrations.ForEach(one => one.Dispose());
        _stop.Dispose();
    }

    private void Handle(PosixSignalContext context, int exitCode)
    {
        context.Cancel = Interlocked.CompareExchange(ref _exitCode, exitCode, 0) == 0;
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The signal came while its registration was given up: what was to be ended is ended, and the process goes as it would.
            context.Cancel = false;
        }
    }
}

/// <summary>The run ends because a signal asked for it; what was begun is ended.</summary>
/// <param name="exitCode">The exit code for the signal.</param>
internal sealed class RunStoppedException(int exitCode) : OperationCanceledException
{
    internal int ExitCode => exitCode;
}
