using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.Interpreter.Shell;

/// <summary>A running shell: what leaves it early, and what it does at its end.</summary>
internal sealed class ShellProcess(PathState path)
{
    /// <summary>The paths that said <c>exit</c>; one that failed goes on where nobody minds.</summary>
    internal EarlyExits Exits { get; } = new(path.IsSwallowed);

    /// <summary>The commands of <c>trap … EXIT</c>; null for none.</summary>
    internal ScriptText? OnExit { get; set; }

    /// <summary>True inside a command whose status is asked for: <c>set -e</c> does not stop at its failure.</summary>
    internal bool IsAsked { get; set; }
}
