using DeployGate.Cli.Checking;
using DeployGate.Cli.Files;
using DeployGate.Core.Assessment;
using DeployGate.Core.Inspections;
using DeployGate.Disks.Sources.Http;
using DeployGate.Guest;

namespace DeployGate.Cli.Inspecting;

/// <summary>What the user allows an inspection to do.</summary>
/// <param name="AllowedHosts">Hosts that may be private, asked over http, or redirected to.</param>
/// <param name="AllowDiskAccess">A read access of a managed disk may be begun and ended.</param>
/// <param name="IsOffline">No network.</param>
/// <param name="Live">How Azure is asked; null when it must not be.</param>
internal sealed record InspectionConsent(IReadOnlyList<string> AllowedHosts, bool AllowDiskAccess, bool IsOffline, LiveAccess? Live)
{
    internal static InspectionConsent None { get; } = new([], false, true, null);
}

/// <summary>Inspects what a user named as a disk: a file, an address, or the id of a managed disk or snapshot.</summary>
internal sealed class DiskInspector(string workingFolder, InspectionConsent consent, TimeProvider clock)
{
    /// <summary>The exit code that a signal asked for while a disk was read; null when none came.</summary>
    internal int? StoppedWith { get; private set; }

    /// <summary>Inspects a disk. The answer says when it could not be read, or when a signal ended it; nothing is thrown for it.</summary>
    internal DiskInspection Inspect(string disk)
    {
        using var stop = new StopSignal();
        var inspection = Inspect(disk, stop.Token);
        StoppedWith = stop.ExitCode;
        return inspection;
    }

    /// <summary>Inspects a disk until it is stopped; an access that was begun is ended all the same.</summary>
    internal DiskInspection Inspect(string disk, CancellationToken stop)
    {
        try
        {
            return DiskName.Of(disk) switch
            {
                DiskName.Address address => Address(address.Value, HttpRangeSource.NameOf(address.Value), stop),
                DiskName.AzureId id => ById(id.Value, stop),
                _ => File(disk, stop),
            };
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Unread(disk, "it was stopped");
        }
    }

    private DiskInspection File(string path, CancellationToken stop)
    {
        var full = Path.GetFullPath(path, workingFolder);
        var shown = DiskFiles.Shown(full, workingFolder);
        return Read(shown, DiskOpener.File(full, shown, clock, stop));
    }

    private DiskInspection Address(Uri address, string name, CancellationToken stop) => consent.IsOffline
        ? Unread(name, "--offline forbids the network")
        : Read(name, DiskOpener.Ranges(address, RangeOptions.Default with { AllowedHosts = [.. consent.AllowedHosts] }, clock, stop));

    private DiskInspection ById(string id, CancellationToken stop)
    {
        if (consent is not { AllowDiskAccess: true, IsOffline: false, Live: { } live })
        {
            return Unread(id, consent.IsOffline
                ? "--offline forbids the network"
                : "reading a managed disk begins a read access on it, which needs your consent: --allow-disk-access (actions Microsoft.Compute/disks/beginGetAccess/action and endGetAccess/action)");
        }

        using var azure = live.Open();
        // The signed address is known here only, and only the id is shown.
        var (inspection, reason, endFailure) = azure.ReadDisk(id, (sas, limit) => Task.Run(() => Address(live.RouteDisk(sas), id, limit), limit), stop).GetAwaiter().GetResult();
        var answer = inspection ?? Unread(id, reason ?? "Azure gave no access");
        return endFailure is null
            ? answer
            : answer with { Remarks = [.. answer.Remarks, $"the read access could not be ended ({endFailure}): end it with 'az disk revoke-access', or the disk's machine cannot start until it expires"] };
    }

    private DiskInspection Read(string name, Lookup<OpenDisk> opened)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());
        if (opened is not Lookup<OpenDisk>.Found { Value: { } disk })
        {
            return Unread(name, opened.Match(_ => "", place => place, failure => failure.Message));
        }

        using (disk)
        {
            var inspection = GuestInspector.Inspect(name, disk.Source, disk.FindParent, at);
            var cost = disk.Cost();
            return inspection with { BytesRead = cost.Bytes, Requests = cost.Reads };
        }
    }

    private static DiskInspection Unread(string name, string why) => new(name, GuestState.Unclear, $"the disk was not read: {why}") { IsReadable = false };
}
