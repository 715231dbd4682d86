using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Core.Inspections;
using DeployGate.Disks.Containers;
using DeployGate.Disks.Partitions;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;
using DeployGate.Guest.Linux;
using DeployGate.Guest.Windows;

namespace DeployGate.Guest;

/// <summary>Reads a disk and says what its operating system is. What cannot be told is Unknown with the reason, never a guess.</summary>
public static class GuestInspector
{
    /// <summary>What may hold a system and is not read here.</summary>
    private static readonly ImmutableDictionary<string, string> s_closed = new Dictionary<string, string>
    {
        ["bitlocker"] = "encrypted with BitLocker",
        ["luks"] = "encrypted with LUKS",
        ["btrfs"] = "btrfs, which this version does not read",
        ["refs"] = "ReFS, which this version does not read",
        ["mdraid"] = "a member of a RAID array",
        ["zfs_member"] = "a member of a ZFS pool",
        ["lvm2"] = "an LVM physical volume in which no logical volume was found",
    }.ToImmutableDictionary();

    /// <summary>Inspects a disk.</summary>
    /// <param name="disk">What it is called in the answer: a path, an address without its query, an id.</param>
    /// <param name="source">Its bytes, behind a cache and a budget.</param>
    /// <param name="findParent">Finds the parent of a differencing disk; null where there is no folder to look in.</param>
    /// <param name="readAt">The time of the reading.</param>
    public static DiskInspection Inspect(string disk, IByteSource source, FindParent? findParent, DateTimeOffset readAt) =>
        ContainerReader.Open(source, findParent).Match(
            image => OfImage(new DiskInspection(disk, GuestState.Unclear, "") { ReadAt = readAt, Container = WordOf(image.Container), Remarks = image.Remarks }, image),
            place => Unreadable(disk, readAt, place),
            failure => Unreadable(disk, readAt, failure.Message));

    private static DiskInspection Unreadable(string disk, DateTimeOffset readAt, string reason) =>
        new(disk, GuestState.Unclear, $"the disk was not read: {reason}") { ReadAt = readAt, IsReadable = false };

    private static DiskInspection OfImage(DiskInspection inspection, DiskImage image) => PartitionTable.Read(image.Content, image.SectorSize).Match(
        table => OfTable(inspection with { Remarks = [.. inspection.Remarks, .. table.Remarks] }, image, table),
        place => inspection with { Reason = $"the disk was not read: {place}", IsReadable = false },
        failure => inspection with { Reason = $"the disk was not read: {failure.Message}", IsReadable = false });

    private static DiskInspection OfTable(DiskInspection inspection, DiskImage image, PartitionTable table)
    {
        var candidates = VolumeFinder.Find(image.Content, table.Partitions);
        var seen = inspection with
        {
            Partitions = [.. candidates.Where(candidate => candidate.Partition is not null).Select(Show)],
            Remarks = [.. inspection.Remarks, .. candidates.SelectMany(candidate => FactsOf(candidate)?.Remarks.Select(remark => $"{candidate.Title}: {remark}") ?? [])],
        };
        ImmutableArray<Installation> systems = [.. candidates.Select(WindowsInstallation.Find).OfType<Installation>(), .. candidates.Select(candidate => LinuxInstallation.Find(candidate, candidates)).OfType<Installation>()];
        var unread = Unread(candidates);
        return systems switch
        {
            [] => seen with { Reason = WhyNone(table, unread) },
            [var only] => OfSystem(seen, only.Read(), unread),
            _ => seen with { Reason = $"several systems on one disk: {string.Join(", ", systems.Select(system => system.Title))}; it is not known which one starts" },
        };
    }

    /// <summary>A system is only called prepared when nothing is left unread that may hold another one.</summary>
    private static DiskInspection OfSystem(DiskInspection seen, SystemRead read, ImmutableArray<string> unread)
    {
        var (state, reason) = read.Answer.State == GuestState.Generalized && !unread.IsEmpty
            ? (GuestState.Unclear, $"{read.Answer.Reason}; but {string.Join(", ", unread)} may hold another system")
            : (read.Answer.State, read.Answer.Reason);
        return seen with
        {
            State = state,
            Reason = reason,
            System = read.System,
            Evidence = read.Evidence,
            Contradictions = read.Answer.Contradictions,
            Remarks = [.. seen.Remarks, .. read.Remarks],
        };
    }

    private static string WhyNone(PartitionTable table, ImmutableArray<string> unread)
    {
        var what = table.Partitions switch
        {
            [] => "the partition table is empty",
            _ when table.Scheme == PartitionScheme.None => "no operating system was found, and no partition table",
            _ => FormattableString.Invariant($"no operating system was found in {table.Partitions.Length} partitions"),
        };
        return unread.IsEmpty ? what : $"{what}; not read: {string.Join(", ", unread)}";
    }

    private static ImmutableArray<string> Unread(ImmutableArray<MountCandidate> candidates)
    {
        var hasLogical = candidates.Any(candidate => candidate.Group is not null);
        return [.. candidates.Select(candidate => WhyUnread(candidate, hasLogical)).OfType<string>()];
    }

    private static string? WhyUnread(MountCandidate candidate, bool hasLogical) => candidate switch
    {
        { Volume: Lookup<IVolume>.Unreadable unreadable } => $"{candidate.Title} ({unreadable.Failure.Message})",
        { Signature: "lvm2" } when hasLogical => null,
        { Volume: Lookup<IVolume>.Absent, Signature: { } signature } when s_closed.TryGetValue(signature, out var why) => $"{candidate.Title} ({why})",
        _ => null,
    };

    private static InspectedPartition Show(MountCandidate candidate)
    {
        var partition = candidate.Partition!;
        return new InspectedPartition(partition.Index, partition.Type, FactsOf(candidate)?.FileSystem ?? candidate.Signature, partition.Offset, partition.Length);
    }

    private static VolumeFacts? FactsOf(MountCandidate candidate) => candidate.Volume is Lookup<IVolume>.Found found ? found.Value.Facts : null;

    private static string WordOf(ContainerKind kind) => kind switch
    {
        ContainerKind.Raw => "raw",
        ContainerKind.VhdFixed => "vhd-fixed",
        ContainerKind.VhdDynamic => "vhd-dynamic",
        ContainerKind.VhdDifferencing => "vhd-differencing",
        _ => "vhdx",
    };
}

/// <summary>An operating system that was found on a volume.</summary>
/// <param name="Title">For people: <c>Windows on partition 4</c>.</param>
/// <param name="Read">Reads what it is.</param>
internal sealed record Installation(string Title, Func<SystemRead> Read);

/// <summary>What one installation said.</summary>
internal sealed record SystemRead(GuestSystem System, GuestAnswer Answer, ImmutableArray<GuestEvidence> Evidence, ImmutableArray<string> Remarks);
