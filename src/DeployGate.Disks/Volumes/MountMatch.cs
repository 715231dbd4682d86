using System.Collections.Immutable;
using DeployGate.Core.Assessment;

namespace DeployGate.Disks.Volumes;

/// <summary>Which of the things on a disk a line of fstab means.</summary>
internal static class MountMatch
{
    internal static ImmutableArray<MountCandidate> Of(MountSpec spec, IReadOnlyList<MountCandidate> candidates) =>
        [.. candidates.Where(candidate => IsMeant(spec, candidate))];

    /// <summary>Whether both are the same file system: the same object, or the same identity.</summary>
    internal static bool Same(IVolume one, IVolume other) =>
        ReferenceEquals(one, other) || (one.Facts.Uuid is { } uuid && uuid == other.Facts.Uuid && one.Facts.FileSystem == other.Facts.FileSystem);

    private static bool IsMeant(MountSpec spec, MountCandidate candidate) => spec switch
    {
        MountSpec.Uuid uuid => Is(Facts(candidate)?.Uuid, uuid.Value),
        MountSpec.Label label => Facts(candidate)?.Label == label.Value,
        MountSpec.PartUuid part => Is(candidate.Partition?.PartUuid, part.Value),
        MountSpec.DiskPartition part => candidate.Group is null && candidate.Partition?.Index == part.Number,
        MountSpec.LogicalVolume volume => candidate.Group == volume.Group && candidate.Name == volume.Name,
        _ => false,
    };

    private static VolumeFacts? Facts(MountCandidate candidate) => (candidate.Volume as Lookup<IVolume>.Found)?.Value.Facts;

    private static bool Is(string? known, string wanted) => known is not null && string.Equals(known, wanted, StringComparison.OrdinalIgnoreCase);
}
