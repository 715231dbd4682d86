using System.Buffers.Binary;
using System.Numerics;

namespace DeployGate.Disks.Ntfs;

/// <summary>The geometry of a volume, as its boot sector gives it. All sizes in bytes, <see cref="Sectors"/> in sectors.</summary>
/// <seealso href="https://flatcap.github.io/linux-ntfs/ntfs/files/boot.html"/>
internal sealed record BootSector(
    int SectorSize, int ClusterSize, long Sectors, long MftCluster, long MirrorCluster, int RecordSize, int IndexBlockSize, ulong Serial)
{
    internal const int Size = 512;
    private const int LargestCluster = 2 << 20;
    private const int LargestRecord = 64 << 10;

    internal static bool HasSignature(ReadOnlySpan<byte> sector) => sector[3..].StartsWith("NTFS    "u8);

    /// <summary>The geometry, or null and what is wrong with it.</summary>
    internal static BootSector? Read(ReadOnlySpan<byte> sector, out string defect)
    {
        var sectorSize = BinaryPrimitives.ReadUInt16LittleEndian(sector[0x0b..]);
        var clusterSize = sectorSize * (long)SectorsPerCluster(sector[0x0d]);
        var sectors = BinaryPrimitives.ReadInt64LittleEndian(sector[0x28..]);
        var mft = BinaryPrimitives.ReadInt64LittleEndian(sector[0x30..]);
        var mirror = BinaryPrimitives.ReadInt64LittleEndian(sector[0x38..]);
        var recordSize = SizeOf((sbyte)sector[0x40], clusterSize);
        var indexSize = SizeOf((sbyte)sector[0x44], clusterSize);
        defect =
            !HasSignature(sector) ? "no NTFS signature"
            : sectorSize is < 256 or > 4096 || !BitOperations.IsPow2(sectorSize) ? FormattableString.Invariant($"{sectorSize} bytes per sector")
            : clusterSize is < 512 or > LargestCluster || !BitOperations.IsPow2(clusterSize) ? FormattableString.Invariant($"clusters of {clusterSize} bytes")
            : !IsBlockSize(recordSize) ? FormattableString.Invariant($"MFT records of {recordSize} bytes")
            : !IsBlockSize(indexSize) ? FormattableString.Invariant($"index blocks of {indexSize} bytes")
            : sectors is <= 0 or > long.MaxValue / 4096 ? FormattableString.Invariant($"{sectors} sectors")
            : mft <= 0 || mft >= sectors * sectorSize / clusterSize ? FormattableString.Invariant($"the MFT in cluster {mft}")
            : "";
        return defect.Length > 0
            ? null
            : new BootSector(sectorSize, (int)clusterSize, sectors, mft, mirror, (int)recordSize, (int)indexSize, BinaryPrimitives.ReadUInt64LittleEndian(sector[0x48..]));
    }

    // Above 128 the byte is a negative exponent: clusters larger than 64 KiB do not fit otherwise.
    private static long SectorsPerCluster(byte value) => value <= 0x80 ? value : 1L << Math.Min(256 - value, 40);

    private static long SizeOf(sbyte value, long clusterSize) => value > 0 ? value * clusterSize : 1L << Math.Min(-value, 40);

    private static bool IsBlockSize(long size) => size is >= 512 and <= LargestRecord && BitOperations.IsPow2(size);
}
