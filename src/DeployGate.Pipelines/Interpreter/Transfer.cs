using System.Collections.Immutable;
using DeployGate.Core.Images;
using DeployGate.Core.Reports;
using DeployGate.Core.Resources;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>Carries out effects: what each does to the state of the resources, and what the gate is told of it.</summary>
internal sealed partial class Transfer(RunRecord record)
{
    private readonly ObservationCache _observations = new();

    internal void Apply(PathState path, Effect effect, Place place)
    {
        if (path.IsEnded)
        {
            return;
        }

        switch (effect)
        {
            case Effect.Create create:
                Create(path, create, place);
                break;
            case Effect.Power power:
                Switch(path, power, place);
                break;
            case Effect.Mark mark:
                Mark(path, mark.Machine, place);
                break;
            case Effect.Guest guest:
                Enter(path, guest, place);
                break;
            case Effect.Delete delete:
                Delete(path, delete.Id, delete.Type, place);
                break;
            case Effect.DeleteGroup group:
                DeleteGroup(path, group.Id);
                break;
            case Effect.Deploy deploy:
                record.Deployments.Add(new StepDeployment(
                    deploy.Template, deploy.Parameters, deploy.Scope, deploy.Location, deploy.IsDryRun, deploy.Mode, IsMaybe(path), record.Step, place)
                {
                    Before = Observations.Declared(path.World),
                    States = _observations.States(path.World),
                });
                break;
            case Effect.Havoc havoc:
                Confuse(path, havoc, place);
                break;
        }

        if (path.World.HasForgotten)
        {
            record.RemarkForgotten(place);
        }
    }

    private static bool IsMaybe(PathState path) => path.IsMaybe || path.IsSwallowed;

    private RelatedPlace Here(Place place, string what) => new(place, record.Step.Length == 0 ? $"{what} here" : $"{what} here (step '{record.Step}')");

    private void Create(PathState path, Effect.Create create, Place place)
    {
        var resource = create.Resource with { Presence = IsMaybe(path) ? Presence.Maybe : create.Resource.Presence };
        record.Operations.Add(new StepOperation
        {
            Resource = resource,
            Before = Observations.Declared(path.World),
            States = _observations.States(path.World),
            Step = record.Step,
            Place = place,
            IsMaybe = IsMaybe(path),
        });
        var guest = GuestOf(path.World, create.Content, place);
        var isMachine = resource.Type == ArtifactTypes.VirtualMachine;
        var state = new ResourceState(resource.Id, resource.Type, ResourceIdPattern.From(resource.Id))
        {
            Declaration = resource,
            Guest = guest,
            Power = isMachine ? PowerState.Running : PowerState.Unknown,
            Mark = isMachine ? new MarkFact(MarkKind.No, "it was created here, and not generalized since", []) : MarkFact.Unseen,
            OsDisk = create.OsDisk,
            ChangedHere = true,
        };
        var before = path.World.Find(state.Id, state.Type);
        path.World = path.World.Set(before is not null && IsMaybe(path) ? ResourceState.Join(before, state) : state);
        ForgetLatest(path, resource);
        if (isMachine && create.OsDisk is { } disk)
        {
            Attach(path, state, disk, place);
        }
    }

    private static void Attach(PathState path, ResourceState machine, Value disk, Place place)
    {
        var known = path.World.Find(disk, ArtifactTypes.Disk);
        path.World = path.World.Set((known ?? new ResourceState(disk, ArtifactTypes.Disk, ResourceIdPattern.From(disk))) with
        {
            Owner = machine.Id,
            ChangedHere = true,
            Declaration = known?.Declaration ?? Bodies.OsDisk(disk, machine.Id, place),
        });
    }

    /// <summary>Notes what a build left in a version, or in the version that is a definition's latest now.</summary>
    internal void Fill(PathState path, Value id, string type, GuestOutcome outcome, Place place)
    {
        if (!path.IsEnded)
        {
            var guest = new GuestFact(outcome.Kind, outcome.Strength, outcome.Reason, outcome.Items, [Here(place, "built")]);
            path.World = path.World.Change(id, type, state => state with
            {
                Guest = IsMaybe(path) ? GuestFact.Join(state.Guest, guest) : guest,
                ChangedHere = true,
            });
        }
    }

    // What a build left is the latest version of a definition until another one is made.
    private static void ForgetLatest(PathState path, ResolvedResource version)
    {
        var definition = IdText.CutBefore(version.Id, "versions");
        if (version.Type == ArtifactTypes.Version && path.World.Find(definition, ArtifactTypes.Definition) is { Guest.Kind: not GuestKind.Unseen })
        {
            path.World = path.World.Change(definition, ArtifactTypes.Definition, state => state with { Guest = GuestFact.Unseen });
        }
    }

    private GuestFact GuestOf(World world, Content content, Place place)
    {
        switch (content)
        {
            case Content.FromImage:
                return new GuestFact(GuestKind.Fresh, Strength.Certain, "it was created from an image and has booted; nothing prepared it after that", [], [Here(place, "created")]);
            case Content.CopyOf copy:
                return Observations.GuestOf(world, copy.Source);
            case Content.AttachOf attach:
                return Observations.GuestOf(world, attach.Disk).Boot(Here(place, "started"), "started");
            case Content.Built built:
                return new GuestFact(built.Outcome.Kind, built.Outcome.Strength, built.Outcome.Reason, built.Outcome.Items, [Here(place, "built")]);
            default:
                return GuestFact.Unseen;
        }
    }

    private void Act(PathState path, MachineActionKind kind, Value machine, Place place, ImmutableArray<RelatedPlace> related)
    {
        var state = path.World.Find(machine, ArtifactTypes.VirtualMachine);
        record.Actions.Add(new MachineAction(
            kind,
            machine,
            OriginName(machine),
            state is { ChangedHere: true } ? Observations.Of(path.World, state) : null,
            state?.Power ?? PowerState.Unknown,
            IsMaybe(path),
            record.Step,
            place,
            related));
    }

    private static string OriginName(Value machine) => machine is UnknownValue ? ArtifactCatalog.Show(machine) : ResourceIdPattern.From(machine)?.Name(0) ?? ArtifactCatalog.Show(machine);
}
