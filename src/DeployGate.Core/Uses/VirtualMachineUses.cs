using System.Collections.Immutable;
using DeployGate.Core.Images;
using DeployGate.Core.Resources;
using DeployGate.Core.Values;

namespace DeployGate.Core.Uses;

/// <summary><c>Microsoft.Compute/virtualMachines</c>: created from an image, or around an existing disk.</summary>
/// <seealso href="https://learn.microsoft.com/azure/templates/microsoft.compute/virtualmachines"/>
internal static class VirtualMachineUses
{
    internal static IEnumerable<ImageUse> Read(ResolvedResource resource, ArtifactCatalog catalog) => MachineProfile.Read(resource, ["properties"]);
}

/// <summary>
/// <c>Microsoft.Compute/virtualMachineScaleSets</c>: instances created from an image; also the base profile of a fleet.
/// </summary>
/// <seealso href="https://learn.microsoft.com/azure/templates/microsoft.compute/virtualmachinescalesets"/>
internal static class ScaleSetUses
{
    internal static IEnumerable<ImageUse> Read(ResolvedResource resource, ArtifactCatalog catalog) =>
        MachineProfile.Read(resource, ["properties", "virtualMachineProfile"]);

    internal static IEnumerable<ImageUse> ReadFleet(ResolvedResource resource, ArtifactCatalog catalog) =>
        MachineProfile.Read(resource, ["properties", "computeProfile", "baseVirtualMachineProfile"]);
}

/// <summary><c>storageProfile</c> and <c>osProfile</c>, which machines and sets of machines share.</summary>
internal static class MachineProfile
{
    internal static IEnumerable<ImageUse> Read(ResolvedResource resource, string[] prefix)
    {
        FoundValue? Find(params string[] path) => ValuePath.Find(resource.Body, resource.Declaration, [.. prefix, .. path]);

        var profile = Find("osProfile");
        var image = Find("storageProfile", "imageReference");
        var sources = ImageSources.FromReference(image);
        if (!sources.IsEmpty)
        {
            var declared = Declarations.FromOsProfile(profile, image!.NamePlace ?? image.Place);
            return [Use(resource, Stage.Deploy, sources, declared, OsTypeOf(Find))];
        }

        var unmanaged = ImageSources.FromAddress(Find("storageProfile", "osDisk", "image", "uri"));
        if (!unmanaged.IsEmpty)
        {
            var declared = new DeclaredState([OsState.Generalized], "osDisk.image makes this a Generalized VHD", unmanaged[0].Place, unmanaged[0].Hops);
            return [Use(resource, Stage.Upload, unmanaged, declared, OsTypeOf(Find))];
        }

        return Attached(resource, Find, profile);
    }

    private static IEnumerable<ImageUse> Attached(ResolvedResource resource, Func<string[], FoundValue?> find, FoundValue? profile)
    {
        var option = find(["storageProfile", "osDisk", "createOption"]);
        ImmutableArray<ImageSource> disks =
        [
            .. ImageSources.FromId(find(["storageProfile", "osDisk", "managedDisk", "id"])),
            .. ImageSources.FromAddress(find(["storageProfile", "osDisk", "vhd", "uri"])),
        ];
        var isAttach = option?.Value is StringValue { Text: var text } && string.Equals(text, "Attach", StringComparison.OrdinalIgnoreCase);
        if (!isAttach || disks.IsEmpty)
        {
            return [];
        }

        var declared = profile is null
            ? new DeclaredState([OsState.Specialized], $"createOption is '{((StringValue)option!.Value).Text}'", option.Place, option.Hops)
            : Declarations.FromOsProfile(profile, option!.Place);
        return [Use(resource, Stage.Attach, disks, declared, OsTypeOf(find))];
    }

    private static ImageUse Use(ResolvedResource resource, Stage stage, ImmutableArray<ImageSource> sources, DeclaredState declared, OsType osType) => new()
    {
        Stage = stage,
        Resource = resource,
        Subject = Subjects.Of(resource),
        Sources = sources,
        Declared = declared,
        OsType = osType,
    };

    private static OsType OsTypeOf(Func<string[], FoundValue?> find)
    {
        var written = Declarations.OsTypeOf(find(["storageProfile", "osDisk", "osType"])?.Value);
        return (written, find(["osProfile", "windowsConfiguration"])?.Value, find(["osProfile", "linuxConfiguration"])?.Value) switch
        {
            (not OsType.Unknown, _, _) => written,
            (_, ObjectValue, not ObjectValue) => OsType.Windows,
            (_, not ObjectValue, ObjectValue) => OsType.Linux,
            _ => OsType.Unknown,
        };
    }
}
