using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Disks.Ext;
using DeployGate.Disks.Lvm;
using DeployGate.Disks.Ntfs;
using DeployGate.Disks.Partitions;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Xfs;

namespace DeployGate.Disks.Volumes;

/// <summary>Finds what lies in the partitions of a disk, logical volumes included.</summary>
public static class VolumeFinder
{
    private const string PhysicalVolume = "lvm2";

    /// <summary>One candidate for each partition, in their order, and after them one for each logical volume.</summary>
    public static ImmutableArray<MountCandidate> Find(IByteSource disk, IReadOnlyList<Partition> partitions)
    {
        var found = ImmutableArray.CreateBuilder<MountCandidate>();
        var physical = new List<IByteSource>();
        foreach (var partition in partitions)
        {
            var title = partition.Index == 0 ? disk.Name : FormattableString.Invariant($"partition {partition.Index}");
            var source = new SliceByteSource(title, disk, partition.Offset, partition.Length);
            var empty = new MountCandidate(partition, null, null, new Lookup<IVolume>.Absent(title), null);
            var candidate = source.Length < partition.Length ? empty with { Volume = Cut(disk, partition, title) } : Look(empty, source);
            found.Add(candidate);
            if (candidate.Signature == PhysicalVolume)
            {
                physical.Add(source);
            }
        }

        foreach (var volume in physical.Count == 0 ? [] : LvmGroups.Find(physical))
        {
            var logical = new MountCandidate(null, volume.Group, volume.Name, new Lookup<IVolume>.Absent(volume.Name), null);
            found.Add(volume.Content.Match(content => Look(logical, content), _ => logical, failure => logical with { Volume = new Lookup<IVolume>.Unreadable(failure) }));
        }

        return found.ToImmutable();
    }

    /// <summary>Part of a volume may look whole: what was cut off is found only when it is read, and an index may lie before it.</summary>
    private static Lookup<IVolume>.Unreadable Cut(IByteSource disk, Partition partition, string title) => new(new ReadFailure(
        title, disk.Length, FormattableString.Invariant($"{partition.Length} bytes from {partition.Offset} on"), "the end of the disk: it was cut"));

    /// <summary>The reader is chosen by the first bytes; only where they say nothing are the rarer places looked at, for each costs a request.</summary>
    private static MountCandidate Look(MountCandidate candidate, IByteSource source) =>
        Fault.Catch(() => new Lookup<string?>.Found(VolumeSignature.OfHead(source))).Match(
            name => name switch
            {
                "ntfs" => candidate with { Volume = NtfsVolume.Open(source), Signature = name },
                "ext" => candidate with { Volume = ExtVolume.Open(source), Signature = name },
                "xfs" => candidate with { Volume = XfsVolume.Open(source), Signature = name },
                null => Unusual(candidate, source),
                _ => candidate with { Signature = name },
            },
            _ => candidate,
            failure => candidate with { Volume = new Lookup<IVolume>.Unreadable(failure) });

    private static MountCandidate Unusual(MountCandidate candidate, IByteSource source) => VolumeSignature.Of(source).Match(
        name => name is "empty" ? FromCopy(candidate with { Signature = name }, source) : candidate with { Signature = name },
        _ => FromCopy(candidate, source),
        failure => candidate with { Volume = new Lookup<IVolume>.Unreadable(failure) });

    /// <summary>An NTFS volume whose boot sector is gone still has a copy of it in its last sector.</summary>
    private static MountCandidate FromCopy(MountCandidate candidate, IByteSource source) => NtfsVolume.Open(source) is var copy and not Lookup<IVolume>.Absent
        ? candidate with { Volume = copy, Signature = "ntfs" }
        : candidate;
}
