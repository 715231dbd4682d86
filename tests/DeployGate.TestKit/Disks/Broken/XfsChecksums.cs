using System.Buffers.Binary;
using DeployGate.Disks.Sources;

namespace DeployGate.TestKit.Disks.Broken;

/// <summary>The checksums of XFS of version 5, put right after a change.</summary>
internal static class XfsChecksums
{
    // By the magic numbers that the structures bear.
    internal static void Mend(byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith("XFSB"u8))
            Sum(bytes, 224);
        else if (bytes.AsSpan().StartsWith("BMA3"u8))
            Sum(bytes, 64);
        else if (bytes.AsSpan().StartsWith("XDB3"u8) || bytes.AsSpan().StartsWith("XDD3"u8))
            Sum(bytes, 4);
        else if (bytes.AsSpan().StartsWith("IN"u8))
        {
            for (var at = 0; at + 512 <= bytes.Length; at += 512)
                Sum(bytes.AsSpan(at, 512), 100);
        }
    }

    private static void Sum(Span<byte> bytes, int at) =>
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[at..], ~Castagnoli.AppendWithHole(uint.MaxValue, bytes, at, 4));
}
