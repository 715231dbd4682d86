using System.Collections.Immutable;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;

namespace DeployGate.Core.Steps;

/// <summary>One resource that a step of a pipeline or a command of a script creates or changes.</summary>
public sealed record StepOperation
{
    /// <summary>The resource in REST shape; the values of its body lead to the script or the pipeline where a person wrote them.</summary>
    public required ResolvedResource Resource { get; init; }

    /// <summary>What the pipeline declared before and has not deleted since; of very many, the latest.</summary>
    public required ImmutableArray<ResolvedResource> Before { get; init; }

    /// <summary>What the pipeline itself did to machines, disks, snapshots and images, as it stands right before the step.</summary>
    public required ImmutableArray<ObservedState> States { get; init; }

    /// <summary>The step's name for people; empty for a script that no pipeline runs.</summary>
    public required string Step { get; init; }

    /// <summary>The command or task.</summary>
    public required Place Place { get; init; }

    /// <summary>True when a condition that is not known guards it, or when its failure is ignored.</summary>
    public bool IsMaybe { get; init; }
}
