using System.Buffers.Binary;
using System.Collections.Immutable;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Partitions;

/// <summary>Reads a GUID partition table. Source: UEFI Specification, chapter 5.</summary>
internal static class GptReader
{
    private const int MinEntry = 128;
    private const int MaxEntry = 4096;
    private const int MaxTable = 1 << 20;

    /// <summary>The table; null when there is none.</summary>
    /// <param name="disk">The disk.</param>
    /// <param name="sectorSize">Where to look first.</param>
    /// <param name="isProtected">The boot record says that there is one: then not finding it is a fault.</param>
    internal static PartitionTable? Read(IByteSource disk, int sectorSize, bool isProtected)
    {
        foreach (var size in (int[])[sectorSize, sectorSize == 512 ? 4096 : 512])
        {
            if (At(disk, size, size) is { } primary)
            {
                return new PartitionTable(PartitionScheme.Gpt, primary, size == sectorSize ? [] : [FormattableString.Invariant($"the partition table is written for sectors of {size} bytes")]);
            }

            if ((isProtected || HasMark(disk, size)) && At(disk, disk.Length - size, size) is { } backup)
            {
                return new PartitionTable(PartitionScheme.Gpt, backup, ["the partition table is damaged: its copy at the end of the disk was taken"]);
            }
        }

        return isProtected || HasMark(disk, sectorSize)
            ? throw Fault.At($"{disk.Name}: GUID partition table", sectorSize, "a table with right checksums, here or at the end of the disk", "none")
            : null;
    }

    private static bool HasMark(IByteSource disk, int offset) => disk.Length >= offset + 512 && disk.ReadBytes(offset, 8).AsSpan().SequenceEqual("EFI PART"u8);

    /// <summary>The partitions of the table whose header lies there; null when it is not whole.</summary>
    private static ImmutableArray<Partition>? At(IByteSource disk, long offset, int sectorSize)
    {
        if (offset < 0 || offset + 512 > disk.Length)
        {
            return null;
        }

        var header = disk.ReadBytes(offset, 512).AsSpan();
        var headerSize = BinaryPrimitives.ReadUInt32LittleEndian(header[12..]);
        if (!header.StartsWith("EFI PART"u8) || headerSize is < 92 or > 512 || !HasRightChecksum(header[..(int)headerSize]))
        {
            return null;
        }

        var table = BinaryPrimitives.ReadUInt64LittleEndian(header[72..]);
        var count = BinaryPrimitives.ReadUInt32LittleEndian(header[80..]);
        var size = BinaryPrimitives.ReadUInt32LittleEndian(header[84..]);
        if (size is < MinEntry or > MaxEntry || size % 8 != 0 || count > MaxTable / size || table > (ulong)(disk.Length / sectorSize))
        {
            return null;
        }

        var start = (long)table * sectorSize;
        if (start + (count * size) > disk.Length)
        {
            return null;
        }

        var bytes = disk.ReadBytes(start, (int)(count * size));
        return Crc32.Ieee(bytes) == BinaryPrimitives.ReadUInt32LittleEndian(header[88..]) ? Entries(bytes, (int)count, (int)size, sectorSize) : null;
    }

    private static bool HasRightChecksum(Span<byte> header)
    {
        var stored = BinaryPrimitives.ReadUInt32LittleEndian(header[16..]);
        header.Slice(16, 4).Clear();
        return Crc32.Ieee(header) == stored;
    }

    private static ImmutableArray<Partition> Entries(ReadOnlySpan<byte> bytes, int count, int size, int sectorSize)
    {
        var partitions = ImmutableArray.CreateBuilder<Partition>();
        for (var index = 0; index < count; index++)
        {
            var entry = bytes.Slice(index * size, size);
            var type = new Guid(entry[..16]);
            var first = BinaryPrimitives.ReadInt64LittleEndian(entry[32..]);
            var last = BinaryPrimitives.ReadInt64LittleEndian(entry[40..]);
            if (type != Guid.Empty && first >= 0 && last >= first && last < long.MaxValue / 8192)
            {
                partitions.Add(new Partition(index + 1, type.ToString("d"), new Guid(entry.Slice(16, 16)).ToString("d"), first * sectorSize, (last - first + 1) * sectorSize));
            }
        }

        return partitions.ToImmutable();
    }
}
