using System.Collections.Immutable;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Containers;

/// <summary>How a disk's bytes are packed in a file.</summary>
public enum ContainerKind
{
    /// <summary>The bytes as they are.</summary>
    Raw,

    /// <summary>VHD, fixed: the bytes and a footer. What Azure takes and gives.</summary>
    VhdFixed,

    /// <summary>VHD, dynamic: blocks that are there when they were written.</summary>
    VhdDynamic,

    /// <summary>VHD, differencing: what changed against a parent.</summary>
    VhdDifferencing,

    /// <summary>VHDX, fixed or dynamic.</summary>
    Vhdx,
}

/// <summary>A disk as a machine would see it.</summary>
/// <param name="Container">How it is packed.</param>
/// <param name="Content">The disk's bytes; offsets are those of the disk.</param>
/// <param name="SectorSize">Bytes of a logical sector, 512 or 4096, as the container says; 512 where it says nothing.</param>
/// <param name="Remarks">What was odd and did not stop the reading.</param>
public sealed record DiskImage(ContainerKind Container, IByteSource Content, int SectorSize, ImmutableArray<string> Remarks);

/// <summary>Opens the parent of a differencing disk, by the path that the child writes, relative to the child's folder; null when it is not there.</summary>
public delegate IByteSource? FindParent(string relativePath);
