using DeployGate.Core.Images;
using DeployGate.Core.Resources;

namespace DeployGate.Core.Uses;

/// <summary>Which resource types use images, and who reads them.</summary>
public static class UseCatalog
{
    private delegate IEnumerable<ImageUse> Reader(ResolvedResource resource, ArtifactCatalog catalog);

    private static readonly Dictionary<string, Reader> s_readers = new(StringComparer.OrdinalIgnoreCase)
    {
        [ArtifactTypes.ManagedImage] = ManagedImageUses.Read,
        [ArtifactTypes.Version] = GalleryVersionUses.Read,
        [ArtifactTypes.VirtualMachine] = VirtualMachineUses.Read,
        [ArtifactTypes.ScaleSet] = ScaleSetUses.Read,
        ["Microsoft.AzureFleet/fleets"] = ScaleSetUses.ReadFleet,
        [ImageTemplateUses.Type] = ImageTemplateUses.Read,
        [LabUses.Type] = LabUses.Read,
        ["Microsoft.Batch/batchAccounts/pools"] = GeneralizedConsumerUses.ReadBatchPool,
        ["Microsoft.DevCenter/devcenters/devboxdefinitions"] = GeneralizedConsumerUses.ReadDevBoxDefinition,
        ["Microsoft.ServiceFabric/managedClusters/nodeTypes"] = GeneralizedConsumerUses.ReadServiceFabricNodeType,
        [HostPoolUses.Type] = HostPoolUses.Read,
        ["Microsoft.DesktopVirtualization/hostPools/sessionHostConfigurations"] = GeneralizedConsumerUses.ReadSessionHosts,
        ["Microsoft.DevOpsInfrastructure/pools"] = GeneralizedConsumerUses.ReadDevOpsPool,
    };

    /// <summary>True for the types that rules ask for: those that images come from, go through, or are used by.</summary>
    public static bool Concerns(string type) => s_readers.ContainsKey(type) || ArtifactTypes.IsArtifact(type);

    /// <summary>The uses of images in one resource; none for a resource that is only referred to, or is of another type.</summary>
    public static IEnumerable<ImageUse> Read(ResolvedResource resource, ArtifactCatalog catalog) =>
        resource.IsExisting || !s_readers.TryGetValue(resource.Type, out var read) ? [] : read(resource, catalog);
}
