using DeployGate.Core.Values;

namespace DeployGate.ControlPlane.FactsFiles;

/// <summary>
/// Leaves of a resource what the gate reads. Kept is what is named here, so that a member Azure adds one day is not recorded
/// before somebody has looked at it.
/// </summary>
internal static class Trimming
{
    private static readonly HashSet<string> s_top = Names("name location managedBy managedByExtended plan identifier properties");

    private static readonly HashSet<string> s_properties = Names(
        """
        storageProfile instanceView osProfile securityProfile hardwareProfile virtualMachineProfile provisioningState timeCreated vmId
        osState osType hyperVGeneration architecture features purchasePlan identifier endOfLifeDate publishingProfile replicationStatus
        safetyProfile sourceVirtualMachine creationData uniqueId managedBy diskState diskSizeGB encryptionSettingsCollection
        supportedCapabilities disallowed excludeFromLatest publishedDate plan osDiskImage imageDeprecationStatus orchestrationMode
        """);

    private static readonly Dictionary<string, HashSet<string>> s_inside = new(StringComparer.OrdinalIgnoreCase)
    {
        ["instanceView"] = Names("statuses osName osVersion hyperVGeneration vmAgent"),
        ["vmAgent"] = Names("vmAgentVersion statuses"),
        ["osProfile"] = Names("computerName allowExtensionOperations requireGuestProvisionSignal windowsConfiguration linuxConfiguration"),
        ["windowsConfiguration"] = Names("provisionVMAgent"),
        ["linuxConfiguration"] = Names("provisionVMAgent"),
        ["virtualMachineProfile"] = Names("storageProfile osProfile securityProfile"),
        ["diskEncryptionSet"] = [],
    };

    /// <summary>The resource with its id and type first, and of the rest what the gate reads.</summary>
    internal static ObjectValue Of(ObjectValue resource, string id, string type) => ObjectValue.From(
    [
        new Member("id", new StringValue(id)),
        new Member("type", new StringValue(type)),
        .. resource.Members.Where(member => s_top.Contains(member.Name)).Select(TrimTop),
    ]);

    private static Member TrimTop(Member member) => string.Equals(member.Name, "properties", StringComparison.OrdinalIgnoreCase) && member.Value is ObjectValue properties
        ? member with { Value = Keep(properties, s_properties) }
        : member;

    private static ObjectValue Keep(ObjectValue map, HashSet<string> names) =>
        new([.. map.Members.Where(member => names.Contains(member.Name)).Select(member => member with { Value = Inside(member) })]);

    private static Value Inside(Member member) => member.Value switch
    {
        ObjectValue map when s_inside.TryGetValue(member.Name, out var names) => Keep(map, names),
        ObjectValue map => new ObjectValue([.. map.Members.Select(inner => inner with { Value = Inside(inner) })]),
        var value => value,
    };

    private static HashSet<string> Names(string words) =>
        new(words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);
}
