using DeployGate.Core.Assessment;
using DeployGate.Core.Images;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;

namespace DeployGate.Pipelines.Interpreter;

internal sealed partial class Transfer
{
    private static ResourceState? Machine(PathState path, Value id) => path.World.Find(id, ArtifactTypes.VirtualMachine);

    /// <summary>Changes a machine; where it only may happen, the machine may also be as it was.</summary>
    private static void Change(PathState path, Value machine, Func<ResourceState, ResourceState> change)
    {
        path.World = path.World.Change(machine, ArtifactTypes.VirtualMachine, state =>
        {
            var changed = change(state) with { ChangedHere = true };
            return path.IsSwallowed ? ResourceState.Join(state, changed) : changed;
        });
    }

    private void Switch(PathState path, Effect.Power power, Place place)
    {
        var state = Machine(path, power.Machine);
        var boots = power.Kind is MachineActionKind.Start or MachineActionKind.Restart or MachineActionKind.Reimage;
        Act(path, power.Kind, power.Machine, place, boots && state is not null ? [.. state.Mark.Related, .. state.Guest.Related] : []);
        switch (power.Kind)
        {
            case MachineActionKind.Reimage:
                Change(path, power.Machine, machine => machine with
                {
                    Power = PowerState.Running,
                    Guest = new GuestFact(GuestKind.Fresh, Strength.Certain, "its image was put on it again, and it has booted", [], [Here(place, "reimaged")]),
                });
                break;
            case MachineActionKind.Start or MachineActionKind.Restart:
                var how = power.Kind == MachineActionKind.Start ? "started" : "restarted";
                Change(path, power.Machine, machine => machine with { Power = PowerState.Running, Guest = machine.Guest.Boot(Here(place, how), how) });
                break;
            default:
                var to = power.Kind == MachineActionKind.Stop ? PowerState.Stopped : PowerState.Deallocated;
                path.World = path.World.Change(power.Machine, ArtifactTypes.VirtualMachine, machine => machine with { Power = path.IsSwallowed && machine.Power != to ? PowerState.Unknown : to });
                break;
        }
    }

    private void Mark(PathState path, Value id, Place place)
    {
        var state = Machine(path, id);
        Act(path, MachineActionKind.Mark, id, place, state?.Guest.Related ?? []);

        // Azure refuses to mark a machine that runs; what the pipeline does about that is not known.
        var isRefused = state?.Power == PowerState.Running;
        var kind = isRefused || path.IsSwallowed ? MarkKind.Maybe : MarkKind.Yes;
        var text = isRefused ? "it was running when it was to be generalized, which Azure refuses" : path.IsSwallowed ? "generalized, unless that failed" : "generalized by this pipeline";
        Change(path, id, machine => machine with { Mark = new MarkFact(kind, text, [Here(place, "generalized")]) });
    }

    private void Enter(PathState path, Effect.Guest guest, Place place)
    {
        var state = Machine(path, guest.Machine);
        var kind = guest.ByAgent ? MachineActionKind.RunCommand : guest.Outcome.Kind == GuestKind.Prepared ? MachineActionKind.Prepare : (MachineActionKind?)null;
        if (kind is { } known)
        {
            Act(path, known, guest.Machine, place, state?.Mark.Related ?? []);
        }

        Change(path, guest.Machine, machine => machine with
        {
            Guest = After(path, machine.Guest, guest.Outcome, place),
            Power = guest.Outcome.TurnsOff ? PowerState.Stopped : guest.Outcome.Kind == GuestKind.Unclear ? machine.Power : Running(machine.Power, guest),
        });
    }

    // A command that ran inside shows that the machine was running.
    private static PowerState Running(PowerState before, Effect.Guest guest) => guest.ByAgent && before == PowerState.Unknown ? PowerState.Running : before;

    private GuestFact After(PathState path, GuestFact before, GuestOutcome outcome, Place place)
    {
        switch (outcome.Kind)
        {
            case GuestKind.Prepared:
                var strength = path.IsSwallowed ? Strength.Possible : outcome.Strength;
                var reason = path.IsSwallowed && outcome.Strength > Strength.Possible ? "its failure is ignored" : outcome.Reason;
                return new GuestFact(GuestKind.Prepared, strength, reason, outcome.Items, [Here(place, "prepared")]);
            case GuestKind.Booted:
                return new GuestFact(GuestKind.Booted, outcome.Strength, outcome.Reason, outcome.Items, [Here(place, "prepared and booted again")]);
            case GuestKind.Unclear:
                return new GuestFact(GuestKind.Unclear, Strength.Possible, outcome.Reason, outcome.Items, [Here(place, "run")]);
            default:
                // A login after the preparation leaves traces, and an agent that still runs is no sign of a boot.
                return before.Kind is GuestKind.Unclear
                    ? before
                    : new GuestFact(GuestKind.InUse, Strength.Certain, "commands ran inside it, and nothing prepared it after that", outcome.Items, [Here(place, "used")]);
        }
    }

    private void Delete(PathState path, Value id, string type, Place place)
    {
        var state = path.World.Find(id, type);
        if (type == ArtifactTypes.VirtualMachine)
        {
            Act(path, MachineActionKind.Delete, id, place, []);
            if (state?.OsDisk is { } disk && path.World.Find(disk, ArtifactTypes.Disk) is { } freed)
            {
                path.World = path.World.Set(freed with { Owner = null, Guest = state.Guest });
            }
        }

        if (state is not null)
        {
            path.World = IsMaybe(path) ? path.World.Set(state.Maybe()) : path.World.Remove(id, type);
        }
    }

    private static void DeleteGroup(PathState path, Value group)
    {
        var start = ArtifactCatalog.Show(group) + "/";
        foreach (var state in path.World.All.Where(state => ArtifactCatalog.Show(state.Id).StartsWith(start, StringComparison.OrdinalIgnoreCase)).ToList())
        {
            path.World = IsMaybe(path) ? path.World.Set(state.Maybe()) : path.World.Remove(state.Id, state.Type);
        }
    }

    private void Confuse(PathState path, Effect.Havoc havoc, Place place)
    {
        path.World = path.World.Change(havoc.Id, havoc.Type, state => state with
        {
            Guest = new GuestFact(GuestKind.Unclear, Strength.Possible, havoc.Reason, [new GuestItem($"{place}", place.FirstLine, "not read")], [Here(place, "touched by something that is not read")]),
            Mark = state.Mark.Kind == MarkKind.Yes || havoc.Type != ArtifactTypes.VirtualMachine ? state.Mark : new MarkFact(MarkKind.Maybe, havoc.Reason, []),
            Power = PowerState.Unknown,
            ChangedHere = true,
        });
    }
}
