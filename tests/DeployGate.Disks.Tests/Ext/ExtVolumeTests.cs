using DeployGate.Core.Assessment;
using DeployGate.Disks.Ext;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;
using DeployGate.TestKit.Disks;

namespace DeployGate.Disks.Tests.Ext;

/// <summary>Volumes made in code, for machines without the tools.</summary>
public class ExtVolumeTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Files_directories_and_links_are_read(bool extents, bool checksums)
    {
        var builder = new ExtBuilder().File("etc/hostname", "web01\n").File("large", new string('x', 9000)).Link("short", "etc/hostname").Link("long", new string('l', 300));
        builder = extents ? builder : builder.BlockMap();
        using var source = (checksums ? builder.Checksums() : builder).Build();
        var tree = new FileTree(ExtVolume.Open(source).Found());
        Assert.Equal("web01\n", tree.ReadText("/short", 100).Found());
        Assert.Equal(new string('x', 9000), tree.ReadText("/large", 9000).Found());
        Assert.Equal(new string('l', 300), tree.LinkTarget("/long").Found());
        Assert.Equal(["etc", "large", "long", "short"], tree.List("/").Found().Select(entry => entry.Name).Order());
    }

    [Fact]
    public void Anything_else_is_absent()
    {
        using var empty = new MemoryByteSource("empty", new byte[4096]);
        Assert.IsType<Lookup<IVolume>.Absent>(ExtVolume.Open(empty));
        using var tiny = new MemoryByteSource("tiny", new byte[10]);
        Assert.IsType<Lookup<IVolume>.Absent>(ExtVolume.Open(tiny));
    }

    [Fact]
    public void State_and_features_are_told()
    {
        using var recovering = new ExtBuilder().Unsettled().Build();
        Assert.Equal("the journal holds changes that were not applied (needs_recovery)", ExtVolume.Open(recovering).Found().Unsettled);
        using var failing = new ExtBuilder().State(2).Build();
        var stopped = ExtVolume.Open(failing).Found();
        Assert.Equal("the file system was not unmounted in order", stopped.Unsettled);
        Assert.Equal("the file system has noted errors in itself", Assert.Single(stopped.Facts.Remarks));
        using var compressed = new ExtBuilder().Feature(0x1).Feature(0x40000000).Build();
        Assert.Equal("ext: ext superblock, byte 1120: expected features that are supported, found compression, 0x40000000", Assert.IsType<Lookup<IVolume>.Unreadable>(ExtVolume.Open(compressed)).Failure.Message);
    }

    [Fact]
    public void Every_truncation_is_answered()
    {
        using var source = new ExtBuilder().File("etc/hostname", "web01\n").Build();
        for (var length = 0; length < 80_000; length += 613)
        {
            using var part = new SliceByteSource("part", source, 0, length);
            var found = ExtVolume.Open(part).Then(volume => new FileTree(volume).ReadText("/etc/hostname", 100));
            Assert.True(found is Lookup<string>.Unreadable || (length < 2048 && found is Lookup<string>.Absent) || length > 70_000, $"{length}: {found}");
        }
    }
}
