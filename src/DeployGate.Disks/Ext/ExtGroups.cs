using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Ext;

/// <summary>Group descriptors: where each group's inodes lie.</summary>
/// <seealso href="https://docs.kernel.org/filesystems/ext4/globals.html#block-group-descriptors"/>
internal sealed class ExtGroups(ExtDisk disk)
{
    private const int ChecksumAt = 0x1E;

    private readonly int _size = disk.Superblock.DescriptorSize;

    /// <summary>The first byte of a group's inode table.</summary>
    internal long InodeTable(ulong group)
    {
        var place = disk.Name(FormattableString.Invariant($"group descriptor {group}"));
        if (group >= disk.Superblock.GroupsCount)
            throw Fault.At(place, null, FormattableString.Invariant($"a group below {disk.Superblock.GroupsCount}"), "a higher number");

        var perBlock = (ulong)(disk.BlockSize / _size);
        var table = disk.OffsetOf(DescriptorBlock(group / perBlock, perBlock), place);
        var descriptor = disk.Record(table, group % perBlock, _size);
        Verify(descriptor, group, place, table + (long)(group % perBlock * (ulong)_size));
        var high = _size >= 64 ? ExtDisk.U32(descriptor, 0x28) : 0;
        return disk.OffsetOf(((ulong)high << 32) | ExtDisk.U32(descriptor, 0x08), place);
    }

    // With meta_bg the descriptors are spread: each block of them stands at the start of the first group it describes.
    private ulong DescriptorBlock(ulong index, ulong perBlock)
    {
        var superblock = disk.Superblock;
        var superblockBlock = disk.BlockSize == 1024 ? 1UL : 0UL;
        if ((superblock.Incompatible & ExtFeatures.MetaBlockGroups) == 0 || index < superblock.FirstMetaBlockGroup)
            return superblockBlock + 1 + index;

        var group = index * perBlock;
        var skip = superblock.HasCopy(group) ? 1UL : 0UL;
        if (disk.BlockSize == 1024 && group == 0 && superblock.FirstDataBlock == 0)
            skip++;

        return superblock.FirstDataBlock + (group * superblock.BlocksPerGroup) + skip;
    }

    private void Verify(ReadOnlySpan<byte> descriptor, ulong group, string place, long offset)
    {
        var stored = ExtDisk.U16(descriptor, ChecksumAt);
        int expected;
        if (disk.HasMetadataChecksums)
            expected = (ushort)Castagnoli.AppendWithHole(Castagnoli.Append(disk.ChecksumSeed, (uint)group), descriptor, ChecksumAt, 2);
        else if ((disk.Superblock.ReadOnlyCompatible & ExtFeatures.GroupChecksum) != 0)
            expected = OldChecksum(descriptor, (uint)group);
        else
            return;

        if (stored != expected)
            throw Fault.At(place, offset + ChecksumAt, FormattableString.Invariant($"the checksum 0x{expected:x4}"), FormattableString.Invariant($"0x{stored:x4}"));
    }

    // CRC-16 with the polynomial 0x8005 reflected, over the UUID, the group's number and the descriptor without the sum itself.
    private ushort OldChecksum(ReadOnlySpan<byte> descriptor, uint group)
    {
        Span<byte> number = stackalloc byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(number, group);
        var crc = Crc16(Crc16(0xFFFF, disk.Superblock.UuidBytes), number);
        crc = Crc16(crc, descriptor[..ChecksumAt]);
        return _size > 32 ? Crc16(crc, descriptor[(ChecksumAt + 2)..]) : crc;
    }

    private static ushort Crc16(ushort crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
                crc = (ushort)((crc & 1) != 0 ? (crc >> 1) ^ 0xA001 : crc >> 1);
        }

        return crc;
    }
}
