namespace DeployGate.Disks.Lvm;

/// <summary>CRC-32 (reflected 0x04C11DB7) as LVM uses it: its own start value, no final inversion.</summary>
internal static class LvmChecksum
{
    private const uint Start = 0xF597A6CF;

    private static readonly uint[] s_table = Table();

    internal static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = Start;
        foreach (var one in bytes)
            crc = (crc >> 8) ^ s_table[(byte)(crc ^ one)];

        return crc;
    }

    private static uint[] Table()
    {
        var table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320 : value >> 1;

            table[i] = value;
        }

        return table;
    }
}
