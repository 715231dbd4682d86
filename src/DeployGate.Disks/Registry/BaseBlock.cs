using System.Buffers.Binary;

namespace DeployGate.Disks.Registry;

/// <summary>The first bytes of a hive or of its log. Offsets of cells count from byte 4096 of the hive.</summary>
/// <seealso href="https://github.com/msuhanov/regf/blob/master/Windows%20registry%20file%20format%20specification.md"/>
internal sealed record BaseBlock(
    bool HasSignature, bool HasChecksum, uint PrimarySequence, uint SecondarySequence, long LastWritten, uint FileType, uint RootCell, uint BinsSize, uint SectorFactor)
{
    /// <summary>What is read of it: the checksum covers no more.</summary>
    internal const int Size = 512;

    /// <summary>Where the bins start in a hive.</summary>
    internal const int BinsStart = 4096;

    /// <summary>The type of a log with a dirty vector (Windows 8 and before); 2 is that of Windows 2000.</summary>
    internal const uint OldLog = 1;

    /// <summary>The type of a log with entries (Windows 8.1 and later).</summary>
    internal const uint NewLog = 6;

    internal bool IsSound => HasSignature && HasChecksum;

    internal static BaseBlock Read(ReadOnlySpan<byte> bytes) => new(
        bytes.StartsWith("regf"u8),
        Checksum(bytes) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[508..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[12..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[28..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[36..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[40..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[44..]));

    /// <summary>All words combined by exclusive or; the two values that could stand for "none" are moved aside.</summary>
    internal static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (var at = 0; at < 508; at += 4)
        {
            sum ^= BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
        }

        return sum switch
        {
            uint.MaxValue => uint.MaxValue - 1,
            0 => 1,
            _ => sum,
        };
    }
}
