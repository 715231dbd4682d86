using System.Buffers.Binary;
using System.Numerics;

namespace DeployGate.Disks.Sources;

/// <summary>CRC-32C as the Linux file systems and VHDX use it: without the final inversion, so that pieces can be chained.</summary>
internal static class Castagnoli
{
    internal static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        foreach (var one in bytes)
            crc = BitOperations.Crc32C(crc, one);

        return crc;
    }

    internal static uint Append(uint crc, uint littleEndian) => BitOperations.Crc32C(crc, littleEndian);

    /// <summary>The sum over <paramref name="bytes"/> with <paramref name="width"/> bytes at <paramref name="hole"/> (where the sum itself is kept) taken as zeros.</summary>
    internal static uint AppendWithHole(uint crc, ReadOnlySpan<byte> bytes, int hole, int width)
    {
        crc = Append(crc, bytes[..hole]);
        for (var i = 0; i < width; i++)
            crc = BitOperations.Crc32C(crc, (byte)0);

        return Append(crc, bytes[(hole + width)..]);
    }
}
