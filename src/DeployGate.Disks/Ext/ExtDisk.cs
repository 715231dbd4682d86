using System.Buffers.Binary;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;

namespace DeployGate.Disks.Ext;

/// <summary>What every reader of an ext structure needs: the bytes, the superblock, blocks that were read already.</summary>
internal sealed class ExtDisk(IByteSource volume, ExtSuperblock superblock)
{
    // Inodes and descriptors are read in pieces of this size at most: blocks may be 64 KiB, and one inode is wanted.
    private const int Piece = 4096;

    private readonly BlockCache _cache = new(volume);

    internal IByteSource Volume => volume;

    internal ExtSuperblock Superblock => superblock;

    internal int BlockSize { get; } = superblock.BlockSize;

    internal ulong BlocksCount { get; } = superblock.BlocksCount;

    internal bool HasMetadataChecksums { get; } = superblock.HasMetadataChecksums;

    internal uint ChecksumSeed { get; } = superblock.ChecksumSeed;

    internal string Name(string what) => $"{volume.Name}: {superblock.FileSystem} {what}";

    /// <summary>The byte where a block starts.</summary>
    internal long OffsetOf(ulong block, string place)
    {
        if (block == 0 || block >= BlocksCount)
            throw Fault.At(place, null, FormattableString.Invariant($"a block below {BlocksCount}"), FormattableString.Invariant($"block {block}"));

        return (long)block * BlockSize;
    }

    /// <summary>A whole block of metadata.</summary>
    internal byte[] Block(ulong block, string place, Action<byte[]>? verify = null) => _cache.Read(OffsetOf(block, place), BlockSize, verify);

    /// <summary>The record of a table that starts at <paramref name="table"/>; sizes are powers of two, so that none straddles two pieces.</summary>
    internal ReadOnlySpan<byte> Record(long table, ulong index, int size)
    {
        var offset = table + checked((long)index * size);
        var piece = Math.Max(size, Math.Min(Piece, BlockSize));
        var start = offset / piece * piece;
        return _cache.Read(start, piece).AsSpan((int)(offset - start), size);
    }

    internal static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    internal static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
