using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.Model;

/// <summary>What a step does.</summary>
internal abstract record StepAction
{
    private StepAction()
    {
    }

    /// <summary>Runs a script that is written in the pipeline. <paramref name="Task"/> is the task that carries it, with its other inputs.</summary>
    internal sealed record RunScript(ScriptText Text, ScriptDialect Dialect, StopBehaviour Stops, ScriptText? Arguments = null, UseTask? Task = null) : StepAction;

    /// <summary>Runs a script file.</summary>
    internal sealed record RunScriptFile(Value Path, Place Place, ScriptText? Arguments, ScriptDialect Dialect, StopBehaviour Stops, UseTask? Task = null) : StepAction;

    /// <summary>Runs a known task or action. Inputs have the names of the task table, defaults included.</summary>
    internal sealed record UseTask(string Name, int? Version, ImmutableArray<TaskInput> Inputs) : StepAction
    {
        /// <summary>An input's value by the name of the task table; null when it is neither given nor has a default.</summary>
        internal Value? this[string name] => Input(name)?.Value;

        /// <summary>An input by the name of the task table.</summary>
        internal TaskInput? Input(string name) => Inputs.FirstOrDefault(input => input.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Does something that is not read; its inputs, as they are named there, tell what it may touch.</summary>
    internal sealed record Unread(UnknownReason Reason, string What, string Detail) : StepAction
    {
        internal ImmutableArray<TaskInput> Inputs { get; init; } = [];
    }

    /// <summary>Does nothing to anything that is followed here.</summary>
    internal sealed record Nothing : StepAction;
}

/// <summary>An input of a task; <paramref name="Text"/> leads each character back to the file, and is null for a default.</summary>
internal sealed record TaskInput(string Name, Value Value, ScriptText? Text);

/// <summary>The language of a script.</summary>
internal enum ScriptLanguage
{
    /// <summary>bash.</summary>
    Bash,

    /// <summary>A POSIX shell.</summary>
    Sh,

    /// <summary>Windows PowerShell or PowerShell.</summary>
    PowerShell,

    /// <summary>cmd.</summary>
    Batch,

    /// <summary>Python, or a program of the author's choice.</summary>
    Other,
}

/// <summary>A script's language; <paramref name="IsAssumed"/> when the machine decides and is not known.</summary>
internal sealed record ScriptDialect(ScriptLanguage Language, string Name, bool IsCore = false, bool IsAssumed = false)
{
    internal static ScriptDialect Bash { get; } = new(ScriptLanguage.Bash, "bash");

    internal static ScriptDialect Sh { get; } = new(ScriptLanguage.Sh, "sh");

    internal static ScriptDialect PowerShellCore { get; } = new(ScriptLanguage.PowerShell, "pwsh", IsCore: true);

    internal static ScriptDialect WindowsPowerShell { get; } = new(ScriptLanguage.PowerShell, "powershell");

    internal static ScriptDialect Batch { get; } = new(ScriptLanguage.Batch, "cmd");

    internal static ScriptDialect Other(string name) => new(ScriptLanguage.Other, name);
}

/// <summary>When a script stops at a command that fails.</summary>
/// <param name="AtCommand">The shell runs with <c>-e</c>.</param>
/// <param name="InPipe">The shell runs with <c>-o pipefail</c>.</param>
/// <param name="AtCmdlet"><c>$ErrorActionPreference</c> is <c>Stop</c>; native commands do not stop.</param>
internal readonly record struct StopBehaviour(bool AtCommand, bool InPipe, bool AtCmdlet)
{
    /// <summary>True when the step may succeed although its script fails: the task does not ask for the exit code, or lets errors pass.</summary>
    internal bool MayIgnoreFailure { get; init; }

    internal static StopBehaviour GoesOn => default;
}
