using DeployGate.Core.Values;
using DeployGate.Templates.Model;

namespace DeployGate.Templates.Evaluation;

/// <summary>A loop that is being run: its name, its index, and whether an unnamed <c>copyIndex()</c> means it.</summary>
internal sealed record LoopFrame(string? Name, Value Index, bool IsResourceLoop, LoopFrame? Outer);

/// <summary>A variable of a lambda, or the argument of a user function.</summary>
internal sealed record LocalFrame(string Name, Value Value, LocalFrame? Outer)
{
    internal static Value? Find(LocalFrame? frame, string name)
    {
        for (; frame is not null; frame = frame.Outer)
        {
            if (string.Equals(frame.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return frame.Value;
            }
        }

        return null;
    }
}

/// <summary>What an expression can see besides the template's own sections.</summary>
internal sealed record Frames(LoopFrame? Loops = null, LocalFrame? Lambdas = null, LocalFrame? Arguments = null, int FunctionDepth = 0, int CallDepth = 0)
{
    internal static Frames None { get; } = new();

    /// <summary>True inside a user function, which sees only its own arguments.</summary>
    internal bool IsInFunction => FunctionDepth > 0;

    internal Frames InLoop(string? name, Value index, bool isResourceLoop) => this with { Loops = new LoopFrame(name, index, isResourceLoop, Loops) };

    /// <summary>Inside one round of a loop over a collection.</summary>
    internal Frames WithItem(ForLoop loop, Value item, Value index)
    {
        var locals = new LocalFrame(loop.Item, item, Lambdas);
        return this with { Lambdas = loop.Index is null ? locals : new LocalFrame(loop.Index, index, locals) };
    }
}
