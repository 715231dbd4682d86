using DeployGate.Core.Assessment;
using DeployGate.Core.Inspections;

namespace DeployGate.Guest.Linux;

/// <summary>What the markers of a Linux installation amount to.</summary>
internal static class LinuxDecision
{
    /// <summary>The name that <c>waagent -deprovision</c> gives.</summary>
    private const string DeprovisionedName = "localhost.localdomain";

    internal static GuestAnswer Of(LinuxMarkers markers)
    {
        if (Unread(markers) is { } unread)
        {
            return GuestAnswer.Of(GuestState.Unclear, unread);
        }

        if (!markers.Unsettled.IsEmpty)
        {
            return GuestAnswer.Of(GuestState.Unclear, $"{string.Join("; ", markers.Unsettled)}: what the machine wrote last is not where it would be read. Stop the machine in order, or take the disk of a stopped one");
        }

        if (markers.Provisioned.IsFound)
        {
            return GuestAnswer.Of(GuestState.Specialized, $"{markers.Provisioned.Place} is there: the machine was provisioned and not deprovisioned since");
        }

        return markers.CloudInstance.IsFound ? AfterCloudInit(markers) : Untouched(markers);
    }

    private static string? Unread(LinuxMarkers markers)
    {
        if (markers.Provisioned.WhyUnread is { } agent)
        {
            return $"{markers.Provisioned.Place} could not be looked for: {agent}";
        }

        if (markers.AgentFolder.WhyUnread is { } folder)
        {
            return $"{markers.AgentFolder.Place} could not be listed: {folder}";
        }

        return markers.CloudInstance.WhyUnread is { } cloud ? $"{markers.CloudInstance.Place} could not be looked for: {cloud}" : null;
    }

    /// <summary>cloud-init has run. The agent's own preparation leaves cloud-init's state, so both its other signs are needed.</summary>
    private static GuestAnswer AfterCloudInit(LinuxMarkers markers)
    {
        var isEmpty = markers.AgentFolder.IsAbsent || markers.AgentFolder.OrDefault is { IsEmpty: true };
        var hasName = string.Equals(markers.HostName.OrDefault?.Trim(), DeprovisionedName, StringComparison.OrdinalIgnoreCase);
        if (isEmpty && hasName && markers.Agent.IsFound)
        {
            return new GuestAnswer(
                GuestState.Generalized,
                $"the agent was deprovisioned: its folder is empty and the name is {DeprovisionedName}; cloud-init was not cleaned",
                [markers.CloudInstance.As("cloud-init was not cleaned: run 'cloud-init clean' as well", EvidenceWeight.Corroborating)]);
        }

        return GuestAnswer.Of(GuestState.Specialized, $"{markers.CloudInstance.Place} is there: cloud-init provisioned the machine and was not cleaned since");
    }

    private static GuestAnswer Untouched(LinuxMarkers markers)
    {
        if (markers.FirstBoot.IsFound)
        {
            return GuestAnswer.Of(GuestState.Unclear, $"{markers.FirstBoot.Place} is there: what this system's own first-boot provisioning leaves behind is not documented well enough to tell");
        }

        if (markers.Agent.IsFound || markers.CloudInit.IsFound)
        {
            var who = markers.Agent.IsFound ? markers.Agent.Place : markers.CloudInit.Place;
            return GuestAnswer.Of(GuestState.Generalized, $"neither the agent nor cloud-init has provisioned it since it was prepared, and {who} will");
        }

        var unread = markers.Agent.WhyUnread ?? markers.CloudInit.WhyUnread;
        return GuestAnswer.Of(
            GuestState.Unclear,
            unread is null
                ? "neither the Azure agent nor cloud-init is installed: Azure could not provision it, so it is of use as Specialized only"
                : $"it could not be told whether an agent is installed: {unread}");
    }
}
