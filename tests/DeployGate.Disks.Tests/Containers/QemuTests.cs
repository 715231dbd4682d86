using System.Buffers.Binary;
using DeployGate.Disks.Containers;
using DeployGate.Disks.Sources;
using DeployGate.TestKit.Disks;
using DeployGate.TestKit.Disks.Broken;

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
        var image = ContainerReader.Open(new MemoryByteSource("disk", File.ReadAllBytes(folder.PathOf("disk")))).Found();
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
        var file = VhdxFile.WithLog(folder, Disk());
        var image = ContainerReader.Open(new MemoryByteSource("disk", file)).Found();
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
        var file = VhdxFile.WithLog(folder, Disk());
        var log = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan((64 << 10) + 72));
        file[log + 4096 + 200] ^= 1;
        file[log + 8192 + 4096 + 200] ^= 1;
        var failure = ContainerReader.Open(new MemoryByteSource("disk", file)).Unreadable();
        Assert.Contains("a chain of whole entries, because the file was not closed in order, found none", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vhdx_log_of_entries_one_over_the_other_is_given_up()
    {
        Assert.SkipUnless(OtherTool.Exists("qemu-img"), "qemu-img is not installed");
        using var folder = new ScratchFolder();
        var file = VhdxFile.WithLog(folder, Disk());
        var log = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan((64 << 10) + 72));
        var length = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan((64 << 10) + 68));
        var head = file.AsSpan(log, 64).ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(8), length);
        for (var page = 0; page < length; page += 4096)
        {
            head.CopyTo(file, log + page);
        }

        var failure = ContainerReader.Open(new MemoryByteSource("disk", file)).Unreadable();
        Assert.Contains("entries of at most 16 times the log's length, found more, one over the other", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64 << 10, "one of the two VHDX headers is torn: the other was taken")]
    [InlineData(192 << 10, "the first VHDX region table is torn: the second was taken")]
    public void A_torn_structure_of_a_vhdx_is_taken_from_its_copy(int offset, string remark)
    {
        Assert.SkipUnless(OtherTool.Exists("qemu-img"), "qemu-img is not installed");
        using var folder = new ScratchFolder();
        var file = VhdxFile.Fixed(folder, Disk());
        file[offset + 9] ^= 1;
        var image = ContainerReader.Open(new MemoryByteSource("disk", file)).Found();
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
}
