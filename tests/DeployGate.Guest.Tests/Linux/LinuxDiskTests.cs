using DeployGate.Core.Assessment;
using DeployGate.Core.Images;
using DeployGate.Core.Inspections;
using DeployGate.Disks.Sources;
using DeployGate.TestKit.Disks;

namespace DeployGate.Guest.Tests.Linux;

public class LinuxDiskTests
{
    private static readonly Guid s_uuid = new("11111111-2222-3333-4444-555555555555");
    private static readonly Guid s_var = new("66666666-2222-3333-4444-555555555555");

    [Fact]
    public void A_deprovisioned_disk_is_generalized()
    {
        var inspection = Inspect(Clean());
        Assert.Equal(GuestState.Generalized, inspection.State);
        Assert.Equal(new GuestSystem(OsType.Linux, "Ubuntu 22.04.4 LTS", "22.04", "localhost.localdomain"), inspection.System);
    }

    [Fact]
    public void A_provisioned_disk_names_the_machine_that_it_was()
    {
        var inspection = Inspect(Clean().File("/var/lib/waagent/provisioned", "B0F1C2D3-0000-0000-0000-000000000001\n"));
        Assert.Equal((GuestState.Specialized, "B0F1C2D3-0000-0000-0000-000000000001"), (inspection.State, inspection.System.VmId));
    }

    [Fact]
    public void An_agent_folder_that_the_configuration_moves_is_looked_into()
    {
        var disk = Clean().File("/etc/waagent.conf", "# Lib.Dir=/var/lib/other\nLib.Dir=/opt/agent\n").File("/opt/agent/provisioned", "id");
        Assert.Equal(GuestState.Specialized, Inspect(disk).State);
    }

    [Fact]
    public void A_separate_var_is_followed_through_fstab()
    {
        var root = Root($"UUID={s_uuid} / ext4 defaults 0 1\nUUID={s_var} /var ext4 defaults 0 2\n");
        var other = new ExtBuilder().Known("var", s_var).File("/lib/waagent/provisioned", "id");
        Assert.Equal(GuestState.Specialized, Inspect(root.Build(), other.Build()).State);
        Assert.Equal(GuestState.Generalized, Inspect(root.Build(), new ExtBuilder().Known("var", s_var).Directory("/lib/waagent").Build()).State);
    }

    [Fact]
    public void A_var_that_is_not_on_the_disk_leaves_it_unknown_and_never_generalized()
    {
        var inspection = Inspect(Root($"UUID={s_uuid} / ext4 defaults 0 1\nUUID={s_var} /var ext4 defaults 0 2\n").Build());
        Assert.Equal(GuestState.Unclear, inspection.State);
        Assert.Contains("/var/lib/waagent/provisioned could not be looked for", inspection.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_journal_that_is_not_empty_leaves_it_unknown() => Assert.Equal(GuestState.Unclear, Inspect(Clean().Unsettled()).State);

    [Fact]
    public void What_is_left_behind_is_named_without_its_content()
    {
        var inspection = Inspect(Clean()
            .File("/etc/passwd", "root:x:0:0::/root:/bin/bash\nbuilder:x:1000:1000::/home/builder:/bin/bash\ndaemon:x:1001:1::/:/usr/sbin/nologin\n")
            .File("/etc/shadow", "builder:$6$TopSecretHash:1::::::\n")
            .File("/home/builder/.ssh/authorized_keys", "ssh-rsa TopSecretKey\n")
            .File("/etc/machine-id", "0123456789abcdef0123456789abcdef\n"));
        Assert.Equal(GuestState.Generalized, inspection.State);
        Assert.Equal(["builder", "builder", "set"], inspection.Evidence.Where(item => item.Weight == EvidenceWeight.Residue).Select(item => item.Value));
        Assert.DoesNotContain("TopSecret", string.Join(' ', inspection.Evidence), StringComparison.Ordinal);
    }

    [Fact]
    public void A_disk_with_files_and_no_system_is_readable_and_says_so()
    {
        var inspection = Inspect(new ExtBuilder().File("/data/one.txt", "1").Build());
        Assert.True(inspection.IsReadable);
        Assert.Equal("no operating system was found in 1 partitions", inspection.Reason);
    }

    private static ExtBuilder Root(string fstab) => new ExtBuilder()
        .Known("root", s_uuid)
        .File("/etc/fstab", fstab)
        .File("/etc/hostname", "localhost.localdomain\n")
        .File("/etc/os-release", "PRETTY_NAME=\"Ubuntu 22.04.4 LTS\"\nVERSION_ID=\"22.04\"\n")
        .File("/usr/sbin/waagent", "#!/usr/bin/python3\n");

    private static ExtBuilder Clean() => Root($"UUID={s_uuid} / ext4 defaults 0 1\n").Directory("/var/lib/waagent").Directory("/var/lib/cloud");

    private static DiskInspection Inspect(ExtBuilder volume) => Inspect(volume.Build());

    private static DiskInspection Inspect(params IByteSource[] volumes) =>
        GuestInspector.Inspect("disk", DiskBuilder.Gpt(64L << 20, [.. volumes.Select(volume => (GptEntry.Linux, volume))]), null, DateTimeOffset.UnixEpoch);
}
