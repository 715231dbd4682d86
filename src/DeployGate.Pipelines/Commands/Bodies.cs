using System.Collections.Immutable;
using DeployGate.Core.Images;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Commands;

/// <summary>Resources in REST shape, as commands declare them.</summary>
internal static class Bodies
{
    private static readonly UnknownValue s_version = new(UnknownReason.Unsupported, "api-version", "the tool chooses it");

    internal static ResolvedResource Resource(string type, Value id, ObjectValue body, Place place)
    {
        var segments = ResourceIds.AllSegments(id);
        var names = type.Count(c => c == '/');
        var name = segments.Length < 2 * names ? id : NameOf(segments, names);
        return new ResolvedResource
        {
            Type = type,
            ApiVersion = s_version,
            Name = name,
            Id = id,
            Scope = IdText.CutBefore(id, "providers"),
            Presence = Presence.Certain,
            Body = body,
            Declaration = place,
        };
    }

    // The last segment, that two before it, and so on.
    private static Value NameOf(ImmutableArray<Value> segments, int names)
    {
        var parts = new IdPart[Math.Max(0, (2 * names) - 1)];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = i % 2 == 0 ? segments[^((2 * names) - 1 - i)] : "/";
        }

        return IdText.Join(parts);
    }

    /// <summary>An object of the members that are there; an empty object is none.</summary>
    internal static ObjectValue Map(params ReadOnlySpan<(string Name, Value? Value)> members)
    {
        var kept = new List<Member>();
        foreach (var (name, value) in members)
        {
            if (value is not null and not ObjectValue { Members.IsEmpty: true, Rest: null })
            {
                kept.Add(new Member(name, value));
            }
        }

        return ObjectValue.From(kept);
    }

    internal static ObjectValue? IdObject(Value? id) => id is null ? null : Map(("id", id));

    /// <summary>A managed image of a machine, or of a disk, snapshot or VHD.</summary>
    internal static ObjectValue ManagedImage(Value? machine, Value? disk, Value? snapshot, Value? address, Value? osType, Value? osState, Value? generation) => Map(("properties", Map(
        ("sourceVirtualMachine", IdObject(machine)),
        ("hyperVGeneration", generation),
        ("storageProfile", Map(("osDisk", Map(
            ("osType", osType),
            ("osState", osState),
            ("managedDisk", IdObject(disk)),
            ("snapshot", IdObject(snapshot)),
            ("blobUri", address))))))));

    internal static ObjectValue Definition(Value osState, Value? osType, Value? generation, Value? features) => Map(("properties", Map(
        ("osState", osState),
        ("osType", osType),
        ("hyperVGeneration", generation),
        ("features", features))));

    /// <summary>A version of an image, version or machine, or of a disk, snapshot or VHD.</summary>
    internal static ObjectValue Version(Value? machine, Value? image, Value? disk, Value? address) => Map(("properties", Map(("storageProfile", Map(
        ("source", Map(("virtualMachineId", machine), ("id", image))),
        ("osDiskImage", Map(("source", Map(("id", disk), ("uri", address))))))))));

    internal static ObjectValue Machine(Value? image, Value? attachedDisk, Value? attachedVhd, Value? osType, Value? profile) => Map(("properties", MachineProfile(image, attachedDisk, attachedVhd, osType, profile)));

    internal static ObjectValue ScaleSet(Value? image, Value? osType, Value? profile) =>
        Map(("properties", Map(("virtualMachineProfile", MachineProfile(image, null, null, osType, profile)))));

    internal static ObjectValue Disk(string option, Value? sourceId, Value? sourceUri, Value? image, Value? galleryImage, Value? osType) => Map(("properties", Map(
        ("osType", osType),
        ("creationData", Map(
            ("createOption", new StringValue(option)),
            ("sourceResourceId", sourceId),
            ("sourceUri", sourceUri),
            ("imageReference", IdObject(image)),
            ("galleryImageReference", IdObject(galleryImage)))))));

    /// <summary>The disk that Azure makes for a machine.</summary>
    internal static ResolvedResource OsDisk(Value disk, Value machine, Place place) => Resource(ArtifactTypes.Disk, disk, Map(("managedBy", machine)), place);

    private static ObjectValue MachineProfile(Value? image, Value? disk, Value? vhd, Value? osType, Value? profile) => Map(
        ("storageProfile", Map(
            ("imageReference", image),
            ("osDisk", Map(
                ("createOption", disk is null && vhd is null ? null : new StringValue("Attach") { Origin = (disk ?? vhd)!.Origin }),
                ("osType", osType),
                ("managedDisk", IdObject(disk)),
                ("vhd", vhd is null ? null : Map(("uri", vhd))))))),
        ("osProfile", profile));
}
