using System.Collections.Immutable;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>Everything that one path through a script has made of its variables and of Azure. Forking it copies references only.</summary>
internal sealed class PathState
{
    private PathEnd _end;

    internal PathState(World world, StringComparer names)
    {
        World = world;
        Variables = ForkMap<Value>.Empty(names);
        Numbers = new HeapNumbers();
    }

    private PathState(PathState other)
    {
        (World, Variables, Heap, Exported, Numbers, Printed) = (other.World, other.Variables, other.Heap, other.Exported, other.Numbers, other.Printed);
        (IsMaybe, IsSwallowed, StopsAtError, StopsInPipe, _end) = (other.IsMaybe, other.IsSwallowed, other.StopsAtError, other.StopsInPipe, other._end);
    }

    internal World World { get; set; }

    /// <summary>Variables; what a script sets outside itself has a name of <see cref="Hidden"/>.</summary>
    internal ForkMap<Value> Variables { get; set; }

    /// <summary>Objects that variables share, by number.</summary>
    internal ForkMap<ObjectValue> Heap { get; set; } = ForkMap<ObjectValue>.Empty(StringComparer.Ordinal);

    /// <summary>Numbers objects; all paths of one script share it.</summary>
    internal HeapNumbers Numbers { get; }

    /// <summary>What was printed for whoever reads it; null where it goes to the host.</summary>
    internal Printed? Printed { get; set; }

    internal ImmutableHashSet<string> Exported { get; set; } = ImmutableHashSet<string>.Empty;

    /// <summary>True under a condition that is not known.</summary>
    internal bool IsMaybe { get; set; }

    /// <summary>True inside a command whose failure is ignored.</summary>
    internal bool IsSwallowed { get; set; }

    /// <summary><c>set -e</c>, or cmdlets that stop.</summary>
    internal bool StopsAtError { get; set; }

    /// <summary><c>set -o pipefail</c>.</summary>
    internal bool StopsInPipe { get; set; }

    /// <summary>True when nothing runs on this path any more.</summary>
    internal bool IsEnded
    {
        get => _end != PathEnd.None;
        set => _end = value ? PathEnd.Left : PathEnd.None;
    }

    /// <summary>True when it ended because something on it surely failed, not because it left well or is not followed any more.</summary>
    internal bool HasFailed => _end == PathEnd.Failed;

    /// <summary>Ends the path with a failure.</summary>
    internal void Fail() => _end = PathEnd.Failed;

    /// <summary>The same path again, which goes another way from here or is kept as it is now.</summary>
    internal PathState Fork() => new(this);

    /// <summary>Takes over another path's state.</summary>
    internal void Become(PathState other)
    {
        (World, Variables, Heap, Exported, Printed) = (other.World, other.Variables, other.Heap, other.Exported, other.Printed);
        (StopsAtError, StopsInPipe, _end) = (other.StopsAtError, other.StopsInPipe, other._end);
    }

    /// <summary>
    /// Becomes what two paths amount to, of which the first may be this one; a path that has ended does not count. Where both have
    /// ended, it has failed only when both have.
    /// </summary>
    internal void Join(PathState one, PathState other)
    {
        var (isEither, mayBeWell) = (!one.IsEnded && !other.IsEnded, one._end == PathEnd.Left);
        Become(one.IsEnded ? other : one);
        if (isEither)
        {
            Add(one, other);
        }
        else if (HasFailed && mayBeWell)
        {
            IsEnded = true;
        }
    }

    /// <summary>
    /// Goes on with paths that left what is behind this one, in the order in which they left: <c>exit</c> at the end of a script,
    /// <c>return</c> at the end of a function, <c>break</c> at the end of a loop.
    /// </summary>
    internal void Rejoin(IReadOnlyList<PathState> left)
    {
        if (left.Count == 0)
        {
            return;
        }

        // One after the other: each is looked at only in what it changed beside the one that left before it.
        var joined = left[0].Fork();
        for (var i = 1; i < left.Count; i++)
        {
            joined.Add(left[i - 1], left[i]);
        }

        if (!IsEnded)
        {
            joined.Add(left[^1], this);
        }

        Become(joined);
        IsEnded = false;
    }

    /// <summary>Joins another path into this one, which is <paramref name="known"/> or has it joined into it already.</summary>
    internal void Add(PathState known, PathState other)
    {
        Variables = Variables.Join(known.Variables, other.Variables, (a, b) => ValueJoin.Join(a, b));
        Heap = Heap.Join(known.Heap, other.Heap, (a, b) => a is null ? b : b is null ? a : (ObjectValue)ValueJoin.Deep(a, b));
        World = World.Join(known.World, other.World);
        Exported = Exported.Union(other.Exported);
        Printed = Printed.Join(Printed, other.Printed);
        StopsAtError &= other.StopsAtError;
        StopsInPipe &= other.StopsInPipe;
    }

    private enum PathEnd
    {
        None,
        Left,
        Failed,
    }
}

/// <summary>Names that no script can write, for what a script sets outside its own variables.</summary>
internal static class Hidden
{
    internal const string Subscription = "\0subscription";
    internal const string Group = "\0group";
    internal const string Location = "\0location";
    internal const string Machine = "\0vm";
    internal const string Directory = "\0directory";
    private const string AskedMark = "\0asked:";
    private const string AddressMark = "\0address:";
    private const string BuiltMark = "\0built:";
    private const string CopyMark = "\0copy:";
    private const string FileMark = "\0file:";
    private const string OutputMark = "\0output:";
    private const string EnvironmentMark = "\0environment:";

    /// <summary>True for each of these names.</summary>
    internal static bool IsHidden(string name) => name.StartsWith('\0');

    /// <summary>True for a file that was built or copied, which stays on the machine.</summary>
    internal static bool IsFileOfMachine(string name) => name.StartsWith(BuiltMark, StringComparison.Ordinal) || name.StartsWith(CopyMark, StringComparison.Ordinal);

    /// <summary>What a question for one resource gives: nothing, where Azure has no such resource.</summary>
    internal static string Asked(Value answer) => AskedMark + Commands.Values.Pattern(answer);

    internal static string File(string path) => FileMark + path;

    internal static string Built(string path) => BuiltMark + path;

    internal static string? BuiltName(string hidden) => hidden.StartsWith(BuiltMark, StringComparison.Ordinal) ? hidden[BuiltMark.Length..] : null;

    internal static string Copy(string path) => CopyMark + path;

    internal static string? CopyName(string hidden) => hidden.StartsWith(CopyMark, StringComparison.Ordinal) ? hidden[CopyMark.Length..] : null;

    internal static string Address(string expression) => AddressMark + expression;

    internal static string Output(string name) => OutputMark + name;

    internal static string Environment(string name) => EnvironmentMark + name;

    internal static string? OutputName(string hidden) => hidden.StartsWith(OutputMark, StringComparison.Ordinal) ? hidden[OutputMark.Length..] : null;

    internal static string? EnvironmentName(string hidden) => hidden.StartsWith(EnvironmentMark, StringComparison.Ordinal) ? hidden[EnvironmentMark.Length..] : null;
}
