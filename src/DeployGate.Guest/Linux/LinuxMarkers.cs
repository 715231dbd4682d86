using System.Collections.Immutable;

namespace DeployGate.Guest.Linux;

/// <summary>What says on a Linux disk whether it was deprovisioned. Source of the meanings: the sources of WALinuxAgent and cloud-init.</summary>
/// <param name="Provisioned">The agent's sentinel; its text is the id of the VM that was provisioned.</param>
/// <param name="AgentFolder">Names in the agent's folder.</param>
/// <param name="CloudInstance"><c>/var/lib/cloud/instance</c>: cloud-init has provisioned this machine.</param>
/// <param name="HostName"><c>/etc/hostname</c>.</param>
/// <param name="Agent">A provisioning agent that is installed.</param>
/// <param name="CloudInit">cloud-init is installed.</param>
/// <param name="FirstBoot">Flatcar or Ignition is installed: it provisions by rules of its own.</param>
/// <param name="Unsettled">Why volumes may be behind what the system had written.</param>
internal sealed record LinuxMarkers(
    Marker<string> Provisioned,
    Marker<ImmutableArray<string>> AgentFolder,
    Marker<bool> CloudInstance,
    Marker<string> HostName,
    Marker<bool> Agent,
    Marker<bool> CloudInit,
    Marker<bool> FirstBoot,
    ImmutableArray<string> Unsettled);
