using DeployGate.Core.Values;
using DeployGate.Pipelines.Interpreter;

namespace DeployGate.Pipelines.Commands;

/// <summary>Objects that cmdlets put together before one of them sends them to Azure; variables share them.</summary>
internal sealed class ConfigObjects(PathState path, BoundCommand command)
{
    internal Value? Run()
    {
        switch (command.Command.Type)
        {
            case "vmconfig":
                var direct = command["ImageReferenceId"] ?? command["SharedGalleryImageId"];
                return Heap.New(path, Bodies.Map(("name", command["VMName"]), ("image", Bodies.IdObject(direct))));
            case "imageconfig":
                return Heap.New(path, Bodies.Map(("machine", command["SourceVirtualMachineId"]), ("generation", command["HyperVGeneration"]), ("$", Values.Empty)));
            case "diskconfig":
                return Heap.New(path, Bodies.Map(
                    ("option", command["CreateOption"]), ("sourceId", command["SourceResourceId"]), ("sourceUri", command["SourceUri"]), ("image", command["GalleryImageReference"] ?? command["ImageReference"]), ("osType", command["OsType"]), ("$", Values.Empty)));
            case "vmimage":
                var reference = (command["Id"] ?? command["SharedGalleryImageId"] ?? command["CommunityGalleryImageId"]) is { } id && command["Offer"] is null
                    ? Bodies.IdObject(id)
                    : Bodies.Map(("publisher", command["PublisherName"] ?? command["Id"]), ("offer", command["Offer"]), ("sku", command["Skus"]), ("version", command["Version"]));
                return Put("VM", ("image", reference));
            case "vmdisk":
                var system = command.IsOn("Windows") ? Values.Text("Windows", command.Place) : command.IsOn("Linux") ? Values.Text("Linux", command.Place) : null;
                var attaches = command.Is("CreateOption", "Attach");
                return Put("VM", ("disk", attaches ? command["ManagedDiskId"] : null), ("vhd", attaches && !command.Has("ManagedDiskId") ? command["VhdUri"] : null), ("osType", system), ("diskName", attaches ? null : command["Name"]));
            case "vmos":
                return Put("VM", ("osProfile", Bodies.Map(("computerName", command["ComputerName"]), ("adminUsername", Values.Unknown("credential", "it is a credential"))) with { Origin = new Origin(command.Place) }));
            case "imagedisk":
                return Put("Image", ("osType", command["OsType"]), ("osState", command["OsState"]), ("blob", command["BlobUri"]), ("snapshot", command["SnapshotId"]), ("disk", command["ManagedDiskId"]));
            case "buildersource":
                return Made("ImageId", "ImageVersionId", "Publisher", "Offer", "Sku", "Version");
            case "builderstep":
                return Made("Name", "Inline", "ScriptUri", "SourceUri", "Destination");
            case "buildertarget":
                return Made("GalleryImageId", "ImageId", "RunOutputName");
            default:
                return command["VM"] ?? command["Image"];
        }
    }

    // The members of the resource have the parameters' names.
    private Value Made(params ReadOnlySpan<string> names)
    {
        List<Member> members = [];
        foreach (var name in names)
        {
            if (command[name] is { } value)
            {
                members.Add(new Member(char.ToLowerInvariant(name[0]) + name[1..], value));
            }
        }

        return Heap.New(path, ObjectValue.From(members) with { Origin = new Origin(command.Place) });
    }

    private Value? Put(string receiver, params (string Name, Value? Value)[] members)
    {
        if (command[receiver] is not { } target)
        {
            return null;
        }

        foreach (var (name, value) in members)
        {
            if (value is not null)
            {
                Heap.Write(path, target, name, value);
            }
        }

        return target;
    }
}
