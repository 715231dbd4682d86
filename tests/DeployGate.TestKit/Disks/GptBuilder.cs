using System.Buffers.Binary;
using DeployGate.Disks.Sources;

namespace DeployGate.TestKit.Disks;

/// <summary>One partition to write.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Type">Its type GUID.</param>
/// <param name="Offset">First byte, a multiple of the sector size.</param>
/// <param name="Length">Bytes, a multiple of the sector size.</param>
public sealed record GptEntry(int Number, Guid Type, long Offset, long Length)
{
    /// <summary>A basic data partition of Windows.</summary>
    public static readonly Guid BasicData = new("ebd0a0a2-b9e5-4433-87c0-68b6b72699c7");

    /// <summary>A partition of Linux.</summary>
    public static readonly Guid Linux = new("0fc63daf-8483-4772-8e79-3d69d8477de4");

    /// <summary>The reserved partition of Microsoft.</summary>
    public static readonly Guid Reserved = new("e3c9e316-0b5c-4db8-817d-f92df00215ae");

    /// <summary>The EFI system partition.</summary>
    public static readonly Guid EfiSystem = new("c12a7328-f81f-11d2-ba4b-00a0c93ec93b");

    /// <summary>The identity that the builder gives it.</summary>
    public Guid Identity => new(Number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
}

/// <summary>Writes a GUID partition table and its copy.</summary>
public static class GptBuilder
{
    private const int Entries = 128;
    private const int EntrySize = 128;

    /// <summary>Writes the protective boot record, the table and the copy at the end of the disk.</summary>
    /// <param name="write">Writes bytes at an offset of the disk.</param>
    /// <param name="size">Bytes of the disk.</param>
    /// <param name="sectorSize">Bytes of a sector.</param>
    /// <param name="partitions">What to list.</param>
    public static void Write(Action<long, byte[]> write, long size, int sectorSize, params GptEntry[] partitions)
    {
        var sectors = size / sectorSize;
        var table = Table(sectorSize, partitions);
        var tableSectors = table.Length / sectorSize;
        write(0, Protective(sectors));
        write(sectorSize, Header(1, sectors - 1, 2, sectors, tableSectors, sectorSize, table));
        write(2L * sectorSize, table);
        write((sectors - 1 - tableSectors) * sectorSize, table);
        write((sectors - 1) * sectorSize, Header(sectors - 1, 1, sectors - 1 - tableSectors, sectors, tableSectors, sectorSize, table));
    }

    /// <summary>The checksum of a header whose own four bytes for it are zeros.</summary>
    public static uint Checksum(ReadOnlySpan<byte> header) => Crc32.Ieee(header);

    /// <summary>Writes the checksum of a header that was changed, so that its fields are believed; other bytes stay as they are.</summary>
    public static void Seal(byte[] bytes)
    {
        if (bytes.Length >= 92 && bytes.AsSpan().StartsWith("EFI PART"u8))
        {
            bytes.AsSpan(16, 4).Clear();
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(16), Checksum(bytes.AsSpan(0, 92)));
        }
    }

    private static byte[] Table(int sectorSize, GptEntry[] partitions)
    {
        var table = new byte[Entries * EntrySize];
        foreach (var partition in partitions)
        {
            var entry = table.AsSpan((partition.Number - 1) * EntrySize, EntrySize);
            partition.Type.TryWriteBytes(entry);
            partition.Identity.TryWriteBytes(entry[16..]);
            BinaryPrimitives.WriteInt64LittleEndian(entry[32..], partition.Offset / sectorSize);
            BinaryPrimitives.WriteInt64LittleEndian(entry[40..], ((partition.Offset + partition.Length) / sectorSize) - 1);
        }

        return table;
    }

    private static byte[] Protective(long sectors)
    {
        var boot = new byte[512];
        boot[446 + 4] = 0xEE;
        BinaryPrimitives.WriteUInt32LittleEndian(boot.AsSpan(446 + 8), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(boot.AsSpan(446 + 12), (uint)Math.Min(sectors - 1, uint.MaxValue));
        (boot[510], boot[511]) = (0x55, 0xAA);
        return boot;
    }

    private static byte[] Header(long at, long other, long tableAt, long sectors, int tableSectors, int sectorSize, byte[] table)
    {
        var bytes = new byte[512];
        var header = bytes.AsSpan(0, 92);
        "EFI PART"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], 0x00010000);
        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], 92);
        BinaryPrimitives.WriteInt64LittleEndian(header[24..], at);
        BinaryPrimitives.WriteInt64LittleEndian(header[32..], other);
        BinaryPrimitives.WriteInt64LittleEndian(header[40..], 2 + tableSectors);
        BinaryPrimitives.WriteInt64LittleEndian(header[48..], sectors - 2 - tableSectors);
        new Guid(sectorSize, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10).TryWriteBytes(header[56..]);
        BinaryPrimitives.WriteInt64LittleEndian(header[72..], tableAt);
        BinaryPrimitives.WriteUInt32LittleEndian(header[80..], Entries);
        BinaryPrimitives.WriteUInt32LittleEndian(header[84..], EntrySize);
        BinaryPrimitives.WriteUInt32LittleEndian(header[88..], Crc32.Ieee(table));
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], Checksum(header));
        return bytes;
    }
}
