using System.Buffers.Binary;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Ntfs;

/// <summary>
/// The guard against torn writes: the last two bytes of every 512 (whatever the sector size) are kept in the header, and a check
/// number stands in their place.
/// </summary>
internal static class UpdateSequence
{
    internal const int Stride = 512;

    /// <summary>Puts the kept bytes back. A block whose parts were not written together is a fault.</summary>
    internal static void Undo(Span<byte> block, string place, long? offset)
    {
        var at = BinaryPrimitives.ReadUInt16LittleEndian(block[4..]);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(block[6..]);
        if (count != block.Length / Stride + 1 || at < 8 || at + 2 * count > Stride - 2)
        {
            throw Fault.At(place, offset + 4, FormattableString.Invariant($"an update sequence of {block.Length / Stride + 1} words"), FormattableString.Invariant($"{count} words at {at}"));
        }

        var check = BinaryPrimitives.ReadUInt16LittleEndian(block[at..]);
        for (var part = 1; part < count; part++)
        {
            var end = part * Stride - 2;
            var found = BinaryPrimitives.ReadUInt16LittleEndian(block[end..]);
            if (found != check)
            {
                throw Fault.At(place, offset + end, FormattableString.Invariant($"the update sequence number {check:x4}"), FormattableString.Invariant($"{found:x4}: the block was not written as a whole"));
            }

            block.Slice(at + 2 * part, 2).CopyTo(block[end..]);
        }
    }
}
