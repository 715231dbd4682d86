using DeployGate.Core.Images;
using DeployGate.Core.Resources;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Interpreter;

namespace DeployGate.Pipelines.Commands;

internal sealed partial class AzEffects
{
    private Value? CreateDisk()
    {
        if (command["name"] is not { } name)
        {
            return null;
        }

        var id = _scope.IdOf(ArtifactTypes.Disk, name);
        var (body, content) = (command["source"], command["gallery-image-reference"] ?? command["image-reference"]) switch
        {
            ({ } address, _) when CommandScope.IsAddress(address) => (Bodies.Disk("Import", null, address, null, null, command["os-type"]), (Content)new Content.CopyOf(address)),
            ({ } source, _) => FromSource(source),
            (_, { } image) => (Bodies.Disk("FromImage", null, null, command.Has("gallery-image-reference") ? null : image, command.Has("gallery-image-reference") ? image : null, command["os-type"]), new Content.CopyOf(image)),
            _ => (Bodies.Disk(command.Has("upload-type") || command.Has("for-upload") ? "Upload" : "Empty", null, null, null, null, command["os-type"]), new Content.Uploaded()),
        };
        return Apply(new Effect.Create(Bodies.Resource(ArtifactTypes.Disk, id, body, command.Place), content), Answer(id, ArtifactTypes.Disk));
    }

    private (ObjectValue Body, Content Content) FromSource(Value source)
    {
        var id = ImageWords.DiskOrSnapshot(path, _scope, source);
        return (Bodies.Disk("Copy", id, null, null, null, command["os-type"]), new Content.CopyOf(id));
    }

    private Value? CreateSnapshot()
    {
        if (command["name"] is not { } name)
        {
            return null;
        }

        var id = _scope.IdOf(ArtifactTypes.Snapshot, name);
        var (body, content) = command["source"] switch
        {
            null => (Bodies.Disk("Upload", null, null, null, null, null), (Content)new Content.Uploaded()),
            var address when CommandScope.IsAddress(address) => (Bodies.Disk("Import", null, address, null, null, null), new Content.CopyOf(address)),
            var source => FromSource(source),
        };
        return Apply(new Effect.Create(Bodies.Resource(ArtifactTypes.Snapshot, id, body, command.Place), content), Answer(id, ArtifactTypes.Snapshot));
    }

    // A blob is known by its address; nothing of it is an image use.
    private Value? Blob()
    {
        var container = command["container-name"] ?? command["destination-container"] ?? Values.Unknown("container", "it is not given");
        var name = command["name"] ?? command["destination-blob"] ?? command["file"] ?? Values.Unknown("blob", "it is not given");
        var account = command["account-name"] ?? Values.Unknown("account", "it is not given");
        var address = Values.Concat([Values.Text("https://"), account, Values.Text(".blob.core.windows.net/"), container, Values.Text("/"), name], command.Place);
        if (command.Command.Kind == CommandKind.Blob)
        {
            var content = command["source-uri"] is { } source ? Observations.GuestOf(path.World, source) : GuestFact.Unseen;
            path.World = path.World.Set(new ResourceState(address, "", ResourceIdPattern.From(address)) { Guest = content, ChangedHere = true });
        }

        return command.Command.Kind == CommandKind.BlobAddress ? address : null;
    }

    private Value? CaptureVhd()
    {
        var machine = Ids().FirstOrDefault();
        var address = Values.Concat([Values.Text("https://"), Values.Unknown("storage account of the machine", "Azure knows it"), Values.Text("/"), command["vhd-name-prefix"] ?? Values.Empty, Values.Text("-osDisk.vhd")], command.Place);
        if (machine is not null)
        {
            path.World = path.World.Set(new ResourceState(address, "", ResourceIdPattern.From(address)) { Guest = Observations.GuestOf(path.World, machine), ChangedHere = true });
        }

        return null;
    }

    private Value? ResourceAction()
    {
        var ids = command.All("ids");
        var id = ids.IsEmpty && command["name"] is { } name && command["resource-type"] is StringValue type
            ? _scope.IdOf(command.Text("namespace") is { } space ? $"{space}/{type.Text}" : type.Text, name)
            : ids.FirstOrDefault();
        return id is null ? null : AzureCalls.Act(azure, path, id, command.Text("action"), command.Place);
    }

    private Value? Rest() => command["uri"] is { } address
        ? AzureCalls.Call(azure, path, command.Text("method") ?? "get", address, command["body"], command.Place)
        : null;

    private Value? Deploy(bool isDryRun)
    {
        var kind = command.Command.Type switch
        {
            "group" => ScopeKind.ResourceGroup,
            "sub" => ScopeKind.Subscription,
            "mg" => ScopeKind.ManagementGroup,
            _ => ScopeKind.Tenant,
        };
        var scope = _scope.ToGroup with { Kind = kind, ManagementGroup = command["management-group-id"] ?? DeploymentScope.Unknown(kind).ManagementGroup };
        var template = command["template-file"] ?? command["template-uri"] ?? command["template-spec"];
        azure.Apply(path, new Effect.Deploy(
            DeploymentWords.Template(path, template),
            DeploymentWords.OfAz(azure, path, command.All("parameters")),
            scope,
            command["location"],
            isDryRun,
            command.Text("mode") ?? "Incremental"), command.Place);
        return Query(Values.Unknown($"deployment {command.Place.Start.Line}:{command.Place.Start.Column}", "the deployment's outputs are known when it has run"));
    }
}
