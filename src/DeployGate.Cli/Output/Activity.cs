using System.Globalization;

namespace DeployGate.Cli.Output;

/// <summary>What a run is doing, for whoever waits for it. Any thread may tell it, and any may ask.</summary>
internal sealed class Activity
{
    private volatile Phase _phase = new("starting", 0);

    /// <summary>What is done, and how far it is: <c>evaluating templates, 120 of 2000</c>.</summary>
    internal string Text => _phase.Text;

    /// <summary>Something else is done from here on.</summary>
    /// <param name="what">What, in a few words.</param>
    /// <param name="total">How many steps it has; 0 where that is not known.</param>
    internal void Begin(string what, int total = 0) => _phase = new Phase(what, total);

    /// <summary>One of the steps is done.</summary>
    internal void Step() => _phase.Step();

    private sealed class Phase(string what, int total)
    {
        private int _done;

        internal string Text => total == 0 ? what : string.Create(CultureInfo.InvariantCulture, $"{what}, {Volatile.Read(ref _done)} of {total}");

        internal void Step() => Interlocked.Increment(ref _done);
    }
}
