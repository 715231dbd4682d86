using System.Collections.Immutable;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>Everything that one path through a script has made of its variables and of Azure. Forking it copies references only.</summary>
internal sealed class PathState
{
    internal PathState(World world, StringComparer names)
    {
        World = world;
        Variables = ForkMap<Value>.Empty(names);
    }

    private PathState(PathState other)
    {
        (World, Variables, Heap, Exported) = (other.World.Fork(), other.Variables.Fork(), other.Heap.Fork(), other.Exported);
        (IsMaybe, IsSwallowed, StopsAtError, StopsInPipe, IsEnded) = (other.IsMaybe, other.IsSwallowed, other.StopsAtError, other.StopsInPipe, other.IsEnded);
    }

    internal World World { get; set; }

    /// <summary>Variables; what a script sets outside itself has a name of <see cref="Hidden"/>.</summary>
    internal ForkMap<Value> Variables { get; set; }

    /// <summary>Objects that variables share, by number.</summary>
    internal ForkMap<ObjectValue> Heap { get; set; } = ForkMap<ObjectValue>.Empty(StringComparer.Ordinal);

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
    internal bool IsEnded { get; set; }

    internal PathState Fork() => new(this);

    /// <summary>Takes over another path's state.</summary>
    internal void Become(PathState other)
    {
        (World, Variables, Heap, Exported) = (other.World, other.Variables, other.Heap, other.Exported);
        (StopsAtError, StopsInPipe, IsEnded) = (other.StopsAtError, other.StopsInPipe, other.IsEnded);
    }

    /// <summary>Becomes what two paths that parted here amount to; a path that has ended does not count.</summary>
    internal void Join(PathState one, PathState other)
    {
        if (one.IsEnded || other.IsEnded)
        {
            var going = one.IsEnded ? other : one;
            var (variables, heap, world) = (Variables, Heap, World);
            Become(going);

            // The path that goes on has changed what it has changed, for whoever joins later.
            Variables = ForkMap<Value>.Join(variables, going.Variables, going.Variables, (a, _) => a);
            Heap = ForkMap<ObjectValue>.Join(heap, going.Heap, going.Heap, (a, _) => a);
            World = World.Join(world, going.World, going.World);
            return;
        }

        Variables = ForkMap<Value>.Join(Variables, one.Variables, other.Variables, (a, b) => ValueJoin.Join(a, b));
        Heap = ForkMap<ObjectValue>.Join(Heap, one.Heap, other.Heap, (a, b) => a is null ? b : b is null ? a : (ObjectValue)ValueJoin.Deep(a, b));
        World = World.Join(World, one.World, other.World);
        Exported = one.Exported.Union(other.Exported);
        StopsAtError = one.StopsAtError && other.StopsAtError;
        StopsInPipe = one.StopsInPipe && other.StopsInPipe;
        IsEnded = false;
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
