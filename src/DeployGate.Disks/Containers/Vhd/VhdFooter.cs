using System.Buffers.Binary;
using System.Collections.Immutable;

namespace DeployGate.Disks.Containers.Vhd;

/// <summary>The footer of a VHD: 512 bytes, big-endian, at the end of the file and, unless the disk is fixed, also at its beginning.</summary>
/// <param name="DataOffset">Where the dynamic header lies; all ones for a fixed disk.</param>
/// <param name="CurrentSize">Bytes of the disk.</param>
/// <param name="Type">2 fixed, 3 dynamic, 4 differencing.</param>
/// <param name="UniqueId">The disk's identity.</param>
/// <param name="IsWhole">The checksum is right.</param>
internal sealed record VhdFooter(long DataOffset, long CurrentSize, uint Type, ImmutableArray<byte> UniqueId, bool IsWhole)
{
    internal const int Size = 512;

    /// <summary>The footer in these 512 bytes; null when they do not begin with its cookie.</summary>
    internal static VhdFooter? Parse(ReadOnlySpan<byte> bytes) => bytes.Length < Size || !bytes.StartsWith("conectix"u8)
        ? null
        : new VhdFooter(
            BinaryPrimitives.ReadInt64BigEndian(bytes[16..]),
            BinaryPrimitives.ReadInt64BigEndian(bytes[48..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[60..]),
            [.. bytes.Slice(68, 16)],
            Checksum(bytes[..Size], 64) == BinaryPrimitives.ReadUInt32BigEndian(bytes[64..]));

    /// <summary>Ones' complement of the sum of all bytes but the four of the checksum itself.</summary>
    internal static uint Checksum(ReadOnlySpan<byte> bytes, int field)
    {
        uint sum = 0;
        for (var at = 0; at < bytes.Length; at++)
        {
            sum += at >= field && at < field + 4 ? 0u : bytes[at];
        }

        return ~sum;
    }
}
