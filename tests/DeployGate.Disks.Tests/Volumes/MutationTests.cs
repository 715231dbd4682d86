using DeployGate.Disks.Ext;
using DeployGate.Disks.Tests.Xfs;
using DeployGate.Disks.Xfs;
using DeployGate.TestKit.Disks;
using DeployGate.TestKit.Disks.Broken;

namespace DeployGate.Disks.Tests.Volumes;

/// <summary>Broken images of every kind. The changes are made where structures lie; checksums are put right where there are any.</summary>
public class MutationTests
{
    [Theory]
    [InlineData("ext2", "-b 1024 -O ^sparse_super,^resize_inode")]
    [InlineData("ext4", "-b 1024 -O ^metadata_csum,^uninit_bg,^resize_inode,meta_bg -g 1024")]
    [InlineData("ext4", "-b 4096 -I 512 -O inline_data,^metadata_csum")]
    [InlineData("ext4", "-b 1024 -O metadata_csum")]
    public void Broken_ext_volumes_are_answered(string type, string options)
    {
        LinuxTools.Need("mke2fs", "e2fsck");
        using var tools = new LinuxTools();
        SampleTree.Write(Directory.CreateDirectory(tools.At("tree")).FullName, hugeDirectory: 60);
        var image = tools.Image("disk", 8 << 20);
        LinuxTools.Run("mke2fs", ["-q", "-F", "-t", type, "-N", "512", .. options.Split(' '), "-d", tools.At("tree"), image]);
        LinuxTools.TryRun("e2fsck", "-fyD", image);
        using var file = new ImageFile(image);
        VolumeWalk.Broken("ext", new MutatedImage(file), ExtVolume.Open, null);
    }

    [Theory]
    [InlineData("-m crc=0 -b size=1024")]
    [InlineData("-m crc=1 -i nrext64=1")]
    [InlineData("-m crc=1 -b size=1024 -n size=4096")]
    public void Broken_XFS_volumes_are_answered(string options)
    {
        LinuxTools.Need("mkfs.xfs");
        using var tools = new LinuxTools();
        SampleTree.Write(Directory.CreateDirectory(tools.At("tree")).FullName, hugeDirectory: 120, sparse: false, spaces: false);
        File.WriteAllText(tools.At("proto"), XfsProto.Of(tools.At("tree")));
        var image = tools.Image("disk", 320 << 20);
        LinuxTools.Run("mkfs.xfs", ["-q", "-f", "-p", tools.At("proto"), .. options.Split(' '), image]);
        using var file = new ImageFile(image);
        VolumeWalk.Broken("XFS", new MutatedImage(file), XfsVolume.Open, XfsChecksums.Mend);
    }

    [Fact]
    public void Broken_trees_of_XFS_are_answered()
    {
        LinuxTools.Need("mkfs.xfs", "mount");
        using var tools = new LinuxTools();
        var image = tools.Image("disk", 320 << 20);
        LinuxTools.Run("mkfs.xfs", "-q", "-f", "-b", "size=1024", image);
        var point = tools.Mount(image);
        using (var fragmented = File.Create(Path.Combine(point, "fragmented"), bufferSize: 0))
        {
            for (var i = 0; i < 6000; i++)
            {
                fragmented.Position = i * 2048L;
                fragmented.WriteByte(1);
            }
        }

        tools.Unmount();
        using var file = new ImageFile(image);
        VolumeWalk.Broken("XFS", new MutatedImage(file), XfsVolume.Open, XfsChecksums.Mend);
    }

    [Fact]
    public void Broken_LVM_text_is_answered() => MutationRun.Each("LVM", 600, new BrokenLvm().Attempt);
}
