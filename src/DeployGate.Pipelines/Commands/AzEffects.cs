using DeployGate.Core.Images;
using DeployGate.Core.Steps;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Interpreter;

namespace DeployGate.Pipelines.Commands;

/// <summary>Turns bound az commands into effects, and says what they print.</summary>
internal sealed partial class AzEffects(AzureContext azure, PathState path, BoundCommand command, bool isAsked)
{
    private readonly CommandScope _scope = AzureContext.ScopeOf(path, command["subscription"], command["resource-group"]);

    /// <summary>Carries the command out; the result is what it prints, null for nothing that is known.</summary>
    internal Value? Run()
    {
        // Nobody who asks for help changes anything.
        if (command.Has("help"))
        {
            return null;
        }

        return command.Command.Kind switch
        {
            CommandKind.Start => Power(MachineActionKind.Start),
            CommandKind.Restart => Power(MachineActionKind.Restart),
            CommandKind.Reimage => Power(MachineActionKind.Reimage),
            CommandKind.Stop => Power(MachineActionKind.Stop),
            CommandKind.Deallocate => Power(MachineActionKind.Deallocate),
            CommandKind.Mark => ForEach(id => new Effect.Mark(id)),
            CommandKind.Delete => ForEach(id => new Effect.Delete(id, command.Command.Type)),
            CommandKind.DeleteGroup => Apply(new Effect.DeleteGroup(AzureContext.ScopeOf(path, command["subscription"], command["name"]).Id)),
            CommandKind.Show => Show(),
            CommandKind.Wait => Wait(),
            CommandKind.CreateMachine => CreateMachine(),
            CommandKind.ScaleSet => CreateScaleSet(),
            CommandKind.UpdateScaleSet => UpdateScaleSet(),
            CommandKind.Image => CreateImage(),
            CommandKind.CopyImage => CopyImage(),
            CommandKind.Definition => CreateDefinition(),
            CommandKind.Version => CreateVersion(),
            CommandKind.Disk => CreateDisk(),
            CommandKind.Snapshot => CreateSnapshot(),
            CommandKind.Blob or CommandKind.BlobAddress => Blob(),
            CommandKind.CaptureVhd => CaptureVhd(),
            CommandKind.RunCommand => RunCommand(),
            CommandKind.Extension => Extension(),
            CommandKind.Deploy => Deploy(isDryRun: command.Has("what-if")),
            CommandKind.DryRun => Deploy(isDryRun: true),
            CommandKind.Account => SetDefault(Hidden.Subscription, command["subscription"]),
            CommandKind.Configure => Configure(),
            CommandKind.Rest => Rest(),
            CommandKind.ResourceAction => ResourceAction(),
            CommandKind.ImageTemplate => BuildImage(),
            CommandKind.BicepBuild => BicepFiles.Build(path, command),
            CommandKind.List => Found(List()),
            _ => null,
        };
    }

    private Value? Apply(Effect effect, Value? output = null)
    {
        azure.Apply(path, effect, command.Place);
        return output is null ? null : Query(output);
    }

    /// <summary>What is printed of a resource that was made; null where nobody reads it.</summary>
    private Value? Answer(Value id, string type) => isAsked || command.Has("query") ? ResourceObjects.Of(path, id, type) : null;

    private Value Query(Value output) => JsonQuery.Apply(output, command["query"], command.Text("output"));

    private Value? Remark(string message, string code)
    {
        azure.Record.Remark(command.Place, message, code);
        return null;
    }

    private Value? Power(MachineActionKind kind) => ForEach(id => new Effect.Power(id, kind));

    private Value? ForEach(Func<Value, Effect> effect)
    {
        foreach (var id in Ids())
        {
            azure.Apply(path, effect(id), command.Place);
        }

        return null;
    }

    /// <summary>The resources a command names: by ids, or by names and group.</summary>
    private IEnumerable<Value> Ids()
    {
        var ids = command.All("ids").SelectMany(value => value is ArrayValue list ? list.Items : [value]).ToList();
        return ids.Count > 0 ? ids : Named() is { } one ? [one] : [];
    }

    private Value? Named()
    {
        switch (command.Command.Type)
        {
            case ArtifactTypes.Definition:
                return command["gallery-name"] is { } gallery && command["gallery-image-definition"] is { } definition ? _scope.IdOf(ArtifactTypes.Definition, gallery, definition) : null;
            case ArtifactTypes.Version:
                return command["gallery-name"] is { } above && command["gallery-image-definition"] is { } image && command["gallery-image-version"] is { } version ? _scope.VersionId(above, image, version) : null;
            case ArtifactTypes.VirtualMachine:
                return (command["vm-name"] ?? command["name"] ?? path.Variables[Hidden.Machine]) is { } machine ? _scope.IdOf(ArtifactTypes.VirtualMachine, machine) : null;
            default:
                return (command["name"] ?? command["image-name"] ?? command["gallery-name"]) is { } name ? _scope.IdOf(command.Command.Type, name) : null;
        }
    }

    private Value? Show()
    {
        var ids = Ids().ToList();
        if (ids is not [var id])
        {
            return null;
        }

        var answer = ResourceObjects.Of(path, id, command.Command.Type);
        return path.World.Find(id, command.Command.Type)?.Declaration is null ? Found(answer) : Query(answer);
    }

    // There may be no such resource: whoever asks whether there was an answer reckons with both.
    private Value Found(Value found)
    {
        var answer = Query(found);
        if (isAsked && answer is StringValue or PartialString)
        {
            path.Variables = path.Variables.Set(Hidden.Asked(answer), answer);
        }

        return answer;
    }

    // Which resources there are is known to Azure; but one that is asked for by its name is that one.
    private Value List()
    {
        if (command.Command.Type == ArtifactTypes.VirtualMachine && Ids().ToList() is [var machine])
        {
            return new ArrayValue([ResourceObjects.Of(path, machine, ArtifactTypes.VirtualMachine)]);
        }

        var name = JsonQuery.NameFilter(command["query"]);
        return name is null || ArtifactTypes.NameOf(command.Command.Type) is "image version" or "image definition"
            ? Values.Unknown($"az {command.Command.Name} ({command.Place.Start.Line}:{command.Place.Start.Column})", "Azure knows which there are")
            : new ArrayValue([ResourceObjects.Of(path, _scope.IdOf(command.Command.Type, name), command.Command.Type)]);
    }

    private Value? Wait()
    {
        if (command.Text("custom") is { } condition && condition.Contains("PowerState/", StringComparison.OrdinalIgnoreCase))
        {
            var power = condition.Contains("PowerState/stopped", StringComparison.OrdinalIgnoreCase) ? PowerState.Stopped
                : condition.Contains("PowerState/deallocated", StringComparison.OrdinalIgnoreCase) ? PowerState.Deallocated : PowerState.Running;
            foreach (var id in Ids())
            {
                path.World = path.World.Change(id, ArtifactTypes.VirtualMachine, state => state with { Power = power });
            }
        }

        return null;
    }

    private Value? SetDefault(string name, Value? value)
    {
        if (value is not null)
        {
            path.Variables = path.Variables.Set(name, value);
        }

        return null;
    }

    private Value? Configure()
    {
        foreach (var pair in command.All("defaults").Concat(command.Rest))
        {
            var text = pair switch { StringValue known => known.Text, PartialString partial => partial.KnownStart, _ => "" };
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var target = equals < 0 ? null : text[..equals].Replace("defaults.", "", StringComparison.Ordinal) switch
            {
                "group" => Hidden.Group,
                "vm" => Hidden.Machine,
                "location" => Hidden.Location,
                _ => null,
            };
            if (target is not null)
            {
                SetDefault(target, Values.After(pair, equals + 1));
            }
        }

        return null;
    }
}
