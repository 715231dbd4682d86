using DeployGate.Core.Assessment;
using DeployGate.Core.Images;
using DeployGate.Core.Inspections;
using DeployGate.Disks.Sources;
using DeployGate.TestKit.Disks;

namespace DeployGate.Guest.Tests.Windows;

public class WindowsDiskTests
{
    private const string Software = "/Windows/System32/config/SOFTWARE";

    [Fact]
    public void A_prepared_disk_is_generalized_with_all_its_evidence()
    {
        var inspection = Inspect(WindowsGuest.Prepared.Disk());
        Assert.Equal(GuestState.Generalized, inspection.State);
        Assert.Equal(new GuestSystem(OsType.Windows, "Windows Server 2022 Datacenter", "10.0.20348.2113", "WIN-4F7K2Q9A1CD"), inspection.System);
        Assert.Equal(
            [
                new GuestEvidence(@"partition 3, SOFTWARE: Microsoft\Windows\CurrentVersion\Setup\State: ImageState", "IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE", "Generalized", EvidenceWeight.Decisive),
                new GuestEvidence(@"partition 3, \Windows\Setup\State\State.ini", "IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE", "a copy of ImageState", EvidenceWeight.Corroborating),
                new GuestEvidence("partition 3, SYSTEM: Setup: SetupType", "2", "setup runs at the next boot", EvidenceWeight.Corroborating),
            ],
            inspection.Evidence.Take(3));
        Assert.Empty(inspection.Contradictions);
        Assert.Equal(["", "", "ntfs"], inspection.Partitions.Select(partition => partition.FileSystem == "ntfs" ? "ntfs" : ""));
    }

    [Fact]
    public void A_machine_in_use_is_specialized() => Assert.Equal(GuestState.Specialized, Inspect(WindowsGuest.InUse.Disk()).State);

    [Fact]
    public void A_fixed_vhd_is_read_like_its_disk()
    {
        var inspection = Inspect(DiskBuilder.FixedVhd(WindowsGuest.InUse.Disk()));
        Assert.Equal(("vhd-fixed", GuestState.Specialized), (inspection.Container, inspection.State));
    }

    [Fact]
    public void A_state_set_by_hand_is_not_generalized_and_the_markers_that_deny_it_are_named()
    {
        var inspection = Inspect((WindowsGuest.InUse with { ImageState = WindowsGuest.Prepared.ImageState, HasTag = false }).Disk());
        Assert.Equal(GuestState.Unclear, inspection.State);
        Assert.Equal(4, inspection.Contradictions.Length);
        Assert.StartsWith("ImageState is IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE, but SetupType is 0", inspection.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_off_sysprep_is_undeployable_and_its_last_error_is_quoted()
    {
        var guest = WindowsGuest.Prepared with
        {
            ImageState = "IMAGE_STATE_UNDEPLOYABLE",
            HasTag = false,
            Files = new Dictionary<string, string> { ["/Windows/System32/Sysprep/Panther/setuperr.log"] = "2026-11-01 10:00:00, Info  start\r\n2026-11-01 10:00:01, Error SYSPRP Package Contoso was installed for a user; hr=0x80073cf2\r\n" },
        };
        var inspection = Inspect(guest.Disk());
        Assert.Equal(GuestState.Undeployable, inspection.State);
        Assert.Contains(inspection.Evidence, item => item.Value.Contains("0x80073cf2", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_left_behind_is_listed_on_a_prepared_disk()
    {
        var guest = WindowsGuest.Prepared with
        {
            Files = new Dictionary<string, string> { ["/Windows/Panther/unattend.xml"] = "<Password>TopSecret</Password>", ["/Users/builder/ntuser.dat"] = "", ["/Users/Public/x"] = "" },
        };
        var inspection = Inspect(guest.Disk());
        Assert.Equal(GuestState.Generalized, inspection.State);
        Assert.Equal([@"partition 3, \Windows\Panther\unattend.xml: present", @"partition 3, \Users: builder"], inspection.Evidence.Where(item => item.Weight == EvidenceWeight.Residue).Select(item => $"{item.Place}: {item.Value}"));
        Assert.DoesNotContain("TopSecret", $"{inspection} {string.Join(' ', inspection.Evidence)}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_hive_whose_log_holds_the_truth_is_read_with_it_and_never_without(bool hasLog)
    {
        // The file still says prepared; the log, not yet written back, says that the machine is in use.
        var dirty = new DirtyHive(WindowsGuest.Prepared.Software().Build()).Then(WindowsGuest.InUse.Software().Build()).WithEntries();
        var volume = WindowsGuest.Prepared.Volume().File(Software, dirty.Hive);
        if (hasLog)
        {
            volume.File($"{Software}.LOG1", dirty.Log1!);
        }

        var inspection = Inspect(OnDisk(volume.Build(200L << 20)));
        Assert.Equal(hasLog ? GuestState.Specialized : GuestState.Unclear, inspection.State);
        Assert.Equal(hasLog, inspection.Remarks.Any(remark => remark.Contains("log", StringComparison.Ordinal)));
    }

    [Fact]
    public void Two_installations_are_unknown_and_both_are_named()
    {
        var disk = DiskBuilder.Gpt(512L << 20, (GptEntry.BasicData, WindowsGuest.Prepared.Volume().Build(100L << 20)), (GptEntry.BasicData, WindowsGuest.InUse.Volume().Build(100L << 20)));
        var inspection = Inspect(disk);
        Assert.Equal(GuestState.Unclear, inspection.State);
        Assert.Equal("several systems on one disk: Windows on partition 1, Windows on partition 2; it is not known which one starts", inspection.Reason);
    }

    [Fact]
    public void A_prepared_system_beside_an_encrypted_volume_is_not_called_generalized()
    {
        var locked = new SparseByteSource("locked", 8L << 20);
        locked.Write(3, "-FVE-FS-"u8);
        var inspection = Inspect(DiskBuilder.Gpt(512L << 20, (GptEntry.BasicData, WindowsGuest.Prepared.Volume().Build(100L << 20)), (GptEntry.BasicData, locked)));
        Assert.Equal(GuestState.Unclear, inspection.State);
        Assert.EndsWith("but partition 2 (encrypted with BitLocker) may hold another system", inspection.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_encrypted_disk_says_so()
    {
        var locked = new SparseByteSource("locked", 8L << 20);
        locked.Write(3, "-FVE-FS-"u8);
        var inspection = Inspect(DiskBuilder.Gpt(64L << 20, (GptEntry.BasicData, locked)));
        Assert.True(inspection.IsReadable);
        Assert.Equal("no operating system was found in 1 partitions; not read: partition 1 (encrypted with BitLocker)", inspection.Reason);
    }

    [Fact]
    public void A_volume_that_was_not_closed_in_order_is_said()
    {
        var volume = WindowsGuest.Prepared.Volume();
        volume.LogOpen = true;
        var inspection = Inspect(OnDisk(volume.Build(200L << 20)));
        Assert.Equal(GuestState.Generalized, inspection.State);
        Assert.EndsWith("the volume was not closed in order", inspection.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4096)]
    [InlineData(1 << 20)]
    [InlineData(50 << 20)]
    public void A_truncated_disk_is_unknown_and_never_an_exception(int length)
    {
        var disk = WindowsGuest.Prepared.Disk();
        using var cut = new SliceByteSource("cut", disk, 0, length);
        Assert.NotEqual(GuestState.Generalized, Inspect(cut).State);
    }

    private static SparseByteSource OnDisk(SparseByteSource volume) => DiskBuilder.Gpt(256L << 20, (GptEntry.EfiSystem, new SparseByteSource("efi", 4L << 20)), (GptEntry.BasicData, volume));

    internal static DiskInspection Inspect(IByteSource source) => GuestInspector.Inspect("disk", source, null, DateTimeOffset.UnixEpoch);
}
