using DeployGate.Core.Images;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Interpreter;

namespace DeployGate.Pipelines.Commands;

internal sealed partial class AzEffects
{
    private Value? CreateMachine()
    {
        if (command["name"] is not { } name || command.Has("validate"))
        {
            return null;
        }

        var id = _scope.IdOf(ArtifactTypes.VirtualMachine, name);
        var osDisk = AzureContext.OsDiskId(id, command["os-disk-name"]);
        if (command["attach-os-disk"] is { } attached)
        {
            var vhd = CommandScope.IsAddress(attached) ? attached : null;
            var disk = vhd is null ? _scope.IdOf(ArtifactTypes.Disk, attached) : null;
            var around = Bodies.Resource(ArtifactTypes.VirtualMachine, id, Bodies.Machine(null, disk, vhd, command["os-type"], null), command.Place);
            return Apply(new Effect.Create(around, new Content.AttachOf(disk ?? vhd!), disk), ResourceObjects.Of(path, id, ArtifactTypes.VirtualMachine));
        }

        var (reference, imageId) = ImageWords.Reference(path, _scope, command["image"]);
        var body = Bodies.Machine(reference, null, null, command["os-type"], Profile());
        var resource = Bodies.Resource(ArtifactTypes.VirtualMachine, id, body, command.Place);
        azure.Apply(path, new Effect.Create(resource, new Content.FromImage(imageId), osDisk), command.Place);
        if (Answer(id, ArtifactTypes.VirtualMachine) is { } answer)
        {
            return Query(answer);
        }

        // Whoever learnt the machine's address elsewhere finds the machine there.
        AzureContext.AddressOf(path, id);
        return null;
    }

    // The tool writes an osProfile unless it is told that the image is specialized.
    private ObjectValue? Profile()
    {
        if (command.Has("specialized") && !command.Is("specialized", "false"))
        {
            return null;
        }

        var name = command["computer-name"] ?? command["name"];
        return Bodies.Map(("computerName", name), ("adminUsername", command["admin-username"] ?? Values.Unknown("admin-username", "the tool takes the name of who runs it"))) with { Origin = new Origin(command.Place) };
    }

    private Value? CreateScaleSet()
    {
        if (command["name"] is not { } name)
        {
            return null;
        }

        var (reference, _) = ImageWords.Reference(path, _scope, command["image"]);
        if (reference is null)
        {
            return null;
        }

        var id = _scope.IdOf(ArtifactTypes.ScaleSet, name);
        return Apply(new Effect.Create(Bodies.Resource(ArtifactTypes.ScaleSet, id, Bodies.ScaleSet(reference, command["os-type"], Profile()), command.Place), new Content.None()), Answer(id, ArtifactTypes.ScaleSet));
    }

    private Value? UpdateScaleSet()
    {
        const string Image = "virtualMachineProfile.storageProfile.imageReference.id=";
        foreach (var word in command.All("set"))
        {
            var start = word switch { StringValue text => text.Text, PartialString partial => partial.KnownStart, _ => "" };
            if (start.StartsWith(Image, StringComparison.OrdinalIgnoreCase) && command["name"] is { } name)
            {
                var id = _scope.IdOf(ArtifactTypes.ScaleSet, name);

                // How its machines get their identity was said where it was created.
                var profile = path.World.Find(id, ArtifactTypes.ScaleSet)?.Declaration?.Body.Get("properties", "virtualMachineProfile", "osProfile")
                    ?? (path.World.Find(id, ArtifactTypes.ScaleSet)?.Declaration is null ? Values.Unknown("osProfile", "the scale set was made elsewhere") : null);
                var body = Bodies.ScaleSet(Bodies.IdObject(Values.After(word, Image.Length)), null, profile);
                azure.Apply(path, new Effect.Create(Bodies.Resource(ArtifactTypes.ScaleSet, id, body, command.Place), new Content.None()), command.Place);
            }
        }

        return null;
    }

    private Value? CreateImage()
    {
        if (command["name"] is not { } name || command["source"] is not { } source)
        {
            return null;
        }

        var id = _scope.IdOf(ArtifactTypes.ManagedImage, name);
        var (sourceId, type) = ImageWords.Source(path, _scope, source, command.Has("os-type"));
        var body = Bodies.ManagedImage(
            type == ArtifactTypes.VirtualMachine ? sourceId : null,
            type == ArtifactTypes.Disk ? sourceId : null,
            type == ArtifactTypes.Snapshot ? sourceId : null,
            type.Length == 0 ? sourceId : null,
            command["os-type"],
            type == ArtifactTypes.VirtualMachine ? null : Values.Implied("Generalized", sourceId.Origin?.Place ?? command.Place),
            command["hyper-v-generation"]);
        return Apply(new Effect.Create(Bodies.Resource(ArtifactTypes.ManagedImage, id, body, command.Place), new Content.CopyOf(sourceId)), Answer(id, ArtifactTypes.ManagedImage));
    }

    private Value? CopyImage()
    {
        if (command["source-object-name"] is not { } name || command.Is("source-type", "vm"))
        {
            return null;
        }

        var from = AzureContext.ScopeOf(path, command["subscription"], command["source-resource-group"]).IdOf(ArtifactTypes.ManagedImage, name);
        var to = AzureContext.ScopeOf(path, command["target-subscription"] ?? command["subscription"], command["target-resource-group"]).IdOf(ArtifactTypes.ManagedImage, command["target-name"] ?? name);
        var source = path.World.Find(from, ArtifactTypes.ManagedImage)?.Declaration?.Body ?? Bodies.ManagedImage(null, null, null, Values.Unknown("VHD of the copy", "the tool makes it"), null, null, null);
        return Apply(new Effect.Create(Bodies.Resource(ArtifactTypes.ManagedImage, to, source, command.Place), new Content.CopyOf(from)));
    }

    private Value? CreateDefinition()
    {
        if (Named() is not { } id)
        {
            return null;
        }

        var body = Bodies.Definition(command["os-state"]!, command["os-type"], command["hyper-v-generation"], command["features"]);
        return Apply(new Effect.Create(Bodies.Resource(ArtifactTypes.Definition, id, body, command.Place), new Content.None()), Answer(id, ArtifactTypes.Definition));
    }

    private Value? CreateVersion()
    {
        if (Named() is not { } id)
        {
            return null;
        }

        Value? machine = null, image = null, disk = null, address = null;
        if (command["virtual-machine"] is { } written)
        {
            machine = _scope.IdOf(ArtifactTypes.VirtualMachine, written);
        }
        else if (command["managed-image"] is { } named)
        {
            var source = CommandScope.IsId(named) || named is UnknownValue ? named : _scope.IdOf(ArtifactTypes.ManagedImage, named);
            var isMachine = source is not UnknownValue && ResourceIdPattern.From(source)?.Type == ArtifactTypes.VirtualMachine;
            machine = isMachine ? source : null;
            image = isMachine ? null : source;
        }
        else if (command["image-version"] is { } version)
        {
            image = version;
        }
        else if (command["os-snapshot"] is { } snapshot)
        {
            disk = ImageWords.DiskOrSnapshot(path, _scope, snapshot);
        }
        else
        {
            address = command["os-vhd-uri"];
        }

        if ((machine ?? image ?? disk ?? address) is not { } content)
        {
            return null;
        }

        var resource = Bodies.Resource(ArtifactTypes.Version, id, Bodies.Version(machine, image, disk, address), command.Place);
        return Apply(new Effect.Create(resource, new Content.CopyOf(content)), Answer(id, ArtifactTypes.Version));
    }
}
