using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;

namespace DeployGate.Disks.Ext;

/// <summary>The tree of extents that says where the pieces of a file lie. Its root is in the inode.</summary>
/// <seealso href="https://docs.kernel.org/filesystems/ext4/dynamic.html#extent-tree"/>
internal static class ExtentTree
{
    private const int EntrySize = 12;
    private const int MostLevels = 5;
    private const int LongestWritten = 32768;

    // A file has at most 2^32 blocks.
    private const long LastBlock = 1L << 32;

    /// <summary>The piece that holds the byte at <paramref name="offset"/>.</summary>
    internal static FileRun Locate(ExtInode inode, long offset)
    {
        var wanted = offset / inode.Disk.BlockSize;
        if (wanted >= LastBlock)
            throw Fault.At(inode.Place, null, "a block below 2^32", FormattableString.Invariant($"block {wanted}"));

        var node = inode.BlockField;
        var end = LastBlock;
        var depth = Depth(inode, node, MostLevels);
        while (true)
        {
            var at = LastNotAfter(inode, node, wanted, ref end);
            if (depth == 0)
                return Leaf(inode, node, at, wanted, end);

            if (at < 0)
                return Run(inode, wanted, end - wanted, null);

            var entry = node[at..];
            var child = ExtDisk.U32(entry, 4) | ((ulong)ExtDisk.U16(entry, 8) << 32);
            node = inode.Disk.Block(child, inode.Place, block => Verify(inode, block, child));
            depth = Depth(inode, node, depth - 1);
        }
    }

    private static FileRun Leaf(ExtInode inode, ReadOnlySpan<byte> node, int at, long wanted, long end)
    {
        if (at < 0)
            return Run(inode, wanted, end - wanted, null);

        var entry = node[at..];
        long first = ExtDisk.U32(entry, 0);
        long length = ExtDisk.U16(entry, 4);
        var written = length <= LongestWritten;
        length = written ? length : length - LongestWritten;
        if (length == 0)
            throw Fault.At(inode.Place, null, "extents of at least one block", "an empty extent");

        if (wanted >= first + length)
            return Run(inode, wanted, end - wanted, null);

        var block = ExtDisk.U32(entry, 8) | ((ulong)ExtDisk.U16(entry, 6) << 32);
        inode.Disk.OffsetOf(block + (ulong)length - 1, inode.Place);
        return Run(inode, first, length, written ? inode.Disk.OffsetOf(block, inode.Place) : null);
    }

    private static FileRun Run(ExtInode inode, long first, long blocks, long? physical) =>
        new(first * inode.Disk.BlockSize, Math.Max(blocks, 1) * inode.Disk.BlockSize, physical);

    // The offset of the last entry that starts at or before the block, -1 when all start behind it; `end` becomes where the next one starts.
    private static int LastNotAfter(ExtInode inode, ReadOnlySpan<byte> node, long wanted, ref long end)
    {
        var count = ExtDisk.U16(node, 2);
        if (EntrySize * (count + 1) > node.Length)
            throw Fault.At(inode.Place, null, FormattableString.Invariant($"at most {(node.Length / EntrySize) - 1} extents in a node"), FormattableString.Invariant($"{count}"));

        var at = -1;
        long before = -1;
        for (var i = 1; i <= count; i++)
        {
            long first = ExtDisk.U32(node, i * EntrySize);
            if (first <= before)
                throw Fault.At(inode.Place, null, "extents in order", FormattableString.Invariant($"block {first} after block {before}"));

            before = first;
            if (first > wanted)
            {
                end = Math.Min(end, first);
                break;
            }

            at = i * EntrySize;
        }

        return at;
    }

    private static int Depth(ExtInode inode, ReadOnlySpan<byte> node, int most)
    {
        int depth = ExtDisk.U16(node, 6);
        if (ExtDisk.U16(node, 0) != 0xF30A)
            throw Fault.At(inode.Place, null, "an extent header (0xf30a)", FormattableString.Invariant($"0x{ExtDisk.U16(node, 0):x4}"));

        // Below the root each level is one less than its parent's, so that the way down ends whatever the blocks say.
        if (depth > most || (most < MostLevels && depth != most))
            throw Fault.At(inode.Place, null, FormattableString.Invariant($"extents of depth {most}"), FormattableString.Invariant($"{depth}"));

        return depth;
    }

    private static void Verify(ExtInode inode, byte[] block, ulong number)
    {
        if (!inode.Disk.HasMetadataChecksums)
            return;

        var tail = EntrySize * (ExtDisk.U16(block, 4) + 1);
        if (tail + 4 > block.Length || Castagnoli.Append(inode.ChecksumSeed, block.AsSpan(0, tail)) != ExtDisk.U32(block, tail))
            throw Fault.At(inode.Place, (long)number * block.Length, "the checksum of a block of extents", "another");
    }
}
