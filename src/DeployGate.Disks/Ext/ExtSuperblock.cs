using System.Buffers.Binary;
using System.Numerics;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;

namespace DeployGate.Disks.Ext;

/// <summary>The 1 024 bytes that describe an ext file system.</summary>
/// <seealso href="https://docs.kernel.org/filesystems/ext4/globals.html#super-block"/>
internal sealed class ExtSuperblock(byte[] bytes)
{
    internal const int Size = 1024;
    internal const int Position = 1024;

    private const uint CleanState = 0x1;
    private const uint ErrorState = 0x2;

    internal bool HasMagic => U16(0x38) == 0xEF53;

    internal uint InodesCount => U32(0x00);

    internal ulong BlocksCount => U32(0x04) | (Is64Bit ? (ulong)U32(0x150) << 32 : 0);

    internal uint FirstDataBlock => U32(0x14);

    internal int BlockSize => 1024 << (int)Math.Min(U32(0x18), 6);

    internal uint BlocksPerGroup => U32(0x20);

    internal uint InodesPerGroup => U32(0x28);

    internal bool IsClean => (U16(0x3A) & CleanState) != 0;

    internal bool HasErrors => (U16(0x3A) & ErrorState) != 0;

    internal int GroupNumber => U16(0x5A);

    internal int InodeSize => IsDynamic ? U16(0x58) : 128;

    internal uint Compatible => IsDynamic ? U32(0x5C) : 0;

    internal uint Incompatible => IsDynamic ? U32(0x60) : 0;

    internal uint ReadOnlyCompatible => IsDynamic ? U32(0x64) : 0;

    internal ReadOnlySpan<byte> UuidBytes => bytes.AsSpan(0x68, 16);

    internal string? Uuid => UnixName.Uuid(UuidBytes);

    internal string? Label => UnixName.Label(bytes.AsSpan(0x78, 16));

    internal bool Is64Bit => (Incompatible & ExtFeatures.SixtyFourBit) != 0;

    internal int DescriptorSize => Is64Bit ? U16(0xFE) : 32;

    internal uint FirstMetaBlockGroup => U32(0x104);

    internal bool HasMetadataChecksums => (ReadOnlyCompatible & ExtFeatures.MetadataChecksum) != 0;

    /// <summary>What every checksum of metadata starts from.</summary>
    internal uint ChecksumSeed => (Incompatible & ExtFeatures.ChecksumSeed) != 0 ? U32(0x270) : Castagnoli.Append(uint.MaxValue, UuidBytes);

    internal ulong GroupsCount => (BlocksCount - FirstDataBlock + BlocksPerGroup - 1) / BlocksPerGroup;

    internal string FileSystem => ExtFeatures.FileSystem(Compatible, Incompatible, ReadOnlyCompatible);

    private bool IsDynamic => U32(0x4C) >= 1;

    /// <summary>Whether a group keeps copies of superblock and descriptors, which then stand before what else is at its start.</summary>
    internal bool HasCopy(ulong group)
    {
        if (group == 0)
            return true;

        if ((Compatible & ExtFeatures.SparseSuper2) != 0)
            return group == U32(0x24C) || group == U32(0x250);

        if (group == 1 || (ReadOnlyCompatible & ExtFeatures.SparseSuper) == 0)
            return true;

        return IsPower(group, 3) || IsPower(group, 5) || IsPower(group, 7);
    }

    /// <summary>What is wrong with it: what was expected, and what stands there; null when it can be used.</summary>
    internal (long Offset, string Expected, string Actual)? Problem()
    {
        if (HasMetadataChecksums && Castagnoli.Append(uint.MaxValue, bytes.AsSpan(0, 0x3FC)) != U32(0x3FC))
            return (0x3FC, "the checksum of the superblock", FormattableString.Invariant($"0x{U32(0x3FC):x8}"));

        if (U32(0x18) > 6)
            return (0x18, "a block size of 1 to 64 KiB", FormattableString.Invariant($"2^{U32(0x18)} KiB"));

        if (BlocksPerGroup < 8 || InodesPerGroup == 0 || InodesPerGroup > 8 * BlockSize)
            return (0x20, "sizes of block groups", FormattableString.Invariant($"{BlocksPerGroup} blocks, {InodesPerGroup} inodes"));

        if (BlocksCount <= FirstDataBlock || BlocksCount > (1UL << 62) / (ulong)BlockSize)
            return (0x04, "a number of blocks", FormattableString.Invariant($"{BlocksCount}"));

        if (InodeSize < 128 || InodeSize > BlockSize || !BitOperations.IsPow2(InodeSize))
            return (0x58, "a size of inodes", FormattableString.Invariant($"{InodeSize}"));

        if (Is64Bit && (DescriptorSize < 64 || DescriptorSize > 1024 || !BitOperations.IsPow2(DescriptorSize)))
            return (0xFE, "a size of group descriptors", FormattableString.Invariant($"{DescriptorSize}"));

        return null;
    }

    private static bool IsPower(ulong number, ulong of)
    {
        while (number % of == 0)
            number /= of;

        return number == 1;
    }

    private ushort U16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
}
