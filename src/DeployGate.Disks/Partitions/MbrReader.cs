using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Partitions;

/// <summary>One of the four records of a boot record; sectors, relative to what the record is relative to.</summary>
internal readonly record struct MbrRecord(int Slot, byte Type, uint Start, uint Count)
{
    internal bool IsExtended => Type is 0x05 or 0x0F or 0x85;
}

/// <summary>Reads a master boot record and the chain of logical partitions in an extended one.</summary>
internal static class MbrReader
{
    private const int FirstLogical = 5;
    private const int MaxLogical = 124;

    /// <summary>The records that are in use; none when any of the four cannot be one, for then the sector is something else.</summary>
    internal static ImmutableArray<MbrRecord> Primary(ReadOnlySpan<byte> boot)
    {
        var records = ImmutableArray.CreateBuilder<MbrRecord>();
        for (var slot = 0; slot < 4; slot++)
        {
            var bytes = boot.Slice(446 + (slot * 16), 16);
            if ((bytes[0] & 0x7F) != 0)
            {
                return [];
            }

            if (RecordAt(boot, slot) is { } record)
            {
                records.Add(record);
            }
        }

        return records.ToImmutable();
    }

    internal static PartitionTable Read(IByteSource disk, ReadOnlySpan<byte> boot, ImmutableArray<MbrRecord> records, int sectorSize)
    {
        var signature = PartitionTable.Signature(boot).ToString("x8", CultureInfo.InvariantCulture);
        var partitions = ImmutableArray.CreateBuilder<Partition>();
        var remarks = ImmutableArray.CreateBuilder<string>();
        foreach (var record in records.Where(record => !record.IsExtended))
        {
            partitions.Add(Entry(record.Slot + 1, record, 0, signature, sectorSize));
        }

        if (records.Count(record => record.IsExtended) > 1)
        {
            remarks.Add("the master boot record names several extended partitions: only the first was followed");
        }

        if (records.FirstOrDefault(record => record.IsExtended) is { Count: > 0 } extended)
        {
            Follow(disk, extended.Start, signature, sectorSize, partitions, remarks);
        }

        return new PartitionTable(PartitionScheme.Mbr, partitions.ToImmutable(), remarks.ToImmutable());
    }

    /// <summary>
    /// Each logical partition has a boot record of its own: its first record is relative to that record, its second names the next one,
    /// relative to the extended partition.
    /// </summary>
    private static void Follow(IByteSource disk, uint extended, string signature, int sectorSize, ImmutableArray<Partition>.Builder partitions, ImmutableArray<string>.Builder remarks)
    {
        var seen = new HashSet<long>();
        long at = extended;
        for (var index = FirstLogical; index < FirstLogical + MaxLogical; index++)
        {
            if (!seen.Add(at))
            {
                remarks.Add("the chain of logical partitions runs in a circle: it was left there");
                return;
            }

            if ((at + 1) * sectorSize > disk.Length || disk.ReadBytes(at * sectorSize, 512) is not [.., 0x55, 0xAA] bytes)
            {
                remarks.Add("the chain of logical partitions breaks off: there may be more partitions than are listed");
                return;
            }

            if (RecordAt(bytes, 0) is { IsExtended: false } record)
            {
                partitions.Add(Entry(index, record, at, signature, sectorSize));
            }

            if (RecordAt(bytes, 1) is not { IsExtended: true } next)
            {
                return;
            }

            at = (long)extended + next.Start;
        }

        remarks.Add(FormattableString.Invariant($"more than {MaxLogical} logical partitions: the rest is not listed"));
    }

    private static MbrRecord? RecordAt(ReadOnlySpan<byte> sector, int slot)
    {
        var bytes = sector.Slice(446 + (slot * 16), 16);
        var record = new MbrRecord(slot, bytes[4], BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]));
        return record.Type == 0 || record.Count == 0 ? null : record;
    }

    private static Partition Entry(int index, MbrRecord record, long relativeTo, string signature, int sectorSize) => new(
        index,
        record.Type.ToString("x2", CultureInfo.InvariantCulture),
        FormattableString.Invariant($"{signature}-{index:x2}"),
        (relativeTo + record.Start) * sectorSize,
        (long)record.Count * sectorSize);
}
