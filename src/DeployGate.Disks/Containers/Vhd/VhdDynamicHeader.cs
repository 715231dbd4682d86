using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Containers.Vhd;

/// <summary>The header of a dynamic or differencing VHD: 1024 bytes, big-endian, where the footer says.</summary>
/// <param name="TableOffset">Where the block allocation table lies in the file.</param>
/// <param name="TableEntries">Entries of the table.</param>
/// <param name="BlockSize">Bytes of a block's data, a power of two.</param>
/// <param name="ParentId">The identity of the parent.</param>
/// <param name="Locators">The eight parent locators, 24 bytes each.</param>
internal sealed record VhdDynamicHeader(long TableOffset, uint TableEntries, int BlockSize, ImmutableArray<byte> ParentId, ImmutableArray<byte> Locators)
{
    private const int Size = 1024;
    private const int MaxBlockSize = 256 << 20;

    internal static VhdDynamicHeader Read(IByteSource file, VhdFooter footer)
    {
        var place = $"{file.Name}: VHD dynamic header";
        var bytes = file.ReadBytes(footer.DataOffset, Size).AsSpan();
        if (!bytes.StartsWith("cxsparse"u8))
        {
            throw Fault.At(place, footer.DataOffset, "'cxsparse'", "other bytes");
        }

        if (VhdFooter.Checksum(bytes, 36) != BinaryPrimitives.ReadUInt32BigEndian(bytes[36..]))
        {
            throw Fault.At(place, footer.DataOffset + 36, "a right checksum", "a wrong one: the header is torn, and has no copy");
        }

        var blockSize = BinaryPrimitives.ReadUInt32BigEndian(bytes[32..]);
        if (blockSize is < 512 or > MaxBlockSize || !BitOperations.IsPow2(blockSize))
        {
            throw Fault.At(place, footer.DataOffset + 32, "a block size that is a power of two from 512 bytes to 256 MiB", FormattableString.Invariant($"{blockSize}"));
        }

        return new VhdDynamicHeader(
            BinaryPrimitives.ReadInt64BigEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[28..]),
            (int)blockSize,
            [.. bytes.Slice(40, 16)],
            [.. bytes.Slice(576, 8 * VhdParentLocator.Size)]);
    }
}
