using System.Collections.Immutable;
using DeployGate.Core.Decisions;

namespace DeployGate.Core.Diagnosis;

/// <summary>The causes that Azure tells before it makes anything: the request itself was refused.</summary>
/// <seealso href="https://learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images"/>
internal static class Rejections
{
    internal static ImmutableArray<Cause> All { get; } =
    [
        Of("profile-with-specialized", ["osProfile", "is not allowed"], "An osProfile was sent with a Specialized image or an attached disk, which keep the identity they have.", "Leave out osProfile, or use a Generalized image.", "DG3001"),
        Of("profile-missing", ["Required parameter 'osProfile' is missing"], "The image is Generalized and the machine was sent without an osProfile, so that it has no name and no account.", "Add osProfile, or use a Specialized image.", "DG3002"),
        Of("source-not-marked", ["requires the Virtual Machine", "to be Generalized"], "The source machine does not carry the mark, which a managed image needs.", "Prepare the guest, deallocate the machine, run 'az vm generalize', and capture it then.", "DG2003"),
        Of("source-not-marked", ["because the VM is not generalized"], "The source machine does not carry the mark, which a capture needs.", "Prepare the guest, deallocate the machine, run 'az vm generalize', and capture it then.", "DG2003"),
        Of("source-not-marked", ["has a different OS state ['Specialized'] than the parent gallery image OS state ['Generalized']"], "The definition says Generalized, and the source machine does not carry the mark.", "Prepare the guest, deallocate the machine, and run 'az vm generalize'; or use a definition with osState Specialized.", "DG2003"),
        Of("state-differs-from-definition", ["has a different OS state ["], "The source's state differs from the osState of the definition.", "Use a definition whose osState is that of the source; osState of a definition never changes.", "DG2001", "DG2002"),
        Of("state-differs-from-definition", ["OS State in the parent gallery image"], "The source's state differs from the osState of the definition.", "Use a definition whose osState is that of the source; osState of a definition never changes.", "DG2001", "DG2002"),
        Of("managed-image-specialized", ["osDisk.osState is invalid"], "A managed image was declared Specialized, which Azure does not have.", "Declare Generalized, or make a gallery image in a definition with osState Specialized.", "DG2004"),
        Of("generalize-while-running", ["Operation 'generalize' is not allowed", "is running"], "The machine was to be marked while it was running.", "Run sysprep or waagent -deprovision in the guest, deallocate the machine, then mark it.", "DG4002"),
        Of("scale-set-state-change", ["Cannot update Virtual Machine Scale Set", "OS state"], "A scale set was to change between Generalized and Specialized images, which it cannot.", "Create a new scale set with the new image.", "DG3004"),
        Of("consumer-needs-generalized", ["sourceImageNotGeneralized"], "The service takes Generalized images only.", "Prepare the guest and make the image again.", "DG3005"),
        Of("generation-differs", ["different Hypervisor generation"], "The generation of the source differs from that of the definition.", "Use a definition with the source's hyperVGeneration.", "DG6002"),
        Of("generation-differs", ["cannot boot Hypervisor Generation"], "The size of the machine cannot boot the generation of the image.", "Choose a size that boots it, or an image of the other generation.", "DG6002"),
        Of("os-type-differs", ["has a different OS type ["], "The operating system of the source differs from that of the definition.", "Use a definition with the source's osType.", "DG6001"),
        Of("immutable-property", ["Changing property 'galleryImage.properties."], "A property of a definition was to be changed that never changes.", "Create a new definition.", "DG7004"),
        Of("no-latest-version", ["no latest image version exists"], "The definition has no version that counts as latest in the region.", "Name a version, or publish one that is not excluded from latest.", "DG7002"),
        Of("version-not-in-region", ["The gallery image", "is not available in"], "The version is not replicated to the region.", "Add the region to targetRegions of the version, or deploy to one that has it.", "DG7002"),
    ];

    private static Cause Of(string name, ImmutableArray<string> words, string what, string now, params ImmutableArray<string> rules) =>
        new(name, [], words, SystemText.Same(what), SystemText.Same(now), rules);
}
