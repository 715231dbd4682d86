using DeployGate.Core.Assessment;
using DeployGate.Disks.Ntfs;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;
using DeployGate.TestKit.Disks;

namespace DeployGate.Disks.Tests.Ntfs;

public class NtfsFactsTests
{
    private const int Length = NtfsVolumeTests.Length;

    private static SparseByteSource Build() => new NtfsBuilder { Label = "Windows" }.File("f", [1, 2, 3]).Build(Length);

    [Fact]
    public void A_volume_gives_its_label_and_serial() =>
        Assert.Equal(new VolumeFacts("ntfs", "Windows", "0123456789ABCDEF", []), NtfsVolumeTests.Open(Build()).Facts with { Remarks = [] });

    [Fact]
    public void A_volume_without_label_has_none() => Assert.Null(NtfsVolumeTests.Open(new NtfsBuilder().Build(Length)).Facts.Label);

    [Fact]
    public void The_dirty_flag_is_told() =>
        Assert.Equal("the dirty flag of the volume is set", NtfsVolumeTests.Open(new NtfsBuilder { Dirty = true }.Build(Length)).Unsettled);

    [Fact]
    public void A_log_that_was_not_closed_is_told() =>
        Assert.Equal(
            "the log of the volume ($LogFile) was not closed and may hold changes that the disk does not show",
            NtfsVolumeTests.Open(new NtfsBuilder { LogOpen = true }.Build(Length)).Unsettled);

    [Theory]
    [InlineData(12, 0xffff)]
    [InlineData(14, 2)]
    public void A_log_that_says_it_was_closed_is_no_reason_to_doubt(int field, int value)
    {
        using var built = new NtfsBuilder { LogOpen = true }.Build(Length);
        using var volume = new PatchedByteSource(built);
        volume.Patch(built.ReadBytes(0, Length).AsSpan().IndexOf("RSTR"u8) + 0x30 + field, BitConverter.GetBytes((ushort)value));
        Assert.Null(NtfsVolumeTests.Open(volume).Unsettled);
    }

    [Fact]
    public void A_torn_boot_sector_is_replaced_by_its_copy_with_a_remark()
    {
        using var volume = new PatchedByteSource(Build());
        volume.Patch(0, new byte[512]);
        var opened = NtfsVolumeTests.Open(volume);
        Assert.Equal([$"the boot sector is damaged (no NTFS signature); its copy at byte {Length - 512} was used"], opened.Facts.Remarks);
        Assert.Equal([1, 2, 3], NtfsVolumeTests.ReadFile(opened, "f"));
    }

    [Fact]
    public void A_torn_first_record_is_replaced_by_its_mirror_with_a_remark()
    {
        using var built = Build();
        using var volume = new PatchedByteSource(built);
        var mft = BitConverter.ToInt64(built.ReadBytes(0x30, 8)) * 4096;
        volume.Patch(mft + 510, 0x99);
        var opened = NtfsVolumeTests.Open(volume);
        Assert.StartsWith($"the first MFT record was taken from $MFTMirr: NTFS: MFT record 0, byte {mft + 510}: expected the update sequence number 4711", opened.Facts.Remarks[0], StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], NtfsVolumeTests.ReadFile(opened, "f"));
    }

    [Fact]
    public void A_torn_record_is_told_with_its_place_on_the_volume()
    {
        using var built = Build();
        using var volume = new PatchedByteSource(built);
        var record = BitConverter.ToInt64(built.ReadBytes(0x30, 8)) * 4096 + 24 * 1024;
        volume.Patch(record + 1022, 0x99);
        Assert.StartsWith($"NTFS: MFT record 24, byte {record + 1022}: expected the update sequence number", NtfsVolumeTests.Find(NtfsVolumeTests.Open(volume), "f").Unreadable(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(512)]
    [InlineData(100_000)]
    public void What_is_not_ntfs_is_absent(int length) => NtfsVolume.Open(new MemoryByteSource("part", new byte[length])).Absent();

    [Fact]
    public void A_signature_with_nonsense_behind_it_is_unreadable_not_absent()
    {
        var bytes = new byte[100_000];
        "NTFS    "u8.CopyTo(bytes.AsSpan(3));
        Assert.Equal("NTFS: boot sector, byte 0: expected the geometry of a volume, or a copy of it at the end, found 0 bytes per sector", NtfsVolume.Open(new MemoryByteSource("part", bytes)).Unreadable());
    }

    [Fact]
    public void An_index_whose_blocks_lead_in_a_circle_ends()
    {
        var builder = new NtfsBuilder { IndexBlockSize = 1024 };
        for (var i = 0; i < 2000; i++)
        {
            builder.File($"d/{i:d5}", [1]);
        }

        using var built = builder.Build(Length);
        var bytes = built.ReadBytes(0, Length);
        var circles = 0;
        for (int at = 0, found; (found = bytes.AsSpan(at).IndexOf("INDX"u8)) >= 0; at += found + 4)
        {
            // Every inner node's last entry leads to the node itself.
            var block = bytes.AsSpan(at + found, 1024);
            if (block[0x18 + 12] == 1)
            {
                var end = 0x18 + BitConverter.ToInt32(block[0x1c..]);
                BitConverter.GetBytes(BitConverter.ToInt64(block[16..])).CopyTo(block[(end - 8)..]);
                circles++;
            }
        }

        Assert.NotEqual(0, circles);
        using var counted = new CountingByteSource(new MemoryByteSource("volume", bytes), 10_000);
        var volume = NtfsVolumeTests.Open(counted);
        var directory = NtfsVolumeTests.Find(volume, "d").Found();
        Assert.Contains("reached again", volume.Children(directory).Unreadable(), StringComparison.Ordinal);
        Assert.IsType<Lookup<FileEntry>.Unreadable>(volume.Child(directory, "99999"));
    }
}
