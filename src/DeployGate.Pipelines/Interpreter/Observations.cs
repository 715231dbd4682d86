using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Core.Images;
using DeployGate.Core.Resources;
using DeployGate.Core.Steps;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>Puts the state of a path into the words of the gate.</summary>
internal static class Observations
{
    /// <summary>What the pipeline declared and did not delete; of very many, the latest.</summary>
    internal static ImmutableArray<ResolvedResource> Declared(World world) => [.. world.Recent.Select(state => state.Declaration).OfType<ResolvedResource>()];

    internal static ObservedState Of(World world, ResourceState state)
    {
        var guest = Guest(world, state);
        var (mark, text) = MarkOf(state);
        return new ObservedState(state.Id, state.Type, mark, text, guest.State, guest.Reason, guest.Items, [.. state.Mark.Related, .. guest.Related], state.ChangedHere);
    }

    /// <summary>The guest inside any resource that an id or address names.</summary>
    internal static GuestFact GuestOf(World world, Value id)
    {
        var type = id is UnknownValue ? "" : ResourceIdPattern.From(id)?.Type ?? "";
        return world.Look(id, type) is { } state ? Guest(world, state) : GuestFact.Unseen;
    }

    private static GuestFact Guest(World world, ResourceState state) =>
        state.Owner is { } owner && world.Find(owner, ArtifactTypes.VirtualMachine) is { } machine ? machine.Guest : state.Guest;

    /// <summary>True when the pipeline did something to it, or to the machine that it belongs to.</summary>
    internal static bool HasState(World world, ResourceState state) => state.Owner is { } owner
        ? world.Find(owner, ArtifactTypes.VirtualMachine) is { ChangedHere: true }
        : state.ChangedHere && (state.Type is ArtifactTypes.VirtualMachine || state.Guest.Kind != GuestKind.Unseen);

    private static (AzureMark Mark, string Text) MarkOf(ResourceState state) => state.Mark.Kind switch
    {
        MarkKind.Yes => (AzureMark.Generalized, state.Mark.Text),
        MarkKind.No => (state.Power == PowerState.Running ? AzureMark.Specialized : AzureMark.Unmarked, state.Mark.Text),
        _ => (AzureMark.Unknown, state.Mark.Text),
    };
}
