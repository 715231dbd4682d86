using System.Buffers.Binary;
using System.Collections.Immutable;
using DeployGate.Disks.Sources;

namespace DeployGate.TestKit.Disks.Broken;

/// <summary>VHDX files that qemu-img wrote, what can be changed in them, and their checksums.</summary>
internal static class VhdxFile
{
    private const int MiB = 1 << 20;
    private const int Headers = 64 << 10;
    private const int Regions = 192 << 10;
    private const int Structure = 4096;
    private const int Entries = 64 << 10;
    private static readonly Guid s_table = new("2dc27766-f623-4200-9d64-115e9bfd4a08");
    private static readonly Guid s_metadata = new("8b7ca206-4790-4b9a-b8fe-575f050f886e");

    internal static byte[] Fixed(ScratchFolder folder, byte[] disk)
    {
        File.WriteAllBytes(folder.PathOf("disk.raw"), disk);
        OtherTool.Run("qemu-img", "convert", "-O", "vhdx", "-o", "subformat=fixed,block_size=1M", folder.PathOf("disk.raw"), folder.PathOf("disk.vhdx"));
        return File.ReadAllBytes(folder.PathOf("disk.vhdx"));
    }

    /// <summary>Two entries: one writes a page of the second block anew, the other clears four pages after it.</summary>
    internal static byte[] WithLog(ScratchFolder folder, byte[] disk)
    {
        var file = Fixed(folder, disk);
        var id = new Guid("6d0f5f1a-3c0e-4f4b-9d53-5f3f0f1e2a01");
        var log = Log(file);
        var target = SecondBlock(file);
        Entry(file.AsSpan(log, 8192), id, 7, 0, file.Length, target, BrokenContainers.Pattern(4096, 11));
        Entry(file.AsSpan(log + 8192, 8192), id, 8, 0, file.Length, target + 4096, null);
        foreach (var header in (int[])[Headers, 2 * Headers])
        {
            id.TryWriteBytes(file.AsSpan(header + 48));
            Seal(file.AsSpan(header, Structure));
        }

        return file;
    }

    /// <summary>Where the bytes of the disk's second MiB lie.</summary>
    internal static long SecondBlock(byte[] file) => (long)(BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(Region(file, s_table) + 8)) >> 20) << 20;

    /// <summary>The numbers of all its structures.</summary>
    internal static ImmutableArray<Field> Numbers(byte[] file)
    {
        var metadata = Region(file, s_metadata);
        return
        [
            .. Fields.Array(Headers, 2, Headers, isBig: false, (0, 4), (4, 4), (8, 8), (48, 8), (56, 8), (64, 2), (66, 2), (68, 4), (72, 8)),
            .. Fields.Array(Regions, 2, Entries, isBig: false, (0, 4), (4, 4), (8, 4), (16, 8), (24, 8), (32, 8), (40, 4), (44, 4), (48, 8), (56, 8), (64, 8), (72, 4), (76, 4)),
            .. Fields.At(metadata, isBig: false, (0, 8), (10, 2)),
            .. Fields.Array(metadata + 32, 5, 32, isBig: false, (0, 8), (8, 8), (16, 4), (20, 4), (24, 4)),
            .. Fields.Array(metadata + (64 << 10), 8, 4, isBig: false, (0, 4), (0, 8)),
            .. Fields.Array(Region(file, s_table), 8, 8, isBig: false, (0, 8), (0, 1)),
            .. Fields.Array(Log(file), 2, 8192, isBig: false, (0, 4), (4, 4), (8, 4), (12, 4), (16, 8), (24, 4), (32, 8), (48, 8), (56, 8), (64, 4), (68, 4), (72, 8), (80, 8), (88, 8), (4096, 4), (4100, 4), (8188, 4)),
        ];
    }

    internal static void SealAll(byte[] file)
    {
        foreach (var (at, size) in ((int, int)[])[(Headers, Structure), (2 * Headers, Structure), (Regions, Entries), (Regions + Entries, Entries)])
        {
            Seal(file.AsSpan(at, size));
        }

        for (var entry = MiB; entry < MiB + (2 * 8192); entry += 8192)
        {
            Seal(file.AsSpan(entry, (int)Math.Clamp(BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(entry + 8)), 64, MiB)));
        }
    }

    private static int Log(byte[] file) => (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(Headers + 72));

    private static int Region(byte[] file, Guid kind)
    {
        var entry = Enumerable.Range(0, 2).Select(index => Regions + 16 + (index * 32)).First(at => new Guid(file.AsSpan(at, 16)) == kind);
        return (int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(entry + 16));
    }

    private static void Entry(Span<byte> entry, Guid id, ulong sequence, uint tail, long fileLength, long target, byte[]? page)
    {
        entry.Clear();
        "loge"u8.CopyTo(entry);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], (uint)entry.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[12..], tail);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[16..], sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[24..], 1);
        id.TryWriteBytes(entry[32..]);
        BinaryPrimitives.WriteInt64LittleEndian(entry[48..], fileLength);
        BinaryPrimitives.WriteInt64LittleEndian(entry[56..], fileLength);
        var descriptor = entry[64..];
        BinaryPrimitives.WriteInt64LittleEndian(descriptor[16..], target);
        BinaryPrimitives.WriteUInt64LittleEndian(descriptor[24..], sequence);
        if (page is null)
        {
            "zero"u8.CopyTo(descriptor);
            BinaryPrimitives.WriteUInt64LittleEndian(descriptor[8..], 4 * 4096);
        }
        else
        {
            "desc"u8.CopyTo(descriptor);
            page.AsSpan(0, 8).CopyTo(descriptor[8..]);
            page.AsSpan(4092, 4).CopyTo(descriptor[4..]);
            var data = entry[4096..];
            page.CopyTo(data);
            "data"u8.CopyTo(data);
            BinaryPrimitives.WriteUInt32LittleEndian(data[4..], (uint)(sequence >> 32));
            BinaryPrimitives.WriteUInt32LittleEndian(data[4092..], (uint)sequence);
        }

        Seal(entry);
    }

    private static void Seal(Span<byte> structure) =>
        BinaryPrimitives.WriteUInt32LittleEndian(structure[4..], ~Castagnoli.AppendWithHole(uint.MaxValue, structure, 4, 4));
}
