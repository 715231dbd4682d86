using System.Collections.Immutable;
using DeployGate.Core.Images;
using DeployGate.Core.Resources;
using DeployGate.Core.Steps;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands.Guests;
using DeployGate.Pipelines.Interpreter;

namespace DeployGate.Pipelines.Commands;

/// <summary>Turns bound cmdlets into effects; the result is the object they give.</summary>
internal sealed partial class CmdletEffects(AzureContext azure, PathState path, BoundCommand command)
{
    private readonly CommandScope _scope = AzureContext.ScopeOf(path, null, command["ResourceGroupName"]);

    internal Value? Run()
    {
        // -WhatIf prints what would be done.
        if (command.IsOn("WhatIf") && command.Command.Kind is not CommandKind.Deploy)
        {
            return null;
        }

        return command.Command.Kind switch
        {
            CommandKind.SetMachine => SetMachine(),
            CommandKind.Deallocate => Each(id => new Effect.Power(id, command.IsOn("StayProvisioned") ? MachineActionKind.Stop : MachineActionKind.Deallocate)),
            CommandKind.Start => Each(id => new Effect.Power(id, MachineActionKind.Start)),
            CommandKind.Restart => Each(id => new Effect.Power(id, MachineActionKind.Restart)),
            CommandKind.Reimage => Each(id => new Effect.Power(id, MachineActionKind.Reimage)),
            CommandKind.Delete => Each(id => new Effect.Delete(id, command.Command.Type)),
            CommandKind.DeleteGroup => Apply(new Effect.DeleteGroup(AzureContext.ScopeOf(path, null, command["Name"]).Id), null),
            CommandKind.Show => Id() is { } id ? ResourceObjects.Of(path, id, command.Command.Type) : Values.Unknown($"{command.Command.Name} ({command.Place.Start.Line})", "Azure knows which there are"),
            CommandKind.CreateMachine => CreateMachine(),
            CommandKind.ScaleSet => CreateScaleSet(),
            CommandKind.Config => new ConfigObjects(path, command).Run(),
            CommandKind.Image => CreateImage(),
            CommandKind.Definition => CreateDefinition(),
            CommandKind.Version => CreateVersion(),
            CommandKind.Disk or CommandKind.Snapshot => CreateDisk(),
            CommandKind.ImageTemplate => CreateImageTemplate(),
            CommandKind.BuildImage => BuildImage(),
            CommandKind.ResourceAction => ResourceAction(),
            CommandKind.RunCommand => RunCommand(),
            CommandKind.Extension => Extension(),
            CommandKind.Deploy => Deploy(command.IsOn("WhatIf")),
            CommandKind.DryRun => Deploy(true),
            CommandKind.Account when command["Subscription"] is { } subscription => SetSubscription(subscription),
            CommandKind.Rest when command["Path"] is { } address => AzureCalls.Call(azure, path, command.Text("Method") ?? "GET", address, command["Payload"], command.Place),
            _ => null,
        };
    }

    private Value? SetSubscription(Value subscription)
    {
        path.Variables = path.Variables.Set(Hidden.Subscription, Heap.Read(path, subscription) is { } map ? map.Find("id")?.Value ?? Values.Unknown("subscription", "it is not known") : subscription);
        return null;
    }

    private Value? Apply(Effect effect, Value? result)
    {
        azure.Apply(path, effect, command.Place);
        return result;
    }

    private Value? Each(Func<Value, Effect> effect) => Id() is { } id ? Apply(effect(id), null) : null;

    /// <summary>The resource a cmdlet names: by an object, an id, or names.</summary>
    private Value? Id()
    {
        if ((command["InputObject"] ?? command["VM"]) is { } given && Heap.Read(path, given)?.Find("id")?.Value is { } inside)
        {
            return inside;
        }

        if ((command["Id"] ?? command["ResourceId"]) is { } id)
        {
            return id;
        }

        switch (command.Command.Type)
        {
            case ArtifactTypes.Definition:
                return command["GalleryName"] is { } gallery && command["Name"] is { } definition ? _scope.IdOf(ArtifactTypes.Definition, gallery, definition) : null;
            case ArtifactTypes.Version:
                return command["GalleryName"] is { } above && command["GalleryImageDefinitionName"] is { } image && command["Name"] is { } version ? _scope.VersionId(above, image, version) : null;
            default:
                return (command["VMName"] ?? command["Name"] ?? command["ImageName"] ?? command["DiskName"] ?? command["SnapshotName"] ?? command["VMScaleSetName"]) is { } name ? _scope.IdOf(command.Command.Type, name) : null;
        }
    }

    private Value? SetMachine()
    {
        if (command.IsOn("Generalized"))
        {
            return Each(id => new Effect.Mark(id));
        }

        return command.IsOn("Redeploy") || command.IsOn("Reapply") ? Each(id => new Effect.Power(id, MachineActionKind.Restart)) : null;
    }

    private Value? RunCommand()
    {
        var file = command["ScriptPath"] ?? command["ScriptLocalPath"];
        var text = command["ScriptString"] ?? command["SourceScript"] ?? (file is null ? null : azure.Read(path, file)?.Text);
        if (text is null && file is StringValue { Text: var missing })
        {
            azure.Record.Remark(command.Place, $"the script '{missing}' is not in the repository", RemarkCodes.MissingFile);
        }

        var language = command.Text("CommandId") is { } id ? id.Contains("Shell", StringComparison.OrdinalIgnoreCase) && !id.Contains("PowerShell", StringComparison.OrdinalIgnoreCase) ? GuestLanguage.Shell : GuestLanguage.PowerShell : GuestLanguage.Unknown;
        return Each(machine => new Effect.Guest(machine, AgentScripts.Outcome(text, language, command.Place, command.IsOn("AsJob") || command.IsOn("AsyncExecution")), ByAgent: true))
            ?? Values.Unknown($"run-command ({command.Place.Start.Line})", "what the script prints is known when it runs");
    }

    private Value? Extension()
    {
        if (command["Run"] is { } run)
        {
            var line = string.Join(' ', new[] { Values.Pattern(run), Values.Pattern(command["Argument"]) }.Where(word => !string.IsNullOrEmpty(word)));
            return Each(id => new Effect.Guest(id, AgentScripts.OfCommandLine(azure, path, line, command.Place), ByAgent: true));
        }

        if (command.Text("ExtensionType") is { } type && !type.Contains("CustomScript", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var settings = new[] { command["Settings"], command["ProtectedSettings"], command["SettingString"], command["ProtectedSettingString"] }.OfType<Value>().Select(value => Heap.Read(path, value) ?? value).ToList();
        return Each(id => new Effect.Guest(id, AgentScripts.OfSettings(azure, path, settings, command.Place), ByAgent: true));
    }

    private Value? Deploy(bool isDryRun)
    {
        var kind = command.Command.Type switch
        {
            "group" => ScopeKind.ResourceGroup,
            "sub" => ScopeKind.Subscription,
            "mg" => ScopeKind.ManagementGroup,
            _ => ScopeKind.Tenant,
        };
        var sources = ImmutableArray.CreateBuilder<ParameterSource>();
        if (command["TemplateParameterFile"] is { } file)
        {
            sources.Add(new ParameterSource.File(DeploymentWords.PathOf(path, file), file.Origin?.Place ?? command.Place));
        }

        if (command["TemplateParameterObject"] is { } given)
        {
            sources.Add(new ParameterSource.Inline(Heap.Read(path, given) ?? given, given.Origin?.Place ?? command.Place));
        }

        if (command["TemplateParameterUri"] is { } address)
        {
            sources.Add(new ParameterSource.Unread(Values.Unknown(Values.Pattern(address) ?? "?", "the parameters are fetched"), address.Origin?.Place ?? command.Place));
        }

        sources.AddRange(command.Unlisted.Where(one => one.Value is not null).Select(one => new ParameterSource.Named(one.Name, Heap.Read(path, one.Value!) ?? one.Value!, one.Place)));
        var scope = _scope.ToGroup with { Kind = kind, ManagementGroup = command["ManagementGroupId"] ?? DeploymentScope.Unknown(kind).ManagementGroup };
        var template = command["TemplateFile"] ?? command["TemplateUri"] ?? command["TemplateSpecId"];
        azure.Apply(path, new Effect.Deploy(DeploymentWords.Template(path, template), sources.ToImmutable(), scope, command["Location"], isDryRun, command.Text("Mode") ?? "Incremental"), command.Place);
        return Values.Unknown($"deployment {command.Place.Start.Line}", "the deployment's outputs are known when it has run");
    }
}
