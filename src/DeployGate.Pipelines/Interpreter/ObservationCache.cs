using System.Collections.Immutable;
using DeployGate.Core.Images;
using DeployGate.Core.Steps;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>
/// Keeps what was said of a state of a resource: most states stay as they are from one command to the next, and saying the same
/// anew for each would cost more than everything else.
/// </summary>
internal sealed class ObservationCache
{
    private readonly Dictionary<ResourceState, (ResourceState? Owner, ObservedState Observed)> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>What the pipeline did to resources.</summary>
    internal ImmutableArray<ObservedState> States(World world)
    {
        var states = ImmutableArray.CreateBuilder<ObservedState>();
        foreach (var state in world.Recent)
        {
            if (Observations.HasState(world, state))
            {
                states.Add(Of(world, state));
            }
        }

        return states.ToImmutable();
    }

    private ObservedState Of(World world, ResourceState state)
    {
        var owner = state.Owner is { } id ? world.Find(id, ArtifactTypes.VirtualMachine) : null;
        if (!_known.TryGetValue(state, out var known) || !ReferenceEquals(known.Owner, owner))
        {
            _known[state] = known = (owner, Observations.Of(world, state));
        }

        return known.Observed;
    }
}
