using DeployGate.Core.Assessment;
using DeployGate.Disks.Lvm;
using DeployGate.Disks.Sources;
using DeployGate.TestKit.Disks;

namespace DeployGate.Disks.Tests.Lvm;

public class LvmGroupsTests
{
    [Fact]
    public void A_text_that_wraps_is_read_and_volumes_lie_where_it_says()
    {
        var builder = new LvmBuilder("vg").Linear("one", 4).Striped("two", 8).Linear("three", 2);
        using var first = builder.Build(0);
        using var second = builder.Build(1);
        var volumes = LvmGroups.Find([second, first]);
        Assert.Equal(["one", "two", "three"], volumes.Select(volume => volume.Name));
        Assert.Equal([8, 0, 0, 0], Content(volumes[2]).ReadBytes(0, 4));
        var striped = Content(volumes[1]);
        Assert.Equal([4, 0, 0, 0], striped.ReadBytes(0, 4));
        Assert.Equal([0xE8, 3, 0, 0], striped.ReadBytes(1024, 4));
        Assert.Equal([5, 0, 0, 0], striped.ReadBytes(8192, 4));
        Assert.Equal(8 * 4096, striped.Length);
    }

    [Fact]
    public void The_newest_of_two_copies_counts()
    {
        using var older = new LvmBuilder("vg").Sequence(9).Linear("old", 1).Build(0);
        using var newer = new LvmBuilder("vg").Sequence(10).Linear("new", 1).Build(1);
        Assert.Equal("new", Assert.Single(LvmGroups.Find([older, newer])).Name);
    }

    [Fact]
    public void Other_types_missing_and_doubled_volumes_are_named()
    {
        var builder = new LvmBuilder("vg").Striped("two", 2).Refused("pool", "thin-pool").Refused("fast", "cache").Linear("one", 1);
        using var first = builder.Build(0);
        var volumes = LvmGroups.Find([first]);
        Assert.Contains("the physical volume pv1 (BBBB", Failure(volumes[0]), StringComparison.Ordinal);
        Assert.Equal("LVM vg/pool: expected a linear or striped volume, found the segment type 'thin-pool'", Failure(volumes[1]));
        Assert.Equal("LVM vg/fast: expected a linear or striped volume, found the segment type 'cache'", Failure(volumes[2]));
        Assert.IsType<Lookup<IByteSource>.Found>(volumes[3].Content);
        Assert.Contains("two or more with that identity", Failure(LvmGroups.Find([first, first])[3]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_volume_whose_text_is_broken_is_not_lost()
    {
        using var whole = new LvmBuilder("vg").Linear("one", 1).Build(0);
        var bytes = whole.ReadBytes(0, (int)whole.Length);
        bytes[4096 + 16384 - 500] ^= 1;
        using var broken = new MemoryByteSource("partition 2", bytes);
        var volume = Assert.Single(LvmGroups.Find([broken]));
        Assert.Equal("", volume.Name);
        Assert.Contains("partition 2: LVM metadata area, byte", Failure(volume), StringComparison.Ordinal);
    }

    private static IByteSource Content(LogicalVolume volume) => Assert.IsType<Lookup<IByteSource>.Found>(volume.Content).Value;

    private static string Failure(LogicalVolume volume) => Assert.IsType<Lookup<IByteSource>.Unreadable>(volume.Content).Failure.Message;
}
