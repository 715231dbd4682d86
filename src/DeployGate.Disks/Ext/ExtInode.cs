using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;

namespace DeployGate.Disks.Ext;

/// <summary>One inode: what it is, how long, and the bytes that say where its contents lie.</summary>
/// <param name="disk">Where it lies.</param>
/// <param name="number">Its number, from 1.</param>
/// <param name="raw">Its bytes; a copy of their own.</param>
/// <seealso href="https://docs.kernel.org/filesystems/ext4/dynamic.html#index-nodes"/>
internal sealed class ExtInode(ExtDisk disk, uint number, byte[] raw)
{
    internal const int BlockFieldAt = 0x28;
    internal const int BlockFieldSize = 60;

    private const int OldSize = 128;
    private const uint EncryptFlag = 0x800;
    private const uint IndexFlag = 0x1000;
    private const uint ExtentsFlag = 0x80000;
    private const uint InlineFlag = 0x10000000;
    private const uint CasefoldFlag = 0x40000000;

    internal uint Number => number;

    internal ExtDisk Disk => disk;

    internal ReadOnlySpan<byte> Raw => raw;

    internal string Place { get; } = disk.Name(FormattableString.Invariant($"inode {number}"));

    internal FileKind? Kind => UnixMode.KindOf(ExtDisk.U16(raw, 0));

    internal ReadOnlySpan<byte> BlockField => raw.AsSpan(BlockFieldAt, BlockFieldSize);

    internal bool IsEncrypted => Has(EncryptFlag);

    internal bool IsIndexed => Has(IndexFlag);

    internal bool HasExtents => Has(ExtentsFlag);

    internal bool HasInlineData => Has(InlineFlag);

    internal bool IsCasefolded => Has(CasefoldFlag);

    /// <summary>Number of bytes of its contents.</summary>
    internal long Size
    {
        get
        {
            var size = ExtDisk.U32(raw, 0x04) | ((ulong)ExtDisk.U32(raw, 0x6C) << 32);
            if (size > long.MaxValue / 2)
                throw Fault.At(Place, null, "a size", FormattableString.Invariant($"0x{size:x}"));

            return (long)size;
        }
    }

    /// <summary>What the checksums of everything that belongs to this inode start from.</summary>
    internal uint ChecksumSeed => Castagnoli.Append(Castagnoli.Append(disk.ChecksumSeed, number), ExtDisk.U32(raw, 0x64));

    /// <summary>Where the attributes inside the inode start; the inode's length when there is no room for them.</summary>
    internal int AttributesAt => raw.Length > OldSize ? OldSize + ExtDisk.U16(raw, 0x80) : raw.Length;

    internal void Verify(long offset)
    {
        if (!disk.HasMetadataChecksums)
            return;

        uint stored = ExtDisk.U16(raw, 0x7C);
        var crc = Castagnoli.AppendWithHole(ChecksumSeed, raw.AsSpan(0, OldSize), 0x7C, 2);
        if (raw.Length > OldSize)
        {
            var hasUpperHalf = ExtDisk.U16(raw, 0x80) >= 4;
            crc = hasUpperHalf ? Castagnoli.AppendWithHole(crc, raw.AsSpan(OldSize), 2, 2) : Castagnoli.Append(crc, raw.AsSpan(OldSize));
            stored |= hasUpperHalf ? (uint)ExtDisk.U16(raw, 0x82) << 16 : 0;
            crc = hasUpperHalf ? crc : crc & 0xFFFF;
        }
        else
        {
            crc &= 0xFFFF;
        }

        if (stored != crc)
            throw Fault.At(Place, offset, FormattableString.Invariant($"the checksum 0x{crc:x}"), FormattableString.Invariant($"0x{stored:x}"));
    }

    private bool Has(uint flag) => (ExtDisk.U32(raw, 0x20) & flag) != 0;
}
