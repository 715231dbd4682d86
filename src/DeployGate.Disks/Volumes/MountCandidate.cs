using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Disks.Partitions;

namespace DeployGate.Disks.Volumes;

/// <summary>Something on the disk that could be mounted.</summary>
/// <param name="Partition">The partition that it lies in; null for a logical volume.</param>
/// <param name="Group">The volume group of a logical volume; null for a partition.</param>
/// <param name="Name">The name of a logical volume; null for a partition.</param>
/// <param name="Volume">The file system; unreadable or absent when it is none that can be read.</param>
/// <param name="Signature">What lies there by <see cref="VolumeSignature"/> when it is no readable file system; null when not known.</param>
public sealed record MountCandidate(Partition? Partition, string? Group, string? Name, Lookup<IVolume> Volume, string? Signature)
{
    /// <summary>For people: <c>partition 2</c>, <c>logical volume rootvg/varlv</c>, <c>the disk</c> where there is no table.</summary>
    public string Title => (Group, Partition) switch
    {
        (null, { Index: > 0 and var index }) => FormattableString.Invariant($"partition {index}"),
        (null, _) => "the disk",
        _ => $"logical volume {Group}/{Name}",
    };
}

/// <summary>What became of one line of fstab.</summary>
/// <param name="Entry">The line.</param>
/// <param name="Outcome">For people: <c>mounted: logical volume rootvg/varlv</c>, <c>passed over: swap</c>, or why it cannot be read.</param>
/// <param name="IsReadable">Whether what belongs at the mount point can be read (or nothing belongs there).</param>
public sealed record MountOutcome(FstabEntry Entry, string Outcome, bool IsReadable);

/// <summary>A root volume with all that its fstab names.</summary>
/// <param name="Tree">The tree.</param>
/// <param name="Outcomes">One for each line of fstab, in its order but bind mounts last; empty when there is no fstab.</param>
public sealed record MountedTree(FileTree Tree, ImmutableArray<MountOutcome> Outcomes);
