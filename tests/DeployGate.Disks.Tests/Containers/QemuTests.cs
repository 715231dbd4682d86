using System.Buffers.Binary;
using System.Numerics;
using DeployGate.Disks.Containers;
using DeployGate.Disks.Sources;
using DeployGate.TestKit.Disks;

namespace DeployGate.Disks.Tests.Containers;

/// <summary>What qemu-img wrote reads as the disk that it was given, and what the builders write qemu-img reads.</summary>
public class QemuTests
{
    private const int MiB = 1 << 20;

    [Theory]
    [InlineData("vpc", "subformat=fixed,force_size=on", ContainerKind.VhdFixed)]
    [InlineData("vpc", "subformat=dynamic,force_size=on", ContainerKind.VhdDynamic)]
    [InlineData("vhdx", "subformat=fixed", ContainerKind.Vhdx)]
    [InlineData("vhdx", "subformat=dynamic", ContainerKind.Vhdx)]
    [InlineData("vhdx", "subformat=dynamic,block_size=1M", ContainerKind.Vhdx)]
    [InlineData("raw", "", ContainerKind.Raw)]
    public void A_converted_disk_reads_as_the_original(string format, string options, ContainerKind kind)
    {
        Assert.SkipUnless(OtherTool.Exists("qemu-img"), "qemu-img is not installed");
        using var folder = new ScratchFolder();
        var disk = Disk();
        File.WriteAllBytes(folder.PathOf("disk.raw"), disk);
        string[] extra = options.Length > 0 ? ["-o", options] : [];
        OtherTool.Run("qemu-img", ["convert", "-O", format, .. extra, folder.PathOf("disk.raw"), folder.PathOf("disk")]);
        var image = ContainerReader.Open(new MemoryByteSource("disk", File.ReadAllBytes(folder.PathOf("disk")))).Value();
        Assert.Equal(kind, image.Container);
        Assert.True(disk.AsSpan().SequenceEqual(image.Content.ReadBytes(0, disk.Length)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_builders_write_what_qemu_reads(bool isDynamic)
    {
        Assert.SkipUnless(OtherTool.Exists("qemu-img"), "qemu-img is not installed");
        using var folder = new ScratchFolder();
        File.WriteAllBytes(folder.PathOf("disk.raw"), Disk());
        File.WriteAllBytes(folder.PathOf("disk.vhd"), isDynamic ? VhdBuilder.Dynamic(Disk()) : VhdBuilder.Fixed(Disk()));
        OtherTool.Run("qemu-img", "convert", "-f", "vpc", "-O", "raw", folder.PathOf("disk.vhd"), folder.PathOf("back.raw"));
        Assert.True(Disk().AsSpan().SequenceEqual(File.ReadAllBytes(folder.PathOf("back.raw"))));
    }

    [Fact]
    public void A_vhdx_with_a_pending_log_reads_as_qemu_reads_it_after_its_own_replay()
    {
        Assert.SkipUnless(OtherTool.Exists("qemu-img"), "qemu-img is not installed");
        using var folder = new ScratchFolder();
        var file = VhdxWithLog(folder);
        var image = ContainerReader.Open(new MemoryByteSource("disk", file)).Value();
        Assert.Equal(["the VHDX was not closed in order: 2 entries of its log were applied in memory"], image.Remarks);

        File.WriteAllBytes(folder.PathOf("logged.vhdx"), file);
        OtherTool.Run("qemu-img", "check", "-r", "all", "-f", "vhdx", folder.PathOf("logged.vhdx"));
        OtherTool.Run("qemu-img", "convert", "-f", "vhdx", "-O", "raw", folder.PathOf("logged.vhdx"), folder.PathOf("back.raw"));
        var replayed = File.ReadAllBytes(folder.PathOf("back.raw"));
        Assert.True(replayed.AsSpan().SequenceEqual(image.Content.ReadBytes(0, replayed.Length)));
        Assert.False(Disk().AsSpan().SequenceEqual(replayed));
    }

    [Fact]
    public void A_vhdx_whose_log_is_not_whole_is_unreadable()
    {
        Assert.SkipUnless(OtherTool.Exists("qemu-img"), "qemu-img is not installed");
        using var folder = new ScratchFolder();
        var file = VhdxWithLog(folder);
        var log = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan((64 << 10) + 72));
        file[log + 4096 + 200] ^= 1;
        file[log + 8192 + 4096 + 200] ^= 1;
        var failure = ContainerReader.Open(new MemoryByteSource("disk", file)).Failure();
        Assert.Contains("a chain of whole entries, because the file was not closed in order, found none", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64 << 10, "one of the two VHDX headers is torn: the other was taken")]
    [InlineData(192 << 10, "the first VHDX region table is torn: the second was taken")]
    public void A_torn_structure_of_a_vhdx_is_taken_from_its_copy(int offset, string remark)
    {
        Assert.SkipUnless(OtherTool.Exists("qemu-img"), "qemu-img is not installed");
        using var folder = new ScratchFolder();
        var file = Vhdx(folder);
        file[offset + 9] ^= 1;
        var image = ContainerReader.Open(new MemoryByteSource("disk", file)).Value();
        Assert.Equal([remark], image.Remarks);
        Assert.True(Disk().AsSpan().SequenceEqual(image.Content.ReadBytes(0, Disk().Length)));
    }

    private static byte[] Disk()
    {
        var disk = new byte[9 * MiB];
        VhdTests.Pattern(3 * MiB, 5).CopyTo(disk, MiB);
        VhdTests.Pattern(10_000, 6).CopyTo(disk, (8 * MiB) + 12_345);
        return disk;
    }

    private static byte[] Vhdx(ScratchFolder folder)
    {
        File.WriteAllBytes(folder.PathOf("disk.raw"), Disk());
        OtherTool.Run("qemu-img", "convert", "-O", "vhdx", "-o", "subformat=fixed,block_size=1M", folder.PathOf("disk.raw"), folder.PathOf("disk.vhdx"));
        return File.ReadAllBytes(folder.PathOf("disk.vhdx"));
    }

    /// <summary>Two entries: one writes a page of the second block anew, the other clears four pages after it.</summary>
    private static byte[] VhdxWithLog(ScratchFolder folder)
    {
        var file = Vhdx(folder);
        var id = Guid.NewGuid();
        var log = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan((64 << 10) + 72));
        var target = SecondBlock(file);
        Entry(file.AsSpan(log, 8192), id, 7, 0, file.Length, target, VhdTests.Pattern(4096, 11));
        Entry(file.AsSpan(log + 8192, 8192), id, 8, 0, file.Length, target + 4096, null);
        foreach (var header in (int[])[64 << 10, 128 << 10])
        {
            id.TryWriteBytes(file.AsSpan(header + 48));
            Seal(file.AsSpan(header, 4096));
        }

        return file;
    }

    private static long SecondBlock(byte[] file)
    {
        var entry = Enumerable.Range(0, 2).Select(index => (192 << 10) + 16 + (index * 32)).First(at => new Guid(file.AsSpan(at, 16)) == new Guid("2dc27766-f623-4200-9d64-115e9bfd4a08"));
        var table = BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(entry + 16));
        return (long)(BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan((int)table + 8)) >> 20) << 20;
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

    private static void Seal(Span<byte> structure)
    {
        structure.Slice(4, 4).Clear();
        var crc = uint.MaxValue;
        foreach (var one in structure)
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(structure[4..], ~crc);
    }
}
