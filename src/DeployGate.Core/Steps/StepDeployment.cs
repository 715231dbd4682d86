using System.Collections.Immutable;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Core.Steps;

/// <summary>One deployment of a template by a step.</summary>
/// <param name="Template">The template: a path in the repository, an address, or unknown. Null when a <c>.bicepparam</c> file names it.</param>
/// <param name="Parameters">Where its parameters come from, in order: what comes later wins.</param>
/// <param name="Scope">Where it goes.</param>
/// <param name="Location">The location for scopes above a resource group; null when it is not given.</param>
/// <param name="IsDryRun">True for a validation or a preview.</param>
/// <param name="Mode">Incremental, Complete, or another word the command allows.</param>
/// <param name="IsMaybe">True when a condition that is not known guards it, or when its failure is ignored.</param>
/// <param name="Step">The step's name for people.</param>
/// <param name="Place">The command or task.</param>
public sealed record StepDeployment(
    Located<Value>? Template,
    ImmutableArray<ParameterSource> Parameters,
    DeploymentScope Scope,
    Value? Location,
    bool IsDryRun,
    string Mode,
    bool IsMaybe,
    string Step,
    Place Place)
{
    /// <summary>The step's name for people.</summary>
    public string Step { get; init; } = RecentTexts.Of(Step);

    /// <summary>What the pipeline declared before and has not deleted since; of very many, the latest.</summary>
    public ImmutableArray<ResolvedResource> Before { get; init; } = [];

    /// <summary>What the pipeline itself did to machines, disks, snapshots and images, as it stands right before the step.</summary>
    public ImmutableArray<ObservedState> States { get; init; } = [];
}

/// <summary>One source of parameters, as a command line or a task gives it.</summary>
public abstract record ParameterSource
{
    private ParameterSource(Place place) => Place = place;

    /// <summary>Where it is written.</summary>
    public Place Place { get; }

    /// <summary>A parameter file: a path in the repository, or partly unknown.</summary>
    public sealed record File(Value Path, Place Place) : ParameterSource(Place);

    /// <summary>One parameter; the template's type decides what its text means.</summary>
    public sealed record Named(string Name, Value Value, Place Place) : ParameterSource(Place);

    /// <summary>An object: <c>{name: {value}}</c>, <c>{parameters: …}</c>, or plain values where the tool takes those.</summary>
    public sealed record Inline(Value Object, Place Place) : ParameterSource(Place);

    /// <summary>A source that is not known: any parameter may come from it.</summary>
    public sealed record Unread(UnknownValue Value, Place Place) : ParameterSource(Place);
}
