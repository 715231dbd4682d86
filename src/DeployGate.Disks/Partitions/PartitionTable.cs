using System.Buffers.Binary;
using System.Collections.Immutable;
using DeployGate.Core.Assessment;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Partitions;

/// <summary>How a disk is divided.</summary>
public enum PartitionScheme
{
    /// <summary>Not at all: a file system without a table, or nothing.</summary>
    None,

    /// <summary>Master boot record, with logical partitions in an extended one.</summary>
    Mbr,

    /// <summary>GUID partition table.</summary>
    Gpt,
}

/// <summary>The partitions of a disk.</summary>
/// <param name="Scheme">The kind of table.</param>
/// <param name="Partitions">Ascending by number; without a table one entry, number 0, that covers the disk.</param>
/// <param name="Remarks">What was odd and did not stop the reading.</param>
public sealed record PartitionTable(PartitionScheme Scheme, ImmutableArray<Partition> Partitions, ImmutableArray<string> Remarks)
{
    private const byte Protective = 0xEE;

    /// <summary>Reads the table. A damaged GPT with a good copy is read from the copy, with a remark.</summary>
    /// <param name="disk">The disk as a machine sees it.</param>
    /// <param name="sectorSize">Bytes of a logical sector; where a GPT lies at the other usual size it is taken there.</param>
    public static Lookup<PartitionTable> Read(IByteSource disk, int sectorSize) => Fault.Catch(() => new Lookup<PartitionTable>.Found(ReadTable(disk, sectorSize)));

    private static PartitionTable ReadTable(IByteSource disk, int sectorSize)
    {
        var boot = disk.ReadBytes(0, 512);
        var isSigned = boot[510] == 0x55 && boot[511] == 0xAA;
        var records = isSigned && !LooksLikeFileSystem(boot) ? MbrReader.Primary(boot) : [];
        var isProtected = records.Any(record => record.Type == Protective);
        if ((isProtected || records.Length == 0) && GptReader.Read(disk, sectorSize, isProtected) is { } gpt)
        {
            return gpt;
        }

        return records.Length > 0 ? MbrReader.Read(disk, boot, records, sectorSize) : Whole(disk);
    }

    private static PartitionTable Whole(IByteSource disk) => new(PartitionScheme.None, [new Partition(0, "", null, 0, disk.Length)], []);

    /// <summary>The boot sector of a file system ends like a master boot record; its own words tell them apart.</summary>
    private static bool LooksLikeFileSystem(ReadOnlySpan<byte> boot) =>
        boot[3..].StartsWith("NTFS    "u8) || boot[3..].StartsWith("EXFAT   "u8) || boot[3..].StartsWith("-FVE-FS-"u8) || boot[3..].StartsWith("ReFS\0"u8)
        || boot[54..].StartsWith("FAT1"u8) || boot[82..].StartsWith("FAT32"u8);

    /// <summary>A disk signature as <c>PARTUUID=</c> writes it, before the hyphen.</summary>
    internal static uint Signature(ReadOnlySpan<byte> boot) => BinaryPrimitives.ReadUInt32LittleEndian(boot[440..]);
}
