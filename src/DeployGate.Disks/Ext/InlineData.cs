using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Ext;

/// <summary>Contents that stand in the inode itself: 60 bytes where the block map would be, the rest as the attribute <c>system.data</c>.</summary>
/// <seealso href="https://docs.kernel.org/filesystems/ext4/dynamic.html#inline-data"/>
internal static class InlineData
{
    private const uint AttributeMagic = 0xEA020000;
    private const int EntryHead = 16;
    private const int SystemNamespace = 7;

    /// <summary>The bytes in the attribute; none when there is no such attribute.</summary>
    internal static ReadOnlySpan<byte> Rest(ExtInode inode)
    {
        var raw = inode.Raw;
        var start = inode.AttributesAt;
        if (start + 8 > raw.Length || ExtDisk.U32(raw, start) != AttributeMagic)
            return [];

        var entries = raw[(start + 4)..];
        for (var at = 0; at + EntryHead <= entries.Length && ExtDisk.U32(entries, at) != 0;)
        {
            var entry = entries[at..];
            int nameLength = entry[0];
            if (EntryHead + nameLength > entry.Length)
                throw Fault.At(inode.Place, null, "a name of an attribute within the inode", FormattableString.Invariant($"{nameLength} bytes"));

            if (entry[1] == SystemNamespace && entry.Slice(EntryHead, nameLength).SequenceEqual("data"u8))
                return Value(inode, entries, entry);

            at += (EntryHead + nameLength + 3) & ~3;
        }

        return [];
    }

    /// <summary>All bytes of a file or link that is kept in its inode.</summary>
    internal static byte[] Contents(ExtInode inode)
    {
        var rest = Rest(inode);
        if (inode.Size > ExtInode.BlockFieldSize + rest.Length)
            throw Fault.At(inode.Place, null, FormattableString.Invariant($"{inode.Size} bytes in the inode"), FormattableString.Invariant($"room for {ExtInode.BlockFieldSize + rest.Length}"));

        var contents = new byte[inode.Size];
        var head = (int)Math.Min(contents.Length, ExtInode.BlockFieldSize);
        inode.BlockField[..head].CopyTo(contents);
        rest[..(contents.Length - head)].CopyTo(contents.AsSpan(head));
        return contents;
    }

    private static ReadOnlySpan<byte> Value(ExtInode inode, ReadOnlySpan<byte> entries, ReadOnlySpan<byte> entry)
    {
        if (ExtDisk.U32(entry, 4) != 0)
            throw Fault.At(inode.Place, null, "inline data in the inode", FormattableString.Invariant($"in another inode ({ExtDisk.U32(entry, 4)})"));

        long offset = ExtDisk.U16(entry, 2);
        long size = ExtDisk.U32(entry, 8);
        if (offset + size > entries.Length)
            throw Fault.At(inode.Place, null, "inline data within the inode", FormattableString.Invariant($"{size} bytes at {offset}"));

        return entries.Slice((int)offset, (int)size);
    }
}
