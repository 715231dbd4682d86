using System.Buffers.Binary;
using System.Numerics;

namespace DeployGate.Disks.Ntfs;

/// <summary>The compression of NTFS.</summary>
/// <seealso href="https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-xca/5655f4a3-6ba4-489b-959f-e1f407c52f15"/>
internal static class Lznt1
{
    internal const int ChunkSize = 4096;

    /// <summary>Expands; what the chunks leave open is zeros. False when the bytes are not such chunks.</summary>
    internal static bool TryExpand(ReadOnlySpan<byte> packed, Span<byte> destination)
    {
        while (packed.Length >= 2 && !destination.IsEmpty)
        {
            var header = BinaryPrimitives.ReadUInt16LittleEndian(packed);
            if (header == 0)
            {
                break;
            }

            var length = (header & 0xfff) + 1;
            // A chunk tells of 4096 bytes and the next one starts after them, also when its own bytes end early.
            var chunk = destination[..Math.Min(ChunkSize, destination.Length)];
            if ((header >> 12 & 7) != 3 || length > packed.Length - 2 || !TryChunk(packed.Slice(2, length), (header & 0x8000) != 0, chunk))
            {
                return false;
            }

            packed = packed[(2 + length)..];
            destination = destination[chunk.Length..];
        }

        destination.Clear();
        return true;
    }

    private static bool TryChunk(ReadOnlySpan<byte> bytes, bool isPacked, Span<byte> chunk)
    {
        if (isPacked)
        {
            return TryTokens(bytes, chunk);
        }

        var count = Math.Min(bytes.Length, chunk.Length);
        bytes[..count].CopyTo(chunk);
        chunk[count..].Clear();
        return true;
    }

    private static bool TryTokens(ReadOnlySpan<byte> bytes, Span<byte> chunk)
    {
        var written = 0;
        for (var at = 0; at < bytes.Length;)
        {
            var flags = bytes[at++];
            for (var bit = 0; bit < 8 && at < bytes.Length; bit++)
            {
                if ((flags >> bit & 1) == 0)
                {
                    if (written == chunk.Length)
                    {
                        return false;
                    }

                    chunk[written++] = bytes[at++];
                }
                else if (at + 2 > bytes.Length || !TryCopy(BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]), chunk, ref written))
                {
                    return false;
                }
                else
                {
                    at += 2;
                }
            }
        }

        chunk[written..].Clear();
        return true;
    }

    private static bool TryCopy(ushort token, Span<byte> chunk, ref int written)
    {
        if (written == 0)
        {
            return false;
        }

        // The further into the chunk, the more of the 16 bits tell the distance.
        var lengthBits = 16 - Math.Max(4, BitOperations.Log2((uint)written - 1 | 1) + 1);
        var distance = (token >> lengthBits) + 1;
        var length = (token & (1 << lengthBits) - 1) + 3;
        if (distance > written || length > chunk.Length - written)
        {
            return false;
        }

        for (var i = 0; i < length; i++, written++)
        {
            chunk[written] = chunk[written - distance];
        }

        return true;
    }
}
