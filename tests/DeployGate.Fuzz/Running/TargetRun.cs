using System.Diagnostics;

namespace DeployGate.Fuzz.Running;

/// <summary>What is wrong with one execution.</summary>
/// <param name="Index">Its number.</param>
/// <param name="Kind">exception, property, time, memory, or what ended the process.</param>
/// <param name="Detail">More, the first line of which stands alone.</param>
internal sealed record FuzzFinding(long Index, string Kind, string Detail);

/// <summary>Runs a target in this process, one execution after the other.</summary>
/// <param name="target">The opened target.</param>
/// <param name="seed">The seed of the whole run.</param>
/// <param name="progress">Where the run is noted.</param>
/// <param name="report">Takes the findings, while the input is still at hand.</param>
internal sealed class TargetRun(FuzzTarget target, ulong seed, Progress progress, Action<FuzzFinding> report)
{
    // The first executions pay for what is compiled and loaded.
    private const int WarmUp = 50;

    private readonly Dice _dice = new();

    /// <summary>Told before an input is read, for those that end the process; null for nobody.</summary>
    internal Action<long>? Before { get; init; }

    /// <summary>Told what an input cost: its size, microseconds, bytes; null for nobody.</summary>
    internal Action<long, long, long>? After { get; init; }

    /// <summary>Runs executions from the current one on, until so many are done or the time is over.</summary>
    internal void Run(long count, TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        var before = progress.Elapsed;
        for (var left = count; left > 0 && watch.Elapsed < limit; left--)
        {
            Execute(progress.Current);
            progress.Executions++;
            progress.Current++;
            progress.Elapsed = before + (long)watch.Elapsed.TotalMicroseconds;
        }
    }

    /// <summary>Runs one execution of a number.</summary>
    internal void Execute(long index)
    {
        _dice.Begin(seed, index);
        var size = target.Make(_dice);
        Before?.Invoke(index);
        Measure(index, size);
    }

    /// <summary>Reads the input that the target holds, and reports what is wrong.</summary>
    internal void Measure(long index, long size)
    {
        FuzzFinding? finding = null;
        progress.IsInside = true;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var time = ThreadClock.Now;
        try
        {
            target.Read();
        }
        catch (BrokenPropertyException broken)
        {
            finding = new FuzzFinding(index, "property", broken.Message);
        }
#pragma warning disable CA1031 // Whatever a parser throws is what is looked for.
        catch (Exception escaped)
#pragma warning restore CA1031
        {
            finding = new FuzzFinding(index, "exception", escaped.ToString());
        }

        time = ThreadClock.Now - time;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        progress.IsInside = false;
        After?.Invoke(size, time, allocated);
        Note(index, time, allocated);
        if ((finding ?? Bounds(index, size, time, allocated)) is { } wrong)
        {
            progress.Findings++;
            report(wrong);
        }
    }

    private FuzzFinding? Bounds(long index, long size, long time, long allocated)
    {
        if (time > target.Cost.TimeFor(size, target.Steps))
        {
            return new FuzzFinding(index, "time", FormattableString.Invariant($"{time / 1000} ms of processor time for an input of {size} and {target.Steps} steps; {target.Cost.TimeFor(size, target.Steps) / 1000} ms are allowed"));
        }

        return allocated > target.Cost.MemoryFor(size, target.Steps)
            ? new FuzzFinding(index, "memory", FormattableString.Invariant($"{allocated} bytes for an input of {size} and {target.Steps} steps; {target.Cost.MemoryFor(size, target.Steps)} are allowed"))
            : null;
    }

    private void Note(long index, long time, long allocated)
    {
        if (time > progress.Slowest && progress.Executions >= WarmUp)
        {
            (progress.Slowest, progress.SlowestIndex) = (time, index);
        }

        if (allocated > progress.Highest && progress.Executions >= WarmUp)
        {
            (progress.Highest, progress.HighestIndex) = (allocated, index);
        }
    }
}
