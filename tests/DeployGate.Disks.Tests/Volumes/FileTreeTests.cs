using DeployGate.Core.Assessment;
using DeployGate.Disks.Ext;
using DeployGate.Disks.Partitions;
using DeployGate.Disks.Volumes;
using DeployGate.TestKit.Disks;

namespace DeployGate.Disks.Tests.Volumes;

public class FileTreeTests
{
    private static readonly Guid s_one = new("11111111-1111-1111-1111-111111111111");
    private static readonly Guid s_two = new("22222222-2222-2222-2222-222222222222");

    [Theory]
    [InlineData("/etc/os-release", "/usr/lib/os-release")]
    [InlineData("//etc/./../etc/os-release", "/usr/lib/os-release")]
    [InlineData("/../../usr/lib/os-release", "/usr/lib/os-release")]
    [InlineData("/absolute/os-release", "/usr/lib/os-release")]
    [InlineData("/escape/usr/lib/os-release", "/usr/lib/os-release")]
    public void Links_and_dots_stay_inside(string path, string expected)
    {
        var tree = new FileTree(Volume(new ExtBuilder().File("usr/lib/os-release", "ID=x").Link("etc/os-release", "../usr/lib/os-release").Link("absolute", "/usr/lib").Link("escape", "../../../..")));
        Assert.Equal(expected, tree.Find(path).Found().Path);
        Assert.Equal("ID=x", tree.ReadText(path, 10).Found());
    }

    [Fact]
    public void Circles_of_links_are_unreadable_and_broken_links_absent()
    {
        var tree = new FileTree(Volume(new ExtBuilder().Link("a", "b").Link("b", "a").Link("dangling", "/not/there").File("file", "x")));
        Assert.Contains("a circle of links", Assert.IsType<Lookup<TreeEntry>.Unreadable>(tree.Find("/a/x")).Failure.Message, StringComparison.Ordinal);
        Assert.IsType<Lookup<TreeEntry>.Absent>(tree.Find("/dangling"));
        Assert.Equal("/not/there", tree.LinkTarget("/dangling").Found());
        Assert.IsType<Lookup<TreeEntry>.Absent>(tree.Find("/file/below"));
        Assert.IsType<Lookup<string>.Unreadable>(tree.ReadText("/", 10));
    }

    [Fact]
    public void Mounts_cover_what_is_below_and_an_unreadable_one_never_says_absent()
    {
        var root = Volume(new ExtBuilder().Directory("var/lib").File("var/old", "covered").Link("log", "/var/log"));
        var tree = new FileTree(root).Mount("/var", Volume(new ExtBuilder().File("log/syslog", "new")));
        Assert.Equal("new", tree.ReadText("/log/syslog", 10).Found());
        Assert.IsType<Lookup<TreeEntry>.Absent>(tree.Find("/var/old"));
        var torn = new FileTree(root).MountUnreadable("/var", new ReadFailure("/var", null, "a volume", "LUKS")).Mount("/var/log", Volume(new ExtBuilder().File("syslog", "deep")));
        Assert.IsType<Lookup<TreeEntry>.Unreadable>(torn.Find("/var/old"));
        Assert.IsType<Lookup<TreeEntry>.Unreadable>(torn.Find("/var"));
        Assert.Equal("deep", torn.ReadText("/var/log/syslog", 10).Found());
    }

    [Fact]
    public void Fstab_is_followed_to_the_candidates()
    {
        var root = Volume(new ExtBuilder().Known("rootfs", s_one).File("etc/fstab", $"UUID={s_one} / ext4\nLABEL=data /var ext4\n/dev/sda3 /home xfs\n/dev/mapper/vg-opt /opt xfs\ntmpfs /tmp tmpfs\n/srv/x /bound none bind\n").File("srv/x/file", "x"));
        var data = Volume(new ExtBuilder().Known("data", s_two).File("lib/provisioned", "id"));
        var tree = Assembled(root, root, data);
        Assert.Equal("id", tree.ReadText("/var/lib/provisioned", 10).Found());
        Assert.Equal("x", tree.ReadText("/bound/file", 10).Found());
        Assert.All(["/home/user", "/opt/x", "/tmp/x"], path => Assert.IsType<Lookup<TreeEntry>.Unreadable>(tree.Find(path)));
        Assert.IsType<Lookup<TreeEntry>.Absent>(tree.Find("/var/lib/cloud"));
    }

    [Fact]
    public void Two_volumes_of_one_identity_are_none()
    {
        var root = Volume(new ExtBuilder().Known("rootfs", s_one).File("etc/fstab", $"UUID={s_two} /var ext4\n"));
        var twin = Volume(new ExtBuilder().Known("a", s_two));
        Assert.IsType<Lookup<TreeEntry>.Unreadable>(Assembled(root, root, twin, Volume(new ExtBuilder().Known("b", s_two))).Find("/var/lib"));
    }

    [Fact]
    public void A_root_that_fstab_does_not_mean_is_unreadable()
    {
        var root = Volume(new ExtBuilder().Known("rootfs", s_one).File("etc/fstab", $"UUID={s_two} / ext4\n"));
        Assert.IsType<Lookup<TreeEntry>.Unreadable>(Assembled(root, root).Find("/etc"));
    }

    [Fact]
    public void A_partition_that_systemd_mounts_by_its_type_is_not_overlooked()
    {
        var root = Volume(new ExtBuilder().File("etc/fstab", "# nothing\n"));
        var candidate = new MountCandidate(new Partition(2, "4d21b016-b534-45c2-a9fb-5c16e091fd2d", null, 0, 1), null, null, new Lookup<IVolume>.Found(root), null);
        Assert.IsType<Lookup<TreeEntry>.Unreadable>(Mounts.Assemble(root, [candidate]).Found().Tree.Find("/var/lib"));
    }

    [Fact]
    public void A_unit_that_mounts_var_is_not_overlooked()
    {
        var root = Volume(new ExtBuilder().Directory("var/lib").File("etc/systemd/system/var.mount", "[Mount]\n"));
        Assert.IsType<Lookup<TreeEntry>.Unreadable>(Assembled(root, root).Find("/var/lib/waagent"));
    }

    private static IVolume Volume(ExtBuilder builder) => ExtVolume.Open(builder.Build()).Found();

    private static FileTree Assembled(IVolume root, params IVolume[] volumes) =>
        Mounts.Assemble(root, [.. volumes.Select((volume, i) => new MountCandidate(new Partition(i + 1, "83", null, 0, 1), null, null, new Lookup<IVolume>.Found(volume), null))]).Found().Tree;
}
