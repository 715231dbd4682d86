using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;

namespace DeployGate.Disks.Ext;

/// <summary>
/// Walks a directory from its first block to its last, with or without a hash tree: the tree's own blocks look like blocks without
/// entries. So an absent name is proven by the entries themselves, not by an index that may be wrong.
/// </summary>
/// <seealso href="https://docs.kernel.org/filesystems/ext4/dynamic.html#directory-entries"/>
internal sealed class ExtDirectory(ExtInode inode)
{
    private const int Head = 8;
    private const int TailSize = 12;
    private const byte TailType = 0xDE;

    private readonly ExtDisk _disk = inode.Disk;

    /// <summary>What is done with an entry; false ends the walk.</summary>
    internal delegate bool Visitor(uint number, ReadOnlySpan<byte> name);

    internal void Walk(Visitor visit)
    {
        if (inode.HasInlineData)
        {
            // The first four bytes are the parent's number; both parts are lists of their own.
            if (Entries(inode.BlockField[4..Math.Min(ExtInode.BlockFieldSize, Math.Max(4, (int)Math.Min(inode.Size, 60)))], null, visit))
                Entries(InlineData.Rest(inode), null, visit);

            return;
        }

        WalkBlocks(visit);
    }

    private void WalkBlocks(Visitor visit)
    {
        if (inode.Size % _disk.BlockSize != 0)
            throw Fault.At(inode.Place, null, "a directory of whole blocks", FormattableString.Invariant($"{inode.Size} bytes"));

        long read = 0;
        for (long at = 0; at < inode.Size;)
        {
            var run = ExtFile.Locate(inode, at);
            var end = Math.Min(run.Offset + run.Length, inode.Size);
            if (run.Physical is null)
            {
                // Holes count as well: millions of them take as long to walk as blocks do.
                read = Spend(read);
                at = end;
                continue;
            }

            for (; at < end; at += _disk.BlockSize)
            {
                read = Spend(read);
                var offset = run.Physical.Value + (at - run.Offset);
                var block = _disk.Block((ulong)(offset / _disk.BlockSize), inode.Place, block => Verify(block, offset));
                if (!Entries(block, offset, visit))
                    return;
            }
        }
    }

    private long Spend(long read) => read < UnixName.MostDirectoryBytes
        ? read + _disk.BlockSize
        : throw Fault.At(inode.Place, null, "a directory of at most 64 MiB", FormattableString.Invariant($"{inode.Size} bytes"));

    private bool Entries(ReadOnlySpan<byte> list, long? offset, Visitor visit)
    {
        var at = 0;
        while (at + Head <= list.Length)
        {
            var entry = list[at..];
            var length = RecordLength(entry);
            var number = ExtDisk.U32(entry, 0);
            var nameLength = (_disk.Superblock.Incompatible & ExtFeatures.FileType) != 0 ? entry[6] : ExtDisk.U16(entry, 6);
            if (length < Head || length % 4 != 0 || length > entry.Length || (number != 0 && Head + nameLength > length))
                throw Fault.At(inode.Place, offset + at, "an entry of a directory", FormattableString.Invariant($"a length of {length} for a name of {nameLength} bytes"));

            var name = entry.Slice(Head, number != 0 ? nameLength : 0);
            if (number != 0 && !UnixName.IsDots(name))
            {
                UnixName.Check(name, inode.Place, (offset ?? 0) + at);
                if (!visit(number, name))
                    return false;
            }

            at += length;
        }

        return true;
    }

    // Blocks of 64 KiB have no room for their own length in 16 bits.
    private int RecordLength(ReadOnlySpan<byte> entry)
    {
        int length = ExtDisk.U16(entry, 4);
        if (_disk.BlockSize < 65536)
            return length;

        return length is 0 or 0xFFFF ? _disk.BlockSize : (length & 0xFFFC) | ((length & 3) << 16);
    }

    private void Verify(byte[] block, long offset)
    {
        if (!_disk.HasMetadataChecksums)
            return;

        var tail = block.AsSpan(block.Length - TailSize);
        var isLeaf = ExtDisk.U32(tail, 0) == 0 && ExtDisk.U16(tail, 4) == TailSize && tail[6] == 0 && tail[7] == TailType;
        var fits = isLeaf && Castagnoli.Append(inode.ChecksumSeed, block.AsSpan(0, block.Length - TailSize)) == ExtDisk.U32(tail, 8);

        // The root of a hash tree was a plain block once and may still have that one's tail.
        if (!fits && !IsHashBlock(block))
            throw Fault.At(inode.Place, offset, "the checksum of a block of a directory", "another");
    }

    // A block of the hash tree: after the entries that hide it, a limit and a count, that many pairs of hash and block, and the sum at the limit.
    private bool IsHashBlock(byte[] block)
    {
        var root = RecordLength(block) != block.Length;
        var start = root ? 0x20 : Head;
        if (!inode.IsIndexed || (root && (RecordLength(block) != 12 || block[0x1D] != 8)))
            return false;

        var limit = ExtDisk.U16(block, start);
        var count = ExtDisk.U16(block, start + 2);
        var sumAt = start + (limit * 8);
        if (count > limit || sumAt + 8 > block.Length)
            return false;

        var crc = Castagnoli.Append(inode.ChecksumSeed, block.AsSpan(0, start + (count * 8)));
        crc = Castagnoli.Append(crc, ExtDisk.U32(block, sumAt));
        return Castagnoli.Append(crc, 0u) == ExtDisk.U32(block, sumAt + 4);
    }
}
