using System.Buffers.Binary;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;

namespace DeployGate.Disks.Xfs;

/// <summary>What every reader of an XFS structure needs: the bytes, the superblock, blocks that were read already.</summary>
internal sealed class XfsDisk(IByteSource volume, XfsSuperblock superblock)
{
    private readonly BlockCache _cache = new(volume);

    internal IByteSource Volume => volume;

    internal XfsSuperblock Superblock => superblock;

    internal int BlockSize { get; } = superblock.BlockSize;

    internal bool IsV5 { get; } = superblock.IsV5;

    internal int DirectoryBlockSize { get; } = superblock.BlockSize << superblock.DirectoryBlockLog;

    internal string Name(string what) => $"{volume.Name}: xfs {what}";

    /// <summary>The byte where a block of the file system starts: its number holds the allocation group in the upper bits.</summary>
    internal long OffsetOf(ulong block, string place)
    {
        var group = block >> superblock.GroupBlocksLog;
        var within = block & ((1UL << superblock.GroupBlocksLog) - 1);
        var number = (group * superblock.GroupBlocks) + within;
        if (group >= superblock.GroupsCount || within >= superblock.GroupBlocks || number >= superblock.BlocksCount)
            throw Fault.At(place, null, "a block within its allocation group", FormattableString.Invariant($"block {within} of group {group}"));

        return (long)number * BlockSize;
    }

    /// <summary>A block of metadata.</summary>
    internal byte[] Block(ulong block, string place, Action<byte[]>? verify = null) => _cache.Read(OffsetOf(block, place), BlockSize, verify);

    /// <summary>An inode's bytes, and where they start.</summary>
    internal (byte[] Raw, long Offset) Inode(ulong number, string place)
    {
        var perBlock = superblock.InodesPerBlockLog;
        var offset = OffsetOf(number >> perBlock, place) + ((long)(number & ((1UL << perBlock) - 1)) * superblock.InodeSize);

        // Neighbours are often wanted next (a directory that is listed), but a block may be 64 KiB.
        var piece = Math.Max(superblock.InodeSize, Math.Min(4096, BlockSize));
        var start = offset / piece * piece;
        return (_cache.Read(start, piece).AsSpan((int)(offset - start), superblock.InodeSize).ToArray(), offset);
    }

    /// <summary>Whether the checksum kept at <paramref name="at"/> is that of all the bytes.</summary>
    internal static bool ChecksumFits(ReadOnlySpan<byte> bytes, int at) =>
        ~Castagnoli.AppendWithHole(uint.MaxValue, bytes, at, 4) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    internal static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);

    internal static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);

    internal static ulong U64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64BigEndian(bytes[at..]);
}
