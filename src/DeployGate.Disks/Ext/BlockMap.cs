using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;

namespace DeployGate.Disks.Ext;

/// <summary>The older map of a file: twelve blocks named in the inode, then blocks of block numbers, up to three levels.</summary>
/// <seealso href="https://docs.kernel.org/filesystems/ext4/dynamic.html#direct-indirect-block-addressing"/>
internal static class BlockMap
{
    private const int Direct = 12;

    /// <summary>The piece that holds the byte at <paramref name="offset"/>.</summary>
    internal static FileRun Locate(ExtInode inode, long offset)
    {
        var blockSize = inode.Disk.BlockSize;
        var wanted = offset / blockSize;
        if (wanted < Direct)
            return Direction(inode, inode.BlockField[..(Direct * 4)], (int)wanted, wanted);

        var perBlock = (long)blockSize / 4;
        var index = wanted - Direct;
        var covered = 1L;
        for (var level = 1; level <= 3; level++)
        {
            covered *= perBlock;
            if (index < covered)
                return Down(inode, level, index, covered, wanted);

            index -= covered;
        }

        throw Fault.At(inode.Place, null, "a block that the block map reaches", FormattableString.Invariant($"block {wanted}"));
    }

    private static FileRun Down(ExtInode inode, int level, long index, long covered, long wanted)
    {
        var perBlock = inode.Disk.BlockSize / 4;
        var pointer = ExtDisk.U32(inode.BlockField, (Direct + level - 1) * 4);
        while (pointer != 0)
        {
            var block = inode.Disk.Block(pointer, inode.Place);
            covered /= perBlock;
            if (covered == 1)
                return Direction(inode, block, (int)index, wanted);

            pointer = ExtDisk.U32(block, (int)(index / covered) * 4);
            index %= covered;
        }

        // No block of numbers: everything that it would have covered is a hole.
        return new FileRun((wanted - index) * inode.Disk.BlockSize, covered * inode.Disk.BlockSize, null);
    }

    // As many blocks as follow one another, on the volume as in the list; or as many holes.
    private static FileRun Direction(ExtInode inode, ReadOnlySpan<byte> list, int index, long wanted)
    {
        var first = ExtDisk.U32(list, index * 4);
        var count = 1;
        while ((index + count + 1) * 4 <= list.Length && ExtDisk.U32(list, (index + count) * 4) == (first == 0 ? 0 : first + count))
            count++;

        long? physical = null;
        if (first != 0)
        {
            physical = inode.Disk.OffsetOf(first, inode.Place);
            inode.Disk.OffsetOf(first + (ulong)count - 1, inode.Place);
        }

        return new FileRun(wanted * inode.Disk.BlockSize, (long)count * inode.Disk.BlockSize, physical);
    }
}
