using System.Collections.Immutable;
using System.Globalization;
using DeployGate.Core.Assessment;
using DeployGate.Core.Images;
using DeployGate.Core.Inspections;
using DeployGate.Disks.Volumes;

namespace DeployGate.Guest.Windows;

/// <summary>Reads the markers, the identity and what was left behind of one Windows installation.</summary>
internal sealed class WindowsReader(string title, FileTree tree)
{
    private const string StateKey = @"Microsoft\Windows\CurrentVersion\Setup\State";
    private const string VersionKey = @"Microsoft\Windows NT\CurrentVersion";

    private readonly HiveFiles _software = new(title, tree, "SOFTWARE");
    private readonly HiveFiles _system = new(title, tree, "SYSTEM");

    internal SystemRead Read()
    {
        var markers = new WindowsMarkers(
            _software.Text(StateKey, "ImageState"),
            new Marker<string>(Place("Windows/Setup/State/State.ini"), tree.Open("/Windows/Setup/State/State.ini").Then(StateIni.Read)),
            _system.Number("Setup", "SetupType"),
            _system.Text("Setup", "CmdLine"),
            _system.Number("Setup", "SystemSetupInProgress"),
            _system.Number(@"Setup\Status", "AuditBoot"),
            Exists("Windows/System32/Sysprep/Sysprep_succeeded.tag"),
            tree.RootVolume.Unsettled);
        var answer = WindowsDecision.Of(markers);
        var controlSet = ControlSet();
        ImmutableArray<GuestEvidence> evidence =
        [
            .. Decisive(markers, answer),
            .. SysprepError(markers, answer),
            .. Informative(controlSet),
            .. answer.State == GuestState.Generalized ? new WindowsResidue(title, tree).Find() : [],
        ];
        return new SystemRead(SystemOf(controlSet), answer, evidence, Remarks());
    }

    private static IEnumerable<GuestEvidence> Decisive(WindowsMarkers markers, GuestAnswer answer)
    {
        yield return markers.ImageState.As(answer.State is GuestState.Unclear ? "" : $"{answer.State}", EvidenceWeight.Decisive);
        yield return markers.StateFile.As("a copy of ImageState", EvidenceWeight.Corroborating);
        yield return markers.SetupType.As(markers.SetupType.OrDefault == 0 ? "setup does not run at the next boot" : "setup runs at the next boot", EvidenceWeight.Corroborating);
        yield return markers.CommandLine.As("what setup runs", EvidenceWeight.Corroborating);
        yield return markers.Tag.As("the last sysprep ended well; every machine made from such an image has it too", EvidenceWeight.Corroborating);
        if (markers.AuditBoot.IsFound)
        {
            yield return markers.AuditBoot.As("1 is audit mode", EvidenceWeight.Corroborating);
        }
    }

    /// <summary>The last error that sysprep wrote, when it did not end well.</summary>
    private IEnumerable<GuestEvidence> SysprepError(WindowsMarkers markers, GuestAnswer answer)
    {
        if (answer.State is GuestState.Generalized or GuestState.Specialized || markers.Tag.IsFound)
        {
            return [];
        }

        var log = new Marker<string>(Place("Windows/System32/Sysprep/Panther/setuperr.log"), tree.Open("/Windows/System32/Sysprep/Panther/setuperr.log").Then(SetupLog.LastError));
        return log.IsFound ? [log.As("the last error of sysprep", EvidenceWeight.Informative)] : [];
    }

    private IEnumerable<GuestEvidence> Informative(string controlSet)
    {
        var generalization = _system.Number(@"Setup\Status\SysprepStatus", "GeneralizationState");
        if (generalization.IsFound)
        {
            yield return generalization.As("not documented: shown, not decided on", EvidenceWeight.Informative);
        }

        var agent = _system.Key($@"{controlSet}\Services\WindowsAzureGuestAgent");
        if (agent.IsAbsent)
        {
            yield return agent.As("the VM agent is not installed: no extensions, and 'provisionVMAgent' must be false", EvidenceWeight.Informative);
        }

        var drive = _system.Number($@"{controlSet}\Services\cdrom", "Start");
        if (drive.OrDefault == 4)
        {
            yield return drive.As("the DVD drive is disabled, and Azure's answer file comes on one: provisioning does not end", EvidenceWeight.Informative);
        }

        var provisioned = Exists("Windows/Panther/WaSetup.xml");
        if (provisioned.IsFound)
        {
            yield return provisioned.As("Azure has provisioned this system from a Generalized image before", EvidenceWeight.Informative);
        }
    }

    private ImmutableArray<string> Remarks()
    {
        var remarks = ImmutableArray.CreateBuilder<string>();
        if (tree.RootVolume.Unsettled is { } unsettled)
        {
            remarks.Add($"{title}: {unsettled}");
        }

        foreach (var hive in (HiveFiles[])[_software, _system])
        {
            remarks.AddRange(hive.Hive?.Remarks.Select(remark => $"{title}: {remark}") ?? []);
        }

        return remarks.ToImmutable();
    }

    private string ControlSet() => string.Create(CultureInfo.InvariantCulture, $"ControlSet{(_system.Number("Select", "Current").Answer is Lookup<ulong>.Found { Value: > 0 and < 1000 and var number } ? number : 1):000}");

    private GuestSystem SystemOf(string controlSet)
    {
        var build = _software.Text(VersionKey, "CurrentBuild").OrDefault;
        var product = _software.Text(VersionKey, "ProductName").OrDefault;
        // Windows 11 still calls itself Windows 10 here; the build tells.
        if (int.TryParse(build, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 22000)
        {
            product = product?.Replace("Windows 10", "Windows 11", StringComparison.Ordinal);
        }

        return new GuestSystem(OsType.Windows, product, VersionOf(build), _system.Text($@"{controlSet}\Control\ComputerName\ComputerName", "ComputerName").OrDefault);
    }

    private string? VersionOf(string? build)
    {
        var major = _software.Number(VersionKey, "CurrentMajorVersionNumber");
        var release = major.IsFound
            ? string.Create(CultureInfo.InvariantCulture, $"{major.OrDefault}.{_software.Number(VersionKey, "CurrentMinorVersionNumber").OrDefault}")
            : _software.Text(VersionKey, "CurrentVersion").OrDefault;
        if (release is null || build is null)
        {
            return release ?? build;
        }

        var revision = _software.Number(VersionKey, "UBR");
        return revision.IsFound ? string.Create(CultureInfo.InvariantCulture, $"{release}.{build}.{revision.OrDefault}") : $"{release}.{build}";
    }

    private Marker<bool> Exists(string path) => new(Place(path), tree.Find($"/{path}").Map(_ => true));

    private string Place(string path) => $@"{title}, \{path.Replace('/', '\\')}";
}
