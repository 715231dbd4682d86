using System.Collections.Immutable;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>
/// What is printed while somebody reads it: <c>$(…)</c>, a pipe, a function of PowerShell. Each way that a script may take prints its own;
/// what is around goes on where this ends.
/// </summary>
internal sealed class Printed
{
    private const int MostWays = 16;

    // The last that each way printed; null for nothing. Default where the ways are too many.
    private readonly ImmutableArray<Line?> _ways;
    private readonly int _depth;

    private Printed(Printed? outer, ImmutableArray<Line?> ways)
    {
        (Outer, _ways, _depth) = (outer, ways, (outer?._depth ?? 0) + 1);
    }

    // What was printed around it, to which nothing comes meanwhile; null where nobody reads that.
    private Printed? Outer { get; }

    /// <summary>Prints on a path: for whoever reads it, or for the host.</summary>
    internal static void Print(PathState path, Value value)
    {
        if (path.Printed is { } printed)
        {
            path.Printed = printed.With(value);
        }
        else
        {
            StepOutputs.Said(path, value);
        }
    }

    /// <summary>Reads what an action prints.</summary>
    /// <param name="path">The path that is followed: the action may put another in its place.</param>
    /// <param name="action">What prints.</param>
    /// <param name="together">Puts the values of one way together.</param>
    internal static Value Capture(Func<PathState> path, Action action, Func<IReadOnlyList<Value>, Value> together)
    {
        var before = path().Printed;
        path().Printed = new Printed(before, [null]);
        action();
        var printed = path().Printed;
        path().Printed = before;
        return printed?.Amount(together) ?? together([]);
    }

    private Printed With(Value value) => _ways.IsDefault ? this : new Printed(Outer, [.. _ways.Select(way => new Line(value, way))]);

    /// <summary>What one path or another printed. One of them may have left, with what is read only there.</summary>
    internal static Printed? Join(Printed? one, Printed? other)
    {
        while (one?._depth > (other?._depth ?? 0))
        {
            one = one.Outer;
        }

        while (other?._depth > (one?._depth ?? 0))
        {
            other = other.Outer;
        }

        if (one is null || other is null || ReferenceEquals(one, other))
        {
            return one;
        }

        var ways = one._ways.IsDefault || other._ways.IsDefault ? default : Distinct([.. one._ways, .. other._ways]);
        return new Printed(Join(one.Outer, other.Outer), ways);
    }

    // One of what the ways printed.
    private Value Amount(Func<IReadOnlyList<Value>, Value> together)
    {
        if (_ways.IsDefault)
        {
            return Commands.Values.Unknown("output", "it depends on which of many ways the script takes");
        }

        Value? value = null;
        foreach (var way in _ways)
        {
            var printed = together(Lines(way));
            value = value is null ? printed : ValueJoin.Join(value, printed);
        }

        return value!;
    }

    private static ImmutableArray<Line?> Distinct(ImmutableArray<Line?> ways)
    {
        var kept = new List<Line?>();
        foreach (var way in ways)
        {
            if (!kept.Exists(known => AreSame(known, way)))
            {
                kept.Add(way);
            }
        }

        return kept.Count <= MostWays ? [.. kept] : default;
    }

    private static bool AreSame(Line? one, Line? other)
    {
        while (!ReferenceEquals(one, other))
        {
            if (one is null || other is null || one.Count != other.Count || !ValueJoin.Same(one.Value, other.Value))
            {
                return false;
            }

            (one, other) = (one.Before, other.Before);
        }

        return true;
    }

    private static List<Value> Lines(Line? last)
    {
        var lines = new List<Value>();
        for (var line = last; line is not null; line = line.Before)
        {
            lines.Add(line.Value);
        }

        lines.Reverse();
        return lines;
    }

    private sealed class Line(Value value, Line? before)
    {
        internal Value Value => value;

        internal Line? Before => before;

        internal int Count { get; } = (before?.Count ?? 0) + 1;
    }
}
