using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;

namespace DeployGate.Disks.Xfs;

/// <summary>
/// Walks a directory's entries: those in the inode, or all data blocks one after another. The leaf and free blocks, which lie behind
/// 32 GiB in the directory's own space, are an index only: an absent name is proven by the entries themselves.
/// </summary>
internal sealed class XfsDirectory(XfsInode inode)
{
    private const long LeafSpace = 32L << 30;
    private const int ShortHead = 16;
    private const int LongHead = 64;
    private const int ChecksumAt = 4;

    private readonly XfsDisk _disk = inode.Disk;
    private readonly int _typeBytes = inode.Disk.Superblock.HasFileType ? 1 : 0;

    /// <summary>What is done with an entry; false ends the walk.</summary>
    internal delegate bool Visitor(ulong number, ReadOnlySpan<byte> name);

    internal void Walk(Visitor visit)
    {
        if (inode.Format == XfsForkFormat.Local)
            WalkShort(inode.DataFork, visit);
        else
            WalkBlocks(visit);
    }

    private void WalkShort(ReadOnlySpan<byte> fork, Visitor visit)
    {
        if (inode.Size > fork.Length || inode.Size < 6)
            throw Fault.At(inode.Place, null, FormattableString.Invariant($"a directory of 6 to {fork.Length} bytes in its inode"), FormattableString.Invariant($"{inode.Size} bytes"));

        fork = fork[..(int)inode.Size];
        var wide = fork[1] != 0;
        var count = wide ? Math.Max(fork[0], fork[1]) : fork[0];
        var numberSize = wide ? 8 : 4;
        var at = 2 + numberSize;
        for (var i = 0; i < count; i++)
        {
            var nameLength = at < fork.Length ? fork[at] : 0;
            var nameAt = at + 3;
            var numberAt = nameAt + nameLength + _typeBytes;
            if (numberAt + numberSize > fork.Length)
                throw Fault.At(inode.Place, null, FormattableString.Invariant($"{count} entries in {fork.Length} bytes"), FormattableString.Invariant($"room for {i}"));

            var name = fork.Slice(nameAt, nameLength);
            UnixName.Check(name, inode.Place, at);
            if (!visit(wide ? XfsDisk.U64(fork, numberAt) : XfsDisk.U32(fork, numberAt), name))
                return;

            at = numberAt + numberSize;
        }
    }

    private void WalkBlocks(Visitor visit)
    {
        var size = _disk.DirectoryBlockSize;
        using var space = new MappedByteSource(inode.Place, LeafSpace, _disk.Volume, offset => XfsFork.Locate(inode, offset));
        long read = 0;
        for (long at = 0; at < LeafSpace;)
        {
            read += size;
            if (read > UnixName.MostDirectoryBytes)
                throw Fault.At(inode.Place, null, "a directory of at most 64 MiB", "more");

            var run = XfsFork.Locate(inode, at);
            if (run.Physical is null)
            {
                at = run.Length >= LeafSpace - run.Offset ? LeafSpace : (run.Offset + run.Length + size - 1) / size * size;
                continue;
            }

            // A directory block may lie in several pieces.
            if (!Entries(space.ReadBytes(at, size), at, visit))
                return;

            at += size;
        }
    }

    private bool Entries(ReadOnlySpan<byte> block, long at, Visitor visit)
    {
        var end = End(block, at);
        var position = _disk.IsV5 ? LongHead : ShortHead;
        while (position < end)
        {
            var entry = block[position..end];
            if (entry.Length >= 4 && XfsDisk.U16(entry, 0) == 0xFFFF)
            {
                int unused = XfsDisk.U16(entry, 2);
                if (unused == 0 || unused % 8 != 0 || unused > entry.Length)
                    throw Broken(at + position, FormattableString.Invariant($"{unused} unused bytes"));

                position += unused;
                continue;
            }

            var nameLength = entry.Length > 8 ? entry[8] : 0;
            var length = (8 + 1 + nameLength + _typeBytes + 2 + 7) & ~7;
            if (nameLength == 0 || length > entry.Length)
                throw Broken(at + position, FormattableString.Invariant($"a name of {nameLength} bytes"));

            var name = entry.Slice(9, nameLength);
            position += length;
            if (UnixName.IsDots(name))
                continue;

            UnixName.Check(name, inode.Place, at + position - length);
            if (!visit(XfsDisk.U64(entry, 0), name))
                return false;
        }

        return true;
    }

    // Where the entries of a block end; the only block of a small directory keeps its index behind them.
    private int End(ReadOnlySpan<byte> block, long at)
    {
        var isSingle = block.StartsWith(_disk.IsV5 ? "XDB3"u8 : "XD2B"u8);
        if (!isSingle && !block.StartsWith(_disk.IsV5 ? "XDD3"u8 : "XD2D"u8))
            throw Broken(at, FormattableString.Invariant($"0x{XfsDisk.U32(block, 0):x8}"));

        if (_disk.IsV5 && !XfsDisk.ChecksumFits(block, ChecksumAt))
            throw Broken(at, "another checksum");

        if (!isSingle)
            return block.Length;

        long count = XfsDisk.U32(block, block.Length - 8);
        return count * 8 <= block.Length - 8 - LongHead
            ? block.Length - 8 - (int)(count * 8)
            : throw Broken(at, FormattableString.Invariant($"an index of {count} entries"));
    }

    private DiskFaultException Broken(long at, string actual) => Fault.At(inode.Place, at, "entries of a directory", actual);
}
