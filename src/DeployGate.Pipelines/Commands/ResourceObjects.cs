using DeployGate.Core.Images;
using DeployGate.Core.Resources;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Interpreter;

namespace DeployGate.Pipelines.Commands;

/// <summary>A resource as tools print it or hand it on: what is known of it, and open for the rest.</summary>
internal static class ResourceObjects
{
    internal static ObjectValue Of(PathState path, Value id, string type)
    {
        var segments = ResourceIds.AllSegments(id);
        List<Member> members = [new("id", id)];
        if (segments.Length > 2)
        {
            members.Add(new("name", segments[^1]));
        }

        for (var i = 0; i + 1 < segments.Length; i++)
        {
            if (segments[i] is StringValue { Text: var word } && word.Equals("resourceGroups", StringComparison.OrdinalIgnoreCase))
            {
                members.Add(new("resourceGroup", segments[i + 1]));
                members.Add(new("resourceGroupName", segments[i + 1]));
            }
        }

        if (type == ArtifactTypes.VirtualMachine)
        {
            AddMachine(path, id, members);
        }
        else if (type == ArtifactTypes.Definition && path.World.Find(id, type)?.Declaration?.Body.Get("properties", "osState") is { } state)
        {
            members.Add(new("osState", state));
        }
        else if (type == "Microsoft.Resources/resourceGroups")
        {
            members.Clear();
        }

        return new ObjectValue([.. members], Values.Unknown(ArtifactCatalog.Show(id), "Azure knows the rest of it"));
    }

    private static void AddMachine(PathState path, Value id, List<Member> members)
    {
        var address = AzureContext.AddressOf(path, id);
        var disk = AzureContext.OsDiskOf(path, id);
        var rest = Values.Unknown($"storageProfile of {ArtifactCatalog.Show(id)}", "Azure knows the rest of it");
        var osDisk = new ObjectValue([new("managedDisk", Bodies.Map(("id", disk))), new("name", ResourceIds.AllSegments(disk) is [.., var name] ? name : disk)], rest);
        members.Add(new("storageProfile", new ObjectValue([new("osDisk", osDisk)], rest)));
        foreach (var word in (string[])["publicIpAddress", "publicIps", "fqdns", "privateIpAddress", "privateIps"])
        {
            members.Add(new(word, address));
        }

        // What list-ip-addresses prints.
        var list = new ArrayValue([Bodies.Map(("ipAddress", address))]);
        members.Add(new("virtualMachine", Bodies.Map(("name", members[1].Value), ("network", Bodies.Map(
            ("publicIpAddresses", list), ("privateIpAddresses", new ArrayValue([address])))))));
    }
}
