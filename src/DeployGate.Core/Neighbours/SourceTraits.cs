using DeployGate.Core.Assessment;
using DeployGate.Core.Images;
using DeployGate.Core.Reports;
using DeployGate.Core.Uses;
using DeployGate.Core.Values;

namespace DeployGate.Core.Neighbours;

/// <summary>
/// Finds what the source of an image, or the nearest artifact it was made of, says of a property. Copying changes neither the
/// generation nor the architecture. Looks only at what is known already: the walk to the origin has asked for it.
/// </summary>
/// <seealso href="https://learn.microsoft.com/azure/virtual-machines/generation-2"/>
internal sealed class SourceTraits(ArtifactCatalog catalog)
{
    private const int MostHops = 8;

    private const string Default = "V1";

    private enum Property
    {
        Generation,
        Architecture,
    }

    /// <summary>The Hyper-V generation, <c>V1</c> or <c>V2</c>; null when it is not known.</summary>
    internal Trait? GenerationOf(ImageSource source) => Find(source, Property.Generation);

    /// <summary>The architecture, <c>x64</c> or <c>Arm64</c>; null when it is not known.</summary>
    internal Trait? ArchitectureOf(ImageSource source) => Find(source, Property.Architecture);

    /// <summary>The generation of a definition. A template that leaves it out gets V1, the default of the API.</summary>
    internal static Trait? GenerationOf(Artifact definition)
    {
        if (Trait.Of(definition, "properties", "hyperVGeneration") is { } written)
        {
            return written;
        }

        return definition is { Declared: { } resource, Facts.IsEmpty: true } && Trait.IsLeftOut(resource, "properties", "hyperVGeneration")
            ? new Trait([Default], Trait.HolderOf(definition), new FoundValue(new StringValue(Default), resource.Declaration, null, []), null) { IsDefault = true }
            : null;
    }

    private Trait? Find(ImageSource source, Property property) => source switch
    {
        ImageSource.Resource resource => Follow(resource.Id, property, 0),
        ImageSource.Vhd vhd => LayoutOf(vhd.Address, property),
        ImageSource.Marketplace market when catalog.Published.FindInMarketplace(market.Name, null, isWanted: false) is { } fact =>
            Trait.Of(fact, $"the Marketplace image '{market.Name}'", "properties", NameOf(property)),
        _ => null,
    };

    private Trait? Follow(Value id, Property property, int hops)
    {
        if (hops == MostHops)
        {
            return null;
        }

        var type = catalog.TypeOf(id) ?? "";
        var said = type.ToLowerInvariant() switch
        {
            "microsoft.compute/galleries/images/versions" => DefinitionOf(catalog.DefinitionOf(id), property),
            "microsoft.compute/galleries/images" => DefinitionOf(id, property),
            "microsoft.compute/images" => Own(ArtifactTypes.ManagedImage, id, property, hops),
            "microsoft.compute/virtualmachines" => Own(ArtifactTypes.VirtualMachine, id, property, hops),
            "microsoft.compute/disks" or "microsoft.compute/snapshots" => Own(type, id, property, hops),
            _ => catalog.Published.FindInGallery(id, null, isWanted: false) is { } fact ? Trait.Of(fact, $"the image '{ArtifactCatalog.Show(id)}'", "properties", NameOf(property)) : null,
        };
        return said ?? LayoutOf(id, property);
    }

    private Trait? DefinitionOf(Value id, Property property) => catalog.Peek(ArtifactTypes.Definition, id) is not { } definition
        ? null
        : property == Property.Generation ? GenerationOf(definition) : Trait.Of(definition, "properties", "architecture");

    private Trait? Own(string type, Value id, Property property, int hops)
    {
        if (catalog.Peek(type, id) is not { } artifact)
        {
            return null;
        }

        string[] path = (type, property) switch
        {
            (ArtifactTypes.VirtualMachine, Property.Generation) => ["properties", "instanceView", "hyperVGeneration"],
            (_, Property.Generation) => ["properties", "hyperVGeneration"],
            (ArtifactTypes.ManagedImage or ArtifactTypes.VirtualMachine, _) => ["properties", "architecture"],
            _ => ["properties", "supportedCapabilities", "architecture"],
        };
        return Trait.Of(artifact, path) ?? FollowFirst(artifact, property, hops);
    }

    private Trait? FollowFirst(Artifact artifact, Property property, int hops)
    {
        string[][] paths =
        [
            ["properties", "sourceVirtualMachine", "id"],
            ["properties", "storageProfile", "osDisk", "managedDisk", "id"],
            ["properties", "storageProfile", "osDisk", "snapshot", "id"],
            ["properties", "storageProfile", "imageReference", "id"],
            ["properties", "creationData", "sourceResourceId"],
            ["properties", "creationData", "galleryImageReference", "id"],
        ];
        var next = paths.Select(path => artifact.Get(path)).FirstOrDefault(value => value is StringValue or PartialString);
        return next is null ? null : Follow(next, property, hops + 1);
    }

    // What the partitions are made for is a sign: firmware has been seen to start other disks.
    private Trait? LayoutOf(Value idOrAddress, Property property)
    {
        if (property != Property.Generation || catalog.InspectionOf(idOrAddress) is not { Layout: not DiskLayout.Unknown } inspection)
        {
            return null;
        }

        var (value, says) = inspection.Layout == DiskLayout.Bios
            ? ("V1", "its partition table is of the old form, which starts with BIOS")
            : ("V2", "its GPT has a system partition for UEFI and none for BIOS");
        return new Trait([value], $"the disk '{inspection.Of.Split('/')[^1]}'", null, new EvidenceItem($"{inspection.File}: partitions", says, inspection.ReadAt)) { IsCertain = false };
    }

    private static string NameOf(Property property) => property == Property.Generation ? "hyperVGeneration" : "architecture";
}
