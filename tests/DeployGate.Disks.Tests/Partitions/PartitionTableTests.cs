using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using DeployGate.Core.Assessment;
using DeployGate.Disks.Partitions;
using DeployGate.Disks.Sources;
using DeployGate.TestKit.Disks;

namespace DeployGate.Disks.Tests.Partitions;

public class PartitionTableTests
{
    private const int MiB = 1 << 20;

    [Fact]
    public void A_gpt_lists_what_sgdisk_wrote()
    {
        using var folder = new ScratchFolder();
        var table = Read(Gpt(folder)).Found();
        Assert.Equal(PartitionScheme.Gpt, table.Scheme);
        Assert.Equal(
            [
                new Partition(1, "c12a7328-f81f-11d2-ba4b-00a0c93ec93b", "11111111-1111-1111-1111-111111111111", MiB, 4 * MiB),
                new Partition(3, "ebd0a0a2-b9e5-4433-87c0-68b6b72699c7", "33333333-3333-3333-3333-333333333333", 8L * MiB, 16 * MiB),
            ],
            table.Partitions);
        Assert.Empty(table.Remarks);
    }

    [Theory]
    [InlineData(512 + 20)]
    [InlineData(1024 + 40)]
    public void A_damaged_gpt_is_taken_from_the_end_of_the_disk(int offset)
    {
        using var folder = new ScratchFolder();
        var disk = Gpt(folder);
        disk[offset] ^= 1;
        var table = Read(disk).Found();
        Assert.Equal([1, 3], table.Partitions.Select(partition => partition.Index));
        Assert.Equal(["the partition table is damaged: its copy at the end of the disk was taken"], table.Remarks);
    }

    [Fact]
    public void Two_damaged_tables_are_unreadable_and_not_an_empty_disk()
    {
        using var folder = new ScratchFolder();
        var disk = Gpt(folder);
        disk[512 + 20] ^= 1;
        disk[^500] ^= 1;
        Assert.Equal("disk: GUID partition table, byte 512: expected a table with right checksums, here or at the end of the disk, found none", Read(disk).Unreadable());
    }

    [Theory]
    [InlineData(80)]
    [InlineData(84)]
    [InlineData(72)]
    public void A_gpt_header_with_absurd_numbers_and_a_right_checksum_is_not_followed(int field)
    {
        using var folder = new ScratchFolder();
        var disk = Gpt(folder);
        foreach (var header in (int[])[512, disk.Length - 512])
        {
            BinaryPrimitives.WriteUInt32LittleEndian(disk.AsSpan(header + field), 0xFFFFFFF8);
            disk.AsSpan(header + 16, 4).Clear();
            BinaryPrimitives.WriteUInt32LittleEndian(disk.AsSpan(header + 16), Crc32.Ieee(disk.AsSpan(header, 92)));
        }

        Assert.Contains("a table with right checksums", Read(disk).Unreadable(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_mbr_with_logical_partitions_lists_what_sfdisk_wrote()
    {
        using var folder = new ScratchFolder();
        var table = Read(Mbr(folder)).Found();
        Assert.Equal(PartitionScheme.Mbr, table.Scheme);
        Assert.Equal(
            [
                new Partition(1, "07", "cafe1234-01", MiB, 4 * MiB),
                new Partition(5, "83", "cafe1234-05", 9L * MiB, 4 * MiB),
                new Partition(6, "8e", "cafe1234-06", 14L * MiB, 5 * MiB),
            ],
            table.Partitions);
    }

    [Fact]
    public void A_chain_of_logical_partitions_that_runs_in_a_circle_ends_with_a_remark()
    {
        using var folder = new ScratchFolder();
        var disk = Mbr(folder);
        var second = 13 * MiB;
        disk[second + 446 + 16 + 4] = 0x05;
        BinaryPrimitives.WriteUInt32LittleEndian(disk.AsSpan(second + 446 + 16 + 8), 0);
        BinaryPrimitives.WriteUInt32LittleEndian(disk.AsSpan(second + 446 + 16 + 12), 100);
        var table = Read(disk).Found();
        Assert.Equal([1, 5, 6], table.Partitions.Select(partition => partition.Index));
        Assert.Equal(["the chain of logical partitions runs in a circle: it was left there"], table.Remarks);
    }

    [Fact]
    public void A_file_system_without_a_table_is_one_partition_that_covers_the_disk()
    {
        var disk = new byte[MiB];
        "NTFS    "u8.CopyTo(disk.AsSpan(3));
        (disk[510], disk[511]) = (0x55, 0xAA);
        var table = Read(disk).Found();
        Assert.Equal(PartitionScheme.None, table.Scheme);
        Assert.Equal([new Partition(0, "", null, 0, MiB)], table.Partitions);
    }

    [Theory]
    [InlineData(4096)]
    [InlineData(512)]
    public void A_gpt_for_sectors_of_4096_bytes_is_found_whatever_the_container_says(int assumed)
    {
        var disk = new byte[32 * MiB];
        GptBuilder.Write((offset, bytes) => bytes.CopyTo(disk, offset), disk.Length, 4096, new GptEntry(2, GptEntry.Linux, MiB, 4 * MiB));
        var table = Read(disk, assumed).Found();
        Assert.Equal((2, (long)MiB, 4L * MiB), (table.Partitions[0].Index, table.Partitions[0].Offset, table.Partitions[0].Length));
    }

    [Fact]
    public void What_the_builder_writes_sgdisk_finds_no_fault_in()
    {
        Assert.SkipUnless(OtherTool.Exists("sgdisk"), "sgdisk is not installed");
        using var folder = new ScratchFolder();
        var disk = new byte[32 * MiB];
        GptBuilder.Write((offset, bytes) => bytes.CopyTo(disk, offset), disk.Length, 512, new GptEntry(1, GptEntry.BasicData, MiB, 4 * MiB));
        File.WriteAllBytes(folder.PathOf("disk"), disk);
        Assert.Contains("No problems found", Encoding.UTF8.GetString(OtherTool.Run("sgdisk", "-v", folder.PathOf("disk"))), StringComparison.Ordinal);
    }

    private static Lookup<PartitionTable> Read(byte[] disk, int sectorSize = 512) => PartitionTable.Read(new MemoryByteSource("disk", disk), sectorSize);

    private static byte[] Gpt(ScratchFolder folder)
    {
        Assert.SkipUnless(OtherTool.Exists("sgdisk"), "sgdisk is not installed");
        File.WriteAllBytes(folder.PathOf("disk"), new byte[32 * MiB]);
        OtherTool.Run(
            "sgdisk",
            "-n", "1:1M:+4M", "-t", "1:ef00", "-u", "1:11111111-1111-1111-1111-111111111111",
            "-n", "3:8M:+16M", "-t", "3:0700", "-u", "3:33333333-3333-3333-3333-333333333333",
            folder.PathOf("disk"));
        return File.ReadAllBytes(folder.PathOf("disk"));
    }

    private static byte[] Mbr(ScratchFolder folder)
    {
        Assert.SkipUnless(OtherTool.Exists("sfdisk"), "sfdisk is not installed");
        File.WriteAllBytes(folder.PathOf("disk"), new byte[32 * MiB]);
        Script(folder.PathOf("disk"), """
            label: dos
            label-id: 0xcafe1234
            start=2048, size=8192, type=7
            start=16384, size=24576, type=5
            start=18432, size=8192, type=83
            start=28672, size=10240, type=8e
            """);
        return File.ReadAllBytes(folder.PathOf("disk"));
    }

    private static void Script(string disk, string script)
    {
        var start = new ProcessStartInfo("sfdisk", ["-q", disk]) { RedirectStandardInput = true, RedirectStandardError = true };
        start.Environment["PATH"] += ":/usr/sbin:/sbin";
        using var process = Process.Start(start)!;
        process.StandardInput.Write(script);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
    }
}
