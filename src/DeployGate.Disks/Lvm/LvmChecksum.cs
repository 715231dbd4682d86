using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Lvm;

/// <summary>CRC-32 as LVM uses it: its own start value, no final inversion.</summary>
internal static class LvmChecksum
{
    private const uint Start = 0xF597A6CF;

    internal static uint Of(ReadOnlySpan<byte> bytes) => Crc32.Ieee(Start, bytes);
}
