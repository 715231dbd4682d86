using System.Collections.Immutable;
using DeployGate.Core.Reports;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Core.Steps;

/// <summary>What a step does to a machine without creating anything.</summary>
public enum MachineActionKind
{
    /// <summary>Starts it.</summary>
    Start,

    /// <summary>Starts it again.</summary>
    Restart,

    /// <summary>Puts its image on its disk again.</summary>
    Reimage,

    /// <summary>Stops it; it stays allocated.</summary>
    Stop,

    /// <summary>Stops and deallocates it.</summary>
    Deallocate,

    /// <summary>Sets Azure's mark: <c>generalize</c>.</summary>
    Mark,

    /// <summary>Runs a command inside it: run-command, an extension.</summary>
    RunCommand,

    /// <summary>Prepares the guest for copies.</summary>
    Prepare,

    /// <summary>Deletes it.</summary>
    Delete,
}

/// <summary>Whether a machine runs.</summary>
public enum PowerState
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It is off, and still allocated.</summary>
    Stopped,

    /// <summary>It is off and deallocated.</summary>
    Deallocated,
}

/// <summary>One action on a machine, with what was known of the machine right before it.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Id">The machine's id, as far as known.</param>
/// <param name="Name">The machine's name for people.</param>
/// <param name="Before">What the pipeline did to it before; null when nothing.</param>
/// <param name="Power">Whether it ran.</param>
/// <param name="IsMaybe">True when a condition that is not known guards it, or when its failure is ignored.</param>
/// <param name="Step">The step's name for people.</param>
/// <param name="Place">The command or task.</param>
/// <param name="Related">The earlier commands that matter to it.</param>
public sealed record MachineAction(
    MachineActionKind Kind,
    Value Id,
    string Name,
    ObservedState? Before,
    PowerState Power,
    bool IsMaybe,
    string Step,
    Place Place,
    ImmutableArray<RelatedPlace> Related);
