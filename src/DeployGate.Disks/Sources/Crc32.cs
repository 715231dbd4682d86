namespace DeployGate.Disks.Sources;

/// <summary>CRC-32 as partition tables and LVM use it.</summary>
internal static class Crc32
{
    private static readonly uint[] s_table = [.. Enumerable.Range(0, 256).Select(index =>
    {
        var value = (uint)index;
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;
        }

        return value;
    })];

    /// <summary>CRC-32 of ISO 3309, as GPT has it.</summary>
    internal static uint Ieee(ReadOnlySpan<byte> bytes) => ~Ieee(uint.MaxValue, bytes);

    /// <summary>One step of the same without the inversions, for formats with an initial value of their own.</summary>
    internal static uint Ieee(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
        {
            crc = (crc >> 8) ^ s_table[(byte)(crc ^ one)];
        }

        return crc;
    }
}
