using System.Collections.Immutable;
using DeployGate.Core.Images;
using DeployGate.Core.Resources;
using DeployGate.Core.Values;

namespace DeployGate.Core.Uses;

/// <summary>
/// Services that create machines with accounts of their own and therefore need Generalized images. Where Microsoft's
/// documents say so the need is certain; elsewhere it is likely, and a contradiction only warns.
/// </summary>
internal static class GeneralizedConsumerUses
{
    internal static IEnumerable<ImageUse> ReadBatchPool(ResolvedResource resource, ArtifactCatalog catalog) =>
        FromReference(resource, "Batch pool", true, "properties", "deploymentConfiguration", "virtualMachineConfiguration", "imageReference");

    internal static IEnumerable<ImageUse> ReadDevBoxDefinition(ResolvedResource resource, ArtifactCatalog catalog)
    {
        var id = ValuePath.Find(resource.Body, resource.Declaration, "properties", "imageReference", "id");

        // An id below the dev center stands for an image of a gallery it is linked to; only a gallery's own id tells which.
        return id?.Value is StringValue { Text: var text } && text.Contains("/Microsoft.Compute/", StringComparison.OrdinalIgnoreCase)
            ? FromReference(resource, "dev box definition", true, "properties", "imageReference")
            : [];
    }

    internal static IEnumerable<ImageUse> ReadServiceFabricNodeType(ResolvedResource resource, ArtifactCatalog catalog) =>
    [
        .. FromId(resource, "node type", false, "properties", "vmImageResourceId"),
        .. FromId(resource, "node type", false, "properties", "vmSharedGalleryImageId"),
    ];

    internal static IEnumerable<ImageUse> ReadSessionHosts(ResolvedResource resource, ArtifactCatalog catalog) =>
        FromId(resource, "session host configuration", false, "properties", "imageInfo", "customInfo", "resourceId");

    internal static IEnumerable<ImageUse> ReadDevOpsPool(ResolvedResource resource, ArtifactCatalog catalog)
    {
        var images = ValuePath.Find(resource.Body, resource.Declaration, "properties", "fabricProfile", "images");
        return images?.Value is not ArrayValue list
            ? []
            : list.Items.SelectMany(image => Uses(resource, "DevOps pool", false, ImageSources.FromId(ValuePath.Find(image, images.Place, "resourceId"))));
    }

    private static IEnumerable<ImageUse> FromReference(ResolvedResource resource, string what, bool isCertain, params string[] path) =>
        Uses(resource, what, isCertain, ImageSources.FromReference(ValuePath.Find(resource.Body, resource.Declaration, path)));

    private static IEnumerable<ImageUse> FromId(ResolvedResource resource, string what, bool isCertain, params string[] path) =>
        Uses(resource, what, isCertain, ImageSources.FromId(ValuePath.Find(resource.Body, resource.Declaration, path)));

    internal static IEnumerable<ImageUse> Uses(ResolvedResource resource, string what, bool isCertain, ImmutableArray<ImageSource> sources)
    {
        if (sources.IsEmpty)
        {
            yield break;
        }

        yield return new ImageUse
        {
            Stage = Stage.Deploy,
            Target = UseTarget.GeneralizedOnly,
            Resource = resource,
            Subject = $"{what} '{ArtifactCatalog.Show(resource.Name)}'",
            Sources = sources,
            Declared = new DeclaredState([OsState.Generalized], $"a {what} needs a Generalized image", sources[0].Place, sources[0].Hops),
            IsNeedCertain = isCertain,
        };
    }
}
