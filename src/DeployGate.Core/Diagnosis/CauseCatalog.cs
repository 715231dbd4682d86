using System.Collections.Immutable;
using DeployGate.Core.Decisions;

namespace DeployGate.Core.Diagnosis;

/// <summary>Every cause that can be told from Azure's words, the most telling first.</summary>
/// <seealso href="https://learn.microsoft.com/troubleshoot/azure/virtual-machines/windows/error-messages"/>
public static class CauseCatalog
{
    private static readonly SystemText s_prepare = new(
        "Run sysprep /generalize /oobe /shutdown in the source machine, deallocate it, mark it with 'az vm generalize', and capture it again; or capture it as Specialized and leave out osProfile.",
        "Run 'cloud-init clean' and 'waagent -force -deprovision+user' in the source machine, deallocate it, mark it with 'az vm generalize', and capture it again; or capture it as Specialized and leave out osProfile.",
        "Prepare the guest (sysprep, or waagent -deprovision), deallocate the machine, mark it with 'az vm generalize', and capture it again; or capture it as Specialized and leave out osProfile.");

    /// <summary>Start was refused because the machine carries the mark.</summary>
    public static Cause MarkedMachine { get; } = new(
        "start-refused-generalized", ["OperationNotAllowed"], ["since the VM is generalized"],
        SystemText.Same("The machine was marked generalized after it was created. Azure never starts a marked machine again, whatever its guest holds."),
        new(
            "Nothing removes the mark. Capture an image and create a new machine of it. If sysprep was never run in the guest, a new machine around a copy of the OS disk (createOption Attach) starts as the old one did; if it was, that machine would stop at OOBE.",
            "Nothing removes the mark. Capture an image and create a new machine of it. If the guest was never deprovisioned, a new machine around a copy of the OS disk (createOption Attach) starts as the old one did; if it was, nobody could log in to that machine.",
            "Nothing removes the mark. Capture an image and create a new machine of it. If the guest was never prepared, a new machine around a copy of the OS disk (createOption Attach) starts as the old one did."),
        ["DG4001"]);

    /// <summary>Setup or sysprep broke off in the image's guest.</summary>
    public static Cause Undeployable { get; } = new(
        "guest-undeployable", [], ["IMAGE_STATE_UNDEPLOYABLE"],
        SystemText.Same("Windows in the image was not properly generalized: a pass of setup or sysprep began and did not end (ImageState IMAGE_STATE_UNDEPLOYABLE). No machine of such an image becomes reachable."),
        SystemText.Same("Delete the image and build it again: a disk in this state cannot be repaired. Wait until sysprep has ended before the machine is stopped, and read C:\\Windows\\System32\\Sysprep\\Panther\\setuperr.log if it did not."),
        ["DG5001"])
    { IsOfImage = true };

    /// <summary>The mark or the declaration says Generalized, and sysprep did not run.</summary>
    public static Cause NotPrepared { get; } = new(
        "provisioned-without-preparation", ["OSProvisioningTimedOut", "OSProvisioningClientError"], ["not been properly prepared"],
        new(
            "Sysprep did not run in the image's guest: the machine came up with its old name and accounts and never asked for new ones. Azure waited for an OOBE that did not come.",
            "The image's guest was not deprovisioned: the machine came up with its old identity, and Azure waited for a first boot that did not come.",
            "The image's guest was not prepared: the machine came up with its old identity, and Azure waited for a first boot that did not come."),
        s_prepare,
        ["DG5002", "DG2002", "DG1002"])
    { IsOfImage = true };

    /// <summary>All causes.</summary>
    public static ImmutableArray<Cause> All { get; } =
    [
        MarkedMachine,
        Undeployable,
        new("captured-during-setup", ["OSProvisioningClientError"], ["guest OS is currently being provisioned"], Undeployable.What, Undeployable.Now, ["DG5001"]) { IsOfImage = true },
        NotPrepared,
        new("no-address-without-preparation", [], ["DHCP"],
            SystemText.Same("The guest got no address by DHCP and did not reach OOBE. The usual cause is an image in which sysprep did not run: its network settings are those of another machine."),
            s_prepare, ["DG5002", "DG2002"])
        { IsOfImage = true },
        new("suspected-without-preparation", ["OSProvisioningTimedOut", "OSProvisioningClientError", "OSProvisioningInternalError"], ["properly prepared (generalized)"],
            SystemText.Same("Provisioning in the guest did not end, and Azure suspects that the image is declared Generalized and its guest is not."), s_prepare, ["DG5002", "DG2002", "DG1002"])
        { IsOfImage = true },
        new("host-key-failed", ["OSProvisioningClientError"], ["SSH host key generation failed"],
            SystemText.Same("The guest could not make its SSH host keys. This is no matter of the image's state."),
            SystemText.Same("Look at the serial log for sshd and at the free space of the OS disk."), []),
        new("user-name-refused", ["OSProvisioningClientError"], ["Username specified for the VM is invalid"],
            SystemText.Same("The guest refused the name of the administrator. This is no matter of the image's state."),
            SystemText.Same("Choose another osProfile.adminUsername."), []),
        new("provisioning-timed-out", ["OSProvisioningTimedOut"], [], Waited, WaitedNow, ["DG5002", "DG5001"]) { IsOfImage = true },
        new("provisioning-timed-out", [], ["ProvisioningResult:Timeout"], Waited, WaitedNow, ["DG5002", "DG5001"]) { IsOfImage = true },
        new("provisioning-failed-in-guest", ["OSProvisioningClientError"], [],
            SystemText.Same("The guest reported that provisioning failed; Azure's message holds its reason."), WaitedNow, ["DG5002", "DG5001"])
        { IsOfImage = true },
        new("provisioning-failed-in-platform", ["OSProvisioningInternalError"], [],
            SystemText.Same("Provisioning failed in the platform or in the guest; Azure does not say which."),
            SystemText.Same("Deploy once more. If it fails again with this image and not with another, inspect the image's disk: deploygate inspect DISK."), []),
        new("agent-silent", ["VMAgentStatusCommunicationError"], [], Silent, SilentNow, ["DG3003", "DG1001", "DG2001"]) { IsOfImage = true },
        new("extensions-timed-out", ["VMExtensionProvisioningTimeout"], [], Silent, SilentNow, ["DG3003", "DG1001", "DG2001"]) { IsOfImage = true },
        .. Rejections.All,
    ];

    private static SystemText Waited => new(
        "Windows did not report the end of OOBE in time. Where this happens on every deployment of an image, its guest is not what the image claims.",
        "The guest did not report the end of provisioning in time. Where this happens on every deployment of an image, its guest is not what the image claims.",
        "The guest did not report the end of provisioning in time. Where this happens on every deployment of an image, its guest is not what the image claims.");

    private static SystemText WaitedNow => new(
        "Look at the screen shot of boot diagnostics: a log-on screen with the old name means that sysprep never ran, a setup error that it broke off. Inspect the image's disk (deploygate inspect DISK) for its ImageState.",
        "Look at the serial log of boot diagnostics, and inspect the image's disk (deploygate inspect DISK) for /var/lib/waagent/provisioned and /var/lib/cloud/instance.",
        "Look at boot diagnostics, and inspect the image's disk (deploygate inspect DISK).");

    private static SystemText Silent => new(
        "No agent answers in the guest. A Generalized disk that was attached as Specialized waits at OOBE for somebody to answer; an image without the VM agent never answers.",
        "No agent answers in the guest. A Generalized disk that was attached as Specialized gets no account and no agent configuration; an image without waagent never answers.",
        "No agent answers in the guest: it was Generalized and attached as Specialized, or it holds no agent.");

    private static SystemText SilentNow => SystemText.Same(
        "Look at boot diagnostics. If the guest waits for its first boot, make an image of the disk (Generalized) and deploy that with osProfile; otherwise install the VM agent, and check that the machine can reach 168.63.129.16.");
}
