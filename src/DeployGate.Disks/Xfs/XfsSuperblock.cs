using System.Buffers.Binary;
using DeployGate.Disks.Volumes;

namespace DeployGate.Disks.Xfs;

/// <summary>The first sector of an XFS file system. Numbers are big-endian, checksums little-endian.</summary>
/// <seealso href="https://docs.kernel.org/filesystems/xfs/index.html"/>
internal sealed class XfsSuperblock(byte[] sector)
{
    internal const int Size = 512;

    private const int ChecksumAt = 224;
    private const uint KnownIncompatible = 0x1 | 0x2 | 0x4 | 0x8 | 0x20 | 0x40 | 0x80;

    internal bool HasMagic => sector.AsSpan().StartsWith("XFSB"u8);

    internal int BlockSize => (int)U32(4);

    internal ulong BlocksCount => U64(8);

    internal ulong LogStart => U64(48);

    internal ulong RootInode => U64(56);

    internal uint GroupBlocks => U32(84);

    internal uint GroupsCount => U32(88);

    internal uint LogBlocks => U32(96);

    internal bool IsV5 => (U16(100) & 0xF) == 5;

    internal int SectorSize => U16(102);

    internal int InodeSize => U16(104);

    internal string? Label => UnixName.Label(sector.AsSpan(108, 12));

    internal string? Uuid => UnixName.Uuid(sector.AsSpan(32, 16));

    internal int InodesPerBlockLog => sector[123];

    internal int GroupBlocksLog => sector[124];

    internal int DirectoryBlockLog => sector[192];

    internal uint LogStripe => U32(196);

    /// <summary>The 512-byte block of the log that the superblock was last written through; 0 where version 4 does not say.</summary>
    internal uint LastLogBlock => IsV5 ? U32(244) : 0;

    /// <summary>Whether entries of directories say what they name.</summary>
    internal bool HasFileType => IsV5 ? (U32(216) & 0x1) != 0 : (U16(100) & 0x8000) != 0 && (U32(200) & 0x200) != 0;

    /// <summary>Whether names of plain letters compare without case (<c>mkfs.xfs -n version=ci</c>).</summary>
    internal bool IgnoresCase => (U16(100) & 0x4000) != 0;

    /// <summary>Features that change what must be read and that this reader does not know; null when there are none.</summary>
    internal string? UnknownFeatures()
    {
        var unknown = IsV5 ? U32(216) & ~KnownIncompatible : 0;
        if (unknown == 0)
            return null;

        return string.Join(", ", Enumerable.Range(0, 32).Select(bit => 1u << bit).Where(bit => (unknown & bit) != 0).Select(bit => bit switch
        {
            0x10 => "needsrepair (xfs_repair must run first)",
            0x100 => "metadir",
            0x200 => "zoned",
            _ => FormattableString.Invariant($"0x{bit:x}"),
        }));
    }

    /// <summary>What is wrong with it: what was expected, and what stands there; null when it can be used.</summary>
    internal (long Offset, string Expected, string Actual)? Problem()
    {
        var version = U16(100);
        if ((version & 0xF) is not (4 or 5) || ((version & 0xF) == 4 && (version & 0x2000) == 0))
            return (100, "version 4 or 5 with directories of version 2", FormattableString.Invariant($"0x{version:x4}"));

        if (!IsLog(BlockSize, sector[120], 9, 16) || !IsLog(SectorSize, sector[121], 9, 15) || !IsLog(InodeSize, sector[122], 8, 11))
            return (120, "sizes of blocks, sectors and inodes", FormattableString.Invariant($"{U32(4)}, {SectorSize}, {InodeSize}"));

        if (InodeSize > BlockSize || sector[123] != sector[120] - sector[122])
            return (123, "inodes that fill a block", FormattableString.Invariant($"2^{sector[123]} in a block"));

        if (GroupBlocks == 0 || GroupsCount == 0 || GroupBlocksLog > 31 || GroupBlocks > 1UL << GroupBlocksLog)
            return (84, "sizes of allocation groups", FormattableString.Invariant($"{GroupsCount} of {GroupBlocks} blocks, 2^{GroupBlocksLog}"));

        if (BlocksCount == 0 || BlocksCount > (ulong)GroupBlocks * GroupsCount || BlocksCount > (1UL << 62) >> sector[120])
            return (8, "a number of blocks", FormattableString.Invariant($"{BlocksCount}"));

        return DirectoryBlockLog + sector[120] > 16
            ? (192, "directory blocks of at most 64 KiB", FormattableString.Invariant($"2^{DirectoryBlockLog} blocks"))
            : null;
    }

    /// <summary>Whether the sum over the whole first sector, which may be longer than what is known of it, is right.</summary>
    internal static bool ChecksumFits(byte[] wholeSector) => XfsDisk.ChecksumFits(wholeSector, ChecksumAt);

    private static bool IsLog(int size, int log, int least, int most) => log >= least && log <= most && size == 1 << log;

    private ushort U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(sector.AsSpan(at));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(sector.AsSpan(at));

    private ulong U64(int at) => BinaryPrimitives.ReadUInt64BigEndian(sector.AsSpan(at));
}
