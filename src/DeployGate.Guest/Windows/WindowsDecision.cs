using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Core.Inspections;

namespace DeployGate.Guest.Windows;

/// <summary>
/// What the markers of a Windows installation amount to. Generalized needs every marker that can be read to agree: an
/// <c>ImageState</c> alone may be set by hand, and guides tell people to.
/// </summary>
internal static class WindowsDecision
{
    internal const string Generalized = "IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE";

    private const string GeneralizedToAudit = "IMAGE_STATE_GENERALIZE_RESEAL_TO_AUDIT";
    private const string Complete = "IMAGE_STATE_COMPLETE";
    private const string SpecializedToOobe = "IMAGE_STATE_SPECIALIZE_RESEAL_TO_OOBE";
    private const string SpecializedToAudit = "IMAGE_STATE_SPECIALIZE_RESEAL_TO_AUDIT";
    private const string Undeployable = "IMAGE_STATE_UNDEPLOYABLE";

    internal static GuestAnswer Of(WindowsMarkers markers)
    {
        if (markers.ImageState.WhyUnread is { } unread)
        {
            return GuestAnswer.Of(GuestState.Unclear, $"ImageState was not read: {unread}");
        }

        return markers.ImageState.IsAbsent ? FromFile(markers) : FromRegistry(markers, markers.ImageState.OrDefault!.Trim().ToUpperInvariant());
    }

    private static GuestAnswer FromRegistry(WindowsMarkers markers, string word) => word switch
    {
        Undeployable => GuestAnswer.Of(GuestState.Undeployable, $"ImageState is {Undeployable}: sysprep or setup broke off, or was still running when the disk was taken"),
        SpecializedToOobe or SpecializedToAudit => GuestAnswer.Of(GuestState.Undeployable, $"ImageState is {word}: bound to a machine, and its setup is not finished"),
        GeneralizedToAudit => GuestAnswer.Of(GuestState.Undeployable, $"ImageState is {GeneralizedToAudit}: the next boot goes to audit mode, so that Azure's provisioning never ends"),
        _ when markers.AuditBoot.OrDefault == 1 => GuestAnswer.Of(GuestState.Undeployable, "AuditBoot is 1: the next boot goes to audit mode, so that Azure's provisioning never ends"),
        Generalized => Prepared(markers),
        Complete => InUse(markers),
        _ => GuestAnswer.Of(GuestState.Unclear, $"ImageState is '{markers.ImageState.OrDefault}', which is none of the states that Windows Setup documents"),
    };

    /// <summary>Every other marker has to agree, and none that could deny it may be unread.</summary>
    private static GuestAnswer Prepared(WindowsMarkers markers)
    {
        var against = AgainstPrepared(markers);
        if (against.IsEmpty)
        {
            var unsettled = markers.Unsettled is null ? "" : "; the volume was not closed in order";
            return GuestAnswer.Of(GuestState.Generalized, $"ImageState is {Generalized}, and setup runs at the next boot{unsettled}");
        }

        return new GuestAnswer(GuestState.Unclear, $"ImageState is {Generalized}, but {string.Join(", and ", against.Select(item => item.Says))}", against);
    }

    private static ImmutableArray<GuestEvidence> AgainstPrepared(WindowsMarkers markers)
    {
        var against = ImmutableArray.CreateBuilder<GuestEvidence>();
        Check(markers.SetupType, markers.SetupType.OrDefault != 0, "SetupType is 0: setup does not run at the next boot, so the state was set by hand or setup has begun");
        Check(markers.CommandLine, markers.CommandLine.OrDefault?.Contains("windeploy", StringComparison.OrdinalIgnoreCase) == true, "CmdLine does not start windeploy.exe, which sysprep leaves there");
        Check(markers.Tag, markers.Tag.IsFound, "Sysprep_succeeded.tag is missing, which sysprep writes when it ends well");
        var word = markers.StateFile.OrDefault?.Trim();
        Check(markers.StateFile, markers.StateFile.IsAbsent || string.Equals(word, Generalized, StringComparison.OrdinalIgnoreCase), $"State.ini says {word}");
        return against.ToImmutable();

        void Check<T>(Marker<T> marker, bool agrees, string says)
        {
            if (marker.WhyUnread is not null)
            {
                against.Add(marker.As($"{marker.Place} was not read", EvidenceWeight.Corroborating));
            }
            else if (!agrees)
            {
                against.Add(marker.As(says, EvidenceWeight.Corroborating));
            }
        }
    }

    /// <summary>A machine in use. What contradicts it is said; it does not make the machine Generalized.</summary>
    private static GuestAnswer InUse(WindowsMarkers markers)
    {
        var against = ImmutableArray.CreateBuilder<GuestEvidence>();
        if (markers.SetupType.OrDefault != 0)
        {
            against.Add(markers.SetupType.As("setup runs at the next boot", EvidenceWeight.Corroborating));
        }

        if (markers.CommandLine.OrDefault?.Contains("windeploy", StringComparison.OrdinalIgnoreCase) == true)
        {
            against.Add(markers.CommandLine.As("the next boot starts the out-of-box experience", EvidenceWeight.Corroborating));
        }

        if (markers.SetupInProgress.OrDefault == 1)
        {
            against.Add(markers.SetupInProgress.As("setup is due", EvidenceWeight.Corroborating));
        }

        if (markers.StateFile.OrDefault is { } word && !string.Equals(word.Trim(), Complete, StringComparison.OrdinalIgnoreCase))
        {
            against.Add(markers.StateFile.As("State.ini says another state", EvidenceWeight.Corroborating));
        }

        return new GuestAnswer(GuestState.Specialized, $"ImageState is {Complete}: specialize and OOBE have passed, so it is bound to this machine", against.ToImmutable());
    }

    /// <summary>Without the registry's value State.ini decides, but never that a disk is prepared: one marker does not prove it.</summary>
    private static GuestAnswer FromFile(WindowsMarkers markers) => markers.StateFile.OrDefault?.Trim().ToUpperInvariant() switch
    {
        Complete => GuestAnswer.Of(GuestState.Specialized, $"the registry has no ImageState; State.ini says {Complete}"),
        Undeployable or SpecializedToOobe or SpecializedToAudit or GeneralizedToAudit =>
            GuestAnswer.Of(GuestState.Undeployable, $"the registry has no ImageState; State.ini says {markers.StateFile.OrDefault!.Trim()}"),
        Generalized => GuestAnswer.Of(GuestState.Unclear, $"State.ini says {Generalized}, but the registry, which decides, has no ImageState"),
        { } other => GuestAnswer.Of(GuestState.Unclear, $"the registry has no ImageState, and State.ini says '{other}', which is none of the states that Windows Setup documents"),
        null => GuestAnswer.Of(GuestState.Unclear, markers.StateFile.WhyUnread is { } why ? $"the registry has no ImageState, and State.ini was not read: {why}" : "neither the registry nor State.ini says an ImageState"),
    };
}
