using DeployGate.Core.Images;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Interpreter;

namespace DeployGate.Pipelines.Commands;

internal sealed partial class CmdletEffects
{
    private Value? CreateMachine()
    {
        var config = command["VM"] is { } given ? Heap.Read(path, given) : null;
        if ((config?.Find("name")?.Value ?? command["Name"]) is not { } name)
        {
            return null;
        }

        var id = _scope.IdOf(ArtifactTypes.VirtualMachine, name);
        var image = command["ImageReferenceId"] ?? command["SharedGalleryImageId"];
        var (reference, imageId) = config is not null
            ? (config.Find("image")?.Value, (config.Find("image")?.Value as ObjectValue)?.Find("id")?.Value)
            : image is not null ? (Bodies.IdObject(image), image) : ImageWords.Reference(path, _scope, command["Image"] ?? Values.Text("Win2022AzureEditionCore", command.Place));
        var disk = config?.Find("disk")?.Value;
        var vhd = config?.Find("vhd")?.Value;
        var profile = config is not null ? config.Find("osProfile")?.Value : Bodies.Map(("computerName", name)) with { Origin = new Origin(command.Place) };
        var body = Bodies.Machine(reference, disk, vhd, config?.Find("osType")?.Value, profile);
        var resource = Bodies.Resource(ArtifactTypes.VirtualMachine, id, body, command.Place);
        var content = (disk ?? vhd) is { } around ? (Content)new Content.AttachOf(around) : new Content.FromImage(imageId);
        azure.Apply(path, new Effect.Create(resource, content, disk ?? AzureContext.OsDiskId(id, config?.Find("diskName")?.Value)), command.Place);
        return ResourceObjects.Of(path, id, ArtifactTypes.VirtualMachine);
    }

    private Value? CreateScaleSet()
    {
        var image = command["ImageReferenceId"] ?? command["SharedGalleryImageId"];
        var (reference, _) = image is not null ? (Bodies.IdObject(image), image) : ImageWords.Reference(path, _scope, command["ImageName"]);
        if (Id() is not { } id || reference is null)
        {
            return null;
        }

        var profile = Bodies.Map(("computerNamePrefix", command["VMScaleSetName"])) with { Origin = new Origin(command.Place) };
        return Apply(new Effect.Create(Bodies.Resource(ArtifactTypes.ScaleSet, id, Bodies.ScaleSet(reference, null, profile), command.Place), new Content.None()), ResourceObjects.Of(path, id, ArtifactTypes.ScaleSet));
    }

    private Value? CreateImage()
    {
        if (command["ImageName"] is not { } name || command["Image"] is not { } given)
        {
            return null;
        }

        var config = Heap.Read(path, given);
        Value? Of(string member) => config?.Find(member)?.Value;
        var id = _scope.IdOf(ArtifactTypes.ManagedImage, name);
        var unread = config is null ? Values.Unknown(Values.Pattern(given) ?? "image", "how the image is made up is not known") : null;
        var body = Bodies.ManagedImage(Of("machine"), Of("disk") ?? unread, Of("snapshot"), Of("blob"), Of("osType"), Of("osState"), Of("generation"));
        var source = Of("machine") ?? Of("disk") ?? Of("snapshot") ?? Of("blob") ?? Values.Unknown("source", "the image names no source");
        return Apply(new Effect.Create(Bodies.Resource(ArtifactTypes.ManagedImage, id, body, command.Place), new Content.CopyOf(source)), ResourceObjects.Of(path, id, ArtifactTypes.ManagedImage));
    }

    private Value? CreateDefinition()
    {
        if (Id() is not { } id)
        {
            return null;
        }

        var state = command["OsState"] ?? Values.Unknown("OsState", "it is not given");
        var body = Bodies.Definition(state, command["OsType"], command["HyperVGeneration"], null);
        return Apply(new Effect.Create(Bodies.Resource(ArtifactTypes.Definition, id, body, command.Place), new Content.None()), ResourceObjects.Of(path, id, ArtifactTypes.Definition));
    }

    private Value? CreateVersion()
    {
        if (Id() is not { } id)
        {
            return null;
        }

        var machine = command["SourceImageVMId"];
        Value? image = null, disk = null;
        if (command["SourceImageId"] is { } source)
        {
            var type = source is UnknownValue ? "" : ResourceIdPattern.From(source)?.Type?.ToLowerInvariant() ?? "";
            machine ??= type == "microsoft.compute/virtualmachines" ? source : null;
            disk = type is "microsoft.compute/disks" or "microsoft.compute/snapshots" ? source : null;
            image = machine is null && disk is null ? source : null;
        }
        else if (command["OSDiskImage"] is { } map && Heap.Read(path, map)?.Find("source")?.Value is { } inner)
        {
            disk = Heap.Read(path, inner)?.Find("id")?.Value;
        }

        if ((machine ?? image ?? disk) is not { } content)
        {
            return null;
        }

        return Apply(new Effect.Create(Bodies.Resource(ArtifactTypes.Version, id, Bodies.Version(machine, image, disk, null), command.Place), new Content.CopyOf(content)), ResourceObjects.Of(path, id, ArtifactTypes.Version));
    }

    private Value? CreateDisk()
    {
        var config = (command["Disk"] ?? command["Snapshot"]) is { } given ? Heap.Read(path, given) : null;
        if (Id() is not { } id)
        {
            return null;
        }

        // A disk's id is accepted where an address is asked for.
        var address = config?.Find("sourceUri")?.Value;
        var source = config?.Find("sourceId")?.Value ?? (CommandScope.IsId(address) ? address : null);
        address = ReferenceEquals(source, address) ? null : address;
        var image = config?.Find("image")?.Value is { } reference ? Heap.Read(path, reference)?.Find("id")?.Value ?? reference : null;
        var body = Bodies.Disk((config?.Find("option")?.Value as StringValue)?.Text ?? "Copy", source, address, image, null, config?.Find("osType")?.Value);
        var content = (source ?? address ?? image) is { } from ? (Content)new Content.CopyOf(from) : new Content.Uploaded();
        return Apply(new Effect.Create(Bodies.Resource(command.Command.Type, id, body, command.Place), content), ResourceObjects.Of(path, id, command.Command.Type));
    }
}
