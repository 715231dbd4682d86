using System.Collections.Immutable;
using DeployGate.Core.Images;
using DeployGate.Core.Resources;

namespace DeployGate.Core.Uses;

/// <summary><c>Microsoft.Compute/images</c>: captured from a VM, or made of a disk, a snapshot or a VHD.</summary>
/// <seealso href="https://learn.microsoft.com/azure/templates/microsoft.compute/images"/>
internal static class ManagedImageUses
{
    internal static IEnumerable<ImageUse> Read(ResolvedResource resource, ArtifactCatalog catalog)
    {
        FoundValue? Find(params ReadOnlySpan<string> path) => ValuePath.Find(resource.Body, resource.Declaration, path);

        var machine = ImageSources.FromId(Find("properties", "sourceVirtualMachine", "id"));
        ImmutableArray<ImageSource> disks =
        [
            .. ImageSources.FromId(Find("properties", "storageProfile", "osDisk", "managedDisk", "id")),
            .. ImageSources.FromId(Find("properties", "storageProfile", "osDisk", "snapshot", "id")),
            .. ImageSources.FromAddress(Find("properties", "storageProfile", "osDisk", "blobUri")),
        ];
        var sources = machine.IsEmpty ? disks : machine;
        if (sources.IsEmpty)
        {
            yield break;
        }

        var written = Find("properties", "storageProfile", "osDisk", "osState");
        yield return new ImageUse
        {
            Stage = machine.IsEmpty ? Stage.Upload : Stage.Capture,
            Target = UseTarget.ManagedImage,
            Resource = resource,
            Subject = Subjects.Of(resource),
            Sources = sources,
            Declared = written is null
                ? new DeclaredState([OsState.Generalized], "a managed image is always Generalized", sources[0].Place, sources[0].Hops)
                : Declarations.FromOsState(written, "osState"),
            OsType = Declarations.OsTypeOf(Find("properties", "storageProfile", "osDisk", "osType")?.Value),
        };
    }
}

/// <summary>The user's words for a resource.</summary>
internal static class Subjects
{
    internal static string Of(ResolvedResource resource)
    {
        var name = ArtifactCatalog.Show(resource.Name);
        return $"{ArtifactTypes.NameOf(resource.Type)} '{name}'";
    }
}
