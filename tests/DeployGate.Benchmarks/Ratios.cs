using System.Diagnostics;
using System.Globalization;
using DeployGate.Benchmarks.Parts;

namespace DeployGate.Benchmarks;

/// <summary>
/// A part and its floor in turn, in many short rounds, both warm: other work on the machine meets both alike, and the medians of the rounds
/// leave out those that it met. What a call allocates does not depend on other work at all.
/// </summary>
internal static class Ratios
{
    private const int Rounds = 400;

    private static readonly TimeSpan s_warm = TimeSpan.FromSeconds(2);

    /// <summary>One line for each part: microseconds of the floor and of the part, their ratio, kilobytes that a call allocates.</summary>
    internal static void Write(TextWriter output)
    {
        var (arm, bicep) = (new ArmBenchmarks(), new BicepBenchmarks());
        output.WriteLine($"{"part",-28} {"floor us",9} {"part us",9} {"ratio",6} {"floor KB",9} {"part KB",9}");
        Write(output, "ARM read to values", () => arm.Tokenise(), () => arm.ReadValues());
        Write(output, "ARM resolved", () => arm.Tokenise(), () => arm.Resolve());
        Write(output, "Bicep parsed", () => bicep.Tokenise(), () => bicep.Parse());
        Write(output, "Bicep resolved", () => bicep.Tokenise(), () => bicep.Resolve());
    }

    private static void Write(TextWriter output, string name, Func<object> floor, Func<object> part)
    {
        // The floor runs as often more as it is cheaper, so that a round of each takes as long.
        var (floors, parts) = (CallsOf(floor), CallsOf(part));
        var (ofFloor, ofPart) = (new double[Rounds], new double[Rounds]);
        for (var i = 0; i < Rounds; i++)
        {
            ofFloor[i] = Round(floor, floors);
            ofPart[i] = Round(part, parts);
        }

        Array.Sort(ofFloor);
        Array.Sort(ofPart);
        var (low, high) = (ofFloor[Rounds / 2], ofPart[Rounds / 2]);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-28} {low,9:0.0} {high,9:0.0} {high / low,6:0.0} {Allocated(floor),9:0.0} {Allocated(part),9:0.0}"));
    }

    // Calls that take some half a millisecond once the code is compiled for good.
    private static int CallsOf(Func<object> work)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < s_warm)
        {
            GC.KeepAlive(work());
        }

        const int some = 100;
        return Math.Max(1, (int)(500 / Round(work, some)));
    }

    private static double Round(Func<object> work, int calls)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++)
        {
            GC.KeepAlive(work());
        }

        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls;
    }

    private static double Allocated(Func<object> work)
    {
        const int some = 50;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < some; i++)
        {
            GC.KeepAlive(work());
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / 1024.0 / some;
    }
}
