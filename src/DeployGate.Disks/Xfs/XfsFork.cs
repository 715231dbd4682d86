using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;

namespace DeployGate.Disks.Xfs;

/// <summary>Finds the pieces of a data fork: a list of extents in the inode, or a B+tree whose root is there.</summary>
internal static class XfsFork
{
    private const int RecordSize = 16;
    private const int MostLevels = 9;
    private const int ShortHead = 24;
    private const int LongHead = 72;
    private const int ChecksumAt = 64;

    // Offsets in a file have 54 bits, in blocks.
    private const ulong Beyond = 1UL << 54;

    /// <summary>The piece that holds the byte at <paramref name="offset"/>.</summary>
    internal static FileRun Locate(XfsInode inode, long offset)
    {
        var wanted = (ulong)(offset / inode.Disk.BlockSize);
        var fork = inode.DataFork;
        switch (inode.Format)
        {
            case XfsForkFormat.Extents:
                var count = inode.ExtentsCount;
                if (count > (ulong)(fork.Length / RecordSize))
                    throw Fault.At(inode.Place, null, FormattableString.Invariant($"at most {fork.Length / RecordSize} extents in the inode"), FormattableString.Invariant($"{count}"));

                return InRecords(inode, fork[..((int)count * RecordSize)], wanted, Beyond);
            case XfsForkFormat.Tree:
                return InTree(inode, fork, wanted);
            default:
                throw Fault.At(inode.Place, null, "extents or a B+tree", FormattableString.Invariant($"format {(int)inode.Format}"));
        }
    }

    private static FileRun InTree(XfsInode inode, ReadOnlySpan<byte> fork, ulong wanted)
    {
        int level = XfsDisk.U16(fork, 0);
        if (level is 0 or > MostLevels)
            throw Fault.At(inode.Place, null, FormattableString.Invariant($"a B+tree of 1 to {MostLevels} levels"), FormattableString.Invariant($"{level}"));

        // The root is a node without a head: its keys, then, where the last possible key would end, its pointers.
        var end = Beyond;
        var head = inode.Disk.IsV5 ? LongHead : ShortHead;
        var child = Below(inode, fork[4..], XfsDisk.U16(fork, 2), wanted, ref end);
        while (child is { } block)
        {
            level--;
            var node = inode.Disk.Block(block, inode.Place, bytes => Verify(inode, bytes, block));
            if (XfsDisk.U16(node, 4) != level)
                throw Fault.At(inode.Place, null, FormattableString.Invariant($"level {level} of the B+tree"), FormattableString.Invariant($"{XfsDisk.U16(node, 4)}"));

            var body = node.AsSpan(head);
            int count = XfsDisk.U16(node, 6);
            if (level == 0)
            {
                Fits(inode, count, body.Length / RecordSize);
                return InRecords(inode, body[..(count * RecordSize)], wanted, end);
            }

            child = Below(inode, body, count, wanted, ref end);
        }

        return Run(inode, wanted, end - wanted, null);
    }

    // The child whose first key is the last one at or before the block; null when all come behind it.
    private static ulong? Below(XfsInode inode, ReadOnlySpan<byte> body, int count, ulong wanted, ref ulong end)
    {
        var most = body.Length / RecordSize;
        Fits(inode, count, most);
        var at = -1;
        for (var i = 0; i < count; i++)
        {
            var key = XfsDisk.U64(body, i * 8);
            if (key > wanted)
            {
                end = Math.Min(end, key);
                break;
            }

            at = i;
        }

        return at < 0 ? null : XfsDisk.U64(body, (most * 8) + (at * 8));
    }

    private static FileRun InRecords(XfsInode inode, ReadOnlySpan<byte> records, ulong wanted, ulong end)
    {
        if (wanted >= Beyond)
            throw Fault.At(inode.Place, null, "a block below 2^54", FormattableString.Invariant($"block {wanted}"));

        ulong before = 0;
        for (var at = 0; at < records.Length; at += RecordSize)
        {
            var upper = XfsDisk.U64(records, at);
            var lower = XfsDisk.U64(records, at + 8);
            var first = (upper >> 9) & (Beyond - 1);
            var count = lower & 0x1FFFFF;
            if (first < before || count == 0)
                throw Fault.At(inode.Place, null, "extents in order", FormattableString.Invariant($"{count} blocks at {first}"));

            before = first + count;
            if (first > wanted)
                return Run(inode, wanted, Math.Min(first, end) - wanted, null);

            if (wanted < before)
                return Extent(inode, first, count, ((upper & 0x1FF) << 43) | (lower >> 21), upper >> 63 != 0);
        }

        return Run(inode, wanted, end > wanted ? end - wanted : 1, null);
    }

    private static FileRun Extent(XfsInode inode, ulong first, ulong count, ulong block, bool unwritten)
    {
        var physical = inode.Disk.OffsetOf(block, inode.Place);
        if (inode.Disk.OffsetOf(block + count - 1, inode.Place) - physical != (long)(count - 1) * inode.Disk.BlockSize)
            throw Fault.At(inode.Place, physical, "extents within an allocation group", FormattableString.Invariant($"{count} blocks"));

        return Run(inode, first, count, unwritten ? null : physical);
    }

    // Files end long before 2^63 bytes; a hole behind the last extent reaches further than the numbers do.
    private static FileRun Run(XfsInode inode, ulong first, ulong blocks, long? physical)
    {
        var start = (long)first * inode.Disk.BlockSize;
        var most = (long.MaxValue - start) / inode.Disk.BlockSize;
        return new FileRun(start, (long)Math.Min(blocks, (ulong)most) * inode.Disk.BlockSize, physical);
    }

    private static void Fits(XfsInode inode, int count, int most)
    {
        if (count == 0 || count > most)
            throw Fault.At(inode.Place, null, FormattableString.Invariant($"1 to {most} entries in a block of the B+tree"), FormattableString.Invariant($"{count}"));
    }

    private static void Verify(XfsInode inode, byte[] block, ulong number)
    {
        var magic = inode.Disk.IsV5 ? "BMA3"u8 : "BMAP"u8;
        if (!block.AsSpan().StartsWith(magic) || (inode.Disk.IsV5 && !XfsDisk.ChecksumFits(block, ChecksumAt)))
            throw Fault.At(inode.Place, inode.Disk.OffsetOf(number, inode.Place), "a block of its B+tree with its checksum", "something else");
    }
}
