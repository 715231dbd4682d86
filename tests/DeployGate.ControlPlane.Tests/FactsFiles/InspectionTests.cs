using DeployGate.Core.Assessment;
using DeployGate.Core.Images;

namespace DeployGate.ControlPlane.Tests.FactsFiles;

public class InspectionTests
{
    private const string Whole = """
        {
          "schema": "deploygate-inspection/v1", "disk": "https://stimages.blob.core.windows.net/vhds/win.vhd", "container": "vhd-fixed",
          "partitions": [ { "index": 1, "type": "basic", "fileSystem": "NTFS", "offset": 1048576, "length": 136365211648 } ],
          "os": { "type": "Windows", "product": "Windows Server 2022", "version": "10.0.20348", "computerName": "VM-BUILD" },
          "state": "Specialized", "reason": "ImageState is IMAGE_STATE_COMPLETE",
          "evidence": [
            { "place": "SOFTWARE\\...\\ImageState", "value": "IMAGE_STATE_COMPLETE", "says": "Specialized", "weight": 3 },
            { "place": "SYSTEM\\Setup\\SetupType", "value": 0, "says": "no setup is pending" }
          ],
          "contradictions": [], "read": { "bytes": 4194304, "requests": 12 }
        }
        """;

    [Fact]
    public void An_inspection_given_for_a_disk_is_read_whole()
    {
        var read = Reading.OfDisk("subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/d", Whole);

        Assert.Empty(read.Errors);
        var disk = Assert.Single(read.Facts.Disks);
        Assert.Equal("/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/d", disk.Of);
        Assert.Equal((GuestState.Specialized, "ImageState is IMAGE_STATE_COMPLETE", OsType.Windows), (disk.State, disk.Reason, disk.OsType));
        Assert.Equal(("disk.json", null), (disk.File, disk.ReadAt));
        Assert.Equal(
            [new GuestItem(@"SOFTWARE\...\ImageState", "IMAGE_STATE_COMPLETE", "Specialized"), new GuestItem(@"SYSTEM\Setup\SetupType", "0", "no setup is pending")],
            disk.Items);
    }

    [Theory]
    [InlineData("residue", true)]
    [InlineData("Residue", true)]
    [InlineData("decisive", false)]
    public void What_the_preparation_left_is_told_by_its_weight(string weight, bool isResidue)
    {
        var text = $$"""{"state": "Generalized", "evidence": [{"place": "/etc/passwd", "value": "lena", "says": "an account", "weight": "{{weight}}"}]}""";
        var disk = Assert.Single(Reading.OfDisk("d.vhd", text).Facts.Disks);
        Assert.Equal(isResidue, Assert.Single(disk.Items).IsResidue);
    }

    [Theory]
    [InlineData(DiskLayout.Bios, "83", "82")]
    [InlineData(DiskLayout.Unknown, "ef", "07")]
    [InlineData(DiskLayout.Uefi, "C12A7328-F81F-11D2-BA4B-00A0C93EC93B", "ebd0a0a2-b9e5-4433-87c0-68b6b72699c7")]
    [InlineData(DiskLayout.Unknown, "c12a7328-f81f-11d2-ba4b-00a0c93ec93b", "21686148-6449-6e6f-744e-656564454649")]
    [InlineData(DiskLayout.Unknown, "83", "")]
    public void The_partitions_tell_what_firmware_they_are_made_for(DiskLayout expected, string first, string second)
    {
        var text = $$"""{"state": "Generalized", "partitions": [{"type": "{{first}}"}, {"type": "{{second}}"}]}""";
        Assert.Equal(expected, Assert.Single(Reading.OfDisk("d.vhd", text).Facts.Disks).Layout);
    }

    [Fact]
    public void An_inspection_given_as_state_is_of_the_disk_it_names() =>
        Assert.Equal("https://stimages.blob.core.windows.net/vhds/win.vhd", Assert.Single(Reading.Clean(Whole).Disks).Of);

    [Theory]
    [InlineData("https://x.blob.core.windows.net/v/a.vhd?sv=1&sig=abc", "https://x.blob.core.windows.net/v/a.vhd")]
    [InlineData("https://x.blob.core.windows.net/v/a.vhd?snapshot=2026", "https://x.blob.core.windows.net/v/a.vhd")]
    [InlineData("out/win.vhd", "out/win.vhd")]
    [InlineData("/subscriptions/s/x", "/subscriptions/s/x")]
    public void What_an_inspection_is_of_loses_its_query_only(string given, string of) =>
        Assert.Equal(of, Assert.Single(Reading.OfDisk(given, Whole).Facts.Disks).Of);

    [Theory]
    [InlineData("""{"state": "Generalized"}""", GuestState.Generalized, "")]
    [InlineData("""{"state": "Undeployable", "reason": "sysprep broke off"}""", GuestState.Undeployable, "sysprep broke off")]
    [InlineData("""{"state": "Unknown", "reason": "the volume is encrypted"}""", GuestState.Unclear, "the volume is encrypted")]
    [InlineData("""{"state": "Unknown"}""", GuestState.Unclear, "the inspection could not tell the state")]
    [InlineData("""{"reason": "the disk is torn"}""", GuestState.Unclear, "the inspection names no state; the disk is torn")]
    [InlineData("""{"state": 7}""", GuestState.Unclear, "the inspection names no state")]
    [InlineData("""{"state": "Sealed"}""", GuestState.Unclear, "the inspection names the state 'Sealed', which is not known here")]
    [InlineData("""{"state": "Generalized", "reason": "sealed", "contradictions": ["a user's home is left"]}""", GuestState.Generalized, "sealed; contradicted by: a user's home is left")]
    [InlineData("""{"state": "Generalized", "contradictions": [{"place": "/etc/machine-id", "value": "5f", "says": "Specialized", "weight": 1}, 7]}""", GuestState.Generalized, "contradicted by: /etc/machine-id, 5f, Specialized; 7")]
    [InlineData("""{"state": "Generalized", "contradictions": [{}]}""", GuestState.Generalized, "contradicted by other evidence")]
    [InlineData("""{"state": "Generalized", "contradictions": [0,1,2,3,4,5,6,7,8,9,10,11]}""", GuestState.Generalized, "contradicted by: 0; 1; 2; 3; 4; 5; 6; 7; 8; 9; 2 more")]
    public void The_state_is_taken_as_it_is_said_and_anything_else_is_unclear(string inspection, GuestState state, string reason)
    {
        var disk = Assert.Single(Reading.OfDisk("/subscriptions/s", $$"""{"schema": "deploygate-inspection/v1", {{inspection[1..]}}""").Facts.Disks);

        Assert.Equal((state, reason), (disk.State, disk.Reason));
    }

    [Fact]
    public void Its_own_time_goes_before_the_facts_files()
    {
        var facts = Reading.Clean("""
            {"schema": "deploygate-facts/v1", "recordedAt": "2026-11-20T10:00:00Z", "disks": [
              {"of": "/subscriptions/s/a", "inspection": {"state": "Generalized", "readAt": "2026-11-19T10:00:00Z", "os": {"type": "Linux"}}},
              {"of": "/subscriptions/s/b", "inspection": {"state": "Generalized", "os": []}}]}
            """);

        Assert.Equal([(19, OsType.Linux), (20, OsType.Unknown)], facts.Disks.Select(disk => (disk.ReadAt!.Value.Day, disk.OsType)));
    }

    [Fact]
    public void Inspections_given_for_a_disk_come_before_those_in_state_files()
    {
        var read = DeployGate.ControlPlane.FactsFiles.FactsReader.Read(
            [new("state.json", Whole)], [new("/subscriptions/s/a", new("a.json", Whole)), new("/subscriptions/s/b", new("b.json", Whole))]);

        Assert.Equal(["a.json", "b.json", "state.json"], read.Facts.Disks.Select(disk => disk.File));
    }
}
