using System.Collections.Immutable;
using DeployGate.Core.Images;
using DeployGate.Core.Resources;
using DeployGate.Core.Values;

namespace DeployGate.Core.Uses;

/// <summary>
/// <c>Microsoft.VirtualMachineImages/imageTemplates</c>: every build ends by preparing the guest, so what it distributes is
/// Generalized, unless the build brings a deprovisioning script of its own.
/// </summary>
/// <seealso href="https://learn.microsoft.com/azure/virtual-machines/linux/image-builder-json"/>
internal static class ImageTemplateUses
{
    internal const string Type = "Microsoft.VirtualMachineImages/imageTemplates";

    internal static IEnumerable<ImageUse> Read(ResolvedResource resource, ArtifactCatalog catalog)
    {
        foreach (var use in ReadDistribution(resource, catalog))
        {
            yield return use;
        }

        var source = ValuePath.Find(resource.Body, resource.Declaration, "properties", "source");
        if (source?.Value is not ObjectValue map)
        {
            yield break;
        }

        var image = ImageSources.FromId(ValuePath.Find(map, source.Place, "imageId"));
        var version = ImageSources.FromId(ValuePath.Find(map, source.Place, "imageVersionId"));
        ImmutableArray<ImageSource> sources = [.. image, .. version];
        if (!sources.IsEmpty)
        {
            yield return new ImageUse
            {
                Stage = Stage.Deploy,
                Target = UseTarget.GeneralizedOnly,
                Resource = resource,
                Subject = $"image template '{ArtifactCatalog.Show(resource.Name)}'",
                Sources = sources,
                Declared = new DeclaredState([OsState.Generalized], "Image Builder starts from Generalized images", sources[0].Place, sources[0].Hops),
                IsNeedCertain = !image.IsEmpty,
            };
        }
    }

    private static IEnumerable<ImageUse> ReadDistribution(ResolvedResource resource, ArtifactCatalog catalog)
    {
        var distribute = ValuePath.Find(resource.Body, resource.Declaration, "properties", "distribute");
        if (distribute?.Value is not ArrayValue targets)
        {
            yield break;
        }

        foreach (var target in targets.Items.OfType<ObjectValue>())
        {
            var found = ValuePath.Find(target, distribute.Place, "galleryImageId");
            if (found is null)
            {
                continue;
            }

            var definitionId = IdText.CutBefore(found.Value, "versions");
            ImageSource source = ReplacesDeprovisioning(resource)
                ? new ImageSource.Unresolved("DeprovisioningScript", "the build replaces the script that prepares the guest", found.Place, found.Hops)
                : new ImageSource.Prepared("Image Builder", OsState.Generalized, found.Place, found.Hops);
            yield return new ImageUse
            {
                Stage = Stage.Capture,
                Resource = resource,
                Subject = $"image template '{ArtifactCatalog.Show(resource.Name)}'",
                Sources = [source],
                Declared = Declarations.FromDefinition(catalog, definitionId, found),
                OsType = Declarations.OsTypeOf(catalog.Find(ArtifactTypes.Definition, definitionId).Artifact?.GetDeclared("properties", "osType")),
            };
        }
    }

    private static bool ReplacesDeprovisioning(ResolvedResource resource) =>
        resource.Body.Get("properties", "customize") is { } customize && Mentions(customize, "DeprovisioningScript");

    private static bool Mentions(Value value, string word) => value switch
    {
        StringValue text => text.Text.Contains(word, StringComparison.OrdinalIgnoreCase),
        PartialString partial => partial.Pattern.Contains(word, StringComparison.OrdinalIgnoreCase),
        ArrayValue list => list.Items.Any(item => Mentions(item, word)),
        ObjectValue map => map.Members.Any(member => Mentions(member.Value, word)),
        _ => false,
    };
}
