using System.Collections.Immutable;
using DeployGate.Core.Images;
using DeployGate.Core.Resources;

namespace DeployGate.Core.Uses;

/// <summary>
/// <c>Microsoft.Compute/galleries/images/versions</c>: the definition above it declares the state; its source is a VM, an
/// image, another version, a disk, a snapshot or a VHD.
/// </summary>
/// <seealso href="https://learn.microsoft.com/azure/templates/microsoft.compute/galleries/images/versions"/>
internal static class GalleryVersionUses
{
    private const string TwoForms =
        "both storageProfile.source and osDiskImage.source are given, and Azure takes one of them only (The gallery artifact version source can only be specified either directly under storageProfile or within individual OS or data disks)";

    internal static IEnumerable<ImageUse> Read(ResolvedResource resource, ArtifactCatalog catalog)
    {
        FoundValue? Find(params ReadOnlySpan<string> path) => ValuePath.Find(resource.Body, resource.Declaration, path);

        ImmutableArray<ImageSource> captured =
        [
            .. ImageSources.FromId(Find("properties", "storageProfile", "source", "virtualMachineId")),
            .. ImageSources.FromId(Find("properties", "storageProfile", "source", "id")),
            .. ImageSources.FromId(Find("properties", "storageProfile", "source", "communityGalleryImageId")),
        ];
        ImmutableArray<ImageSource> uploaded =
        [
            .. ImageSources.FromId(Find("properties", "storageProfile", "osDiskImage", "source", "id")),
            .. ImageSources.FromAddress(Find("properties", "storageProfile", "osDiskImage", "source", "uri")),
        ];
        var sources = (captured.IsEmpty, uploaded.IsEmpty) switch
        {
            (true, _) => uploaded,
            (_, true) => captured,
            _ => [new ImageSource.Unresolved("storageProfile", TwoForms, captured[0].Place, captured[0].Hops)],
        };
        if (sources.IsEmpty)
        {
            yield break;
        }

        var definitionId = catalog.DefinitionOf(resource.Id);
        var definition = catalog.Find(ArtifactTypes.Definition, definitionId).Artifact;
        var named = new FoundValue(definitionId, sources[0].Place, null, sources[0].Hops);
        yield return new ImageUse
        {
            Stage = captured.IsEmpty ? Stage.Upload : Stage.Capture,
            Resource = resource,
            Subject = Subjects.Of(resource),
            Sources = sources,
            Declared = Declarations.FromDefinition(catalog, definitionId, named),
            OsType = Declarations.OsTypeOf(definition?.GetDeclared("properties", "osType")),
        };
    }
}
