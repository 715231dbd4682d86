using System.Buffers.Binary;
using System.Globalization;
using DeployGate.Core.Assessment;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Tests.Volumes;
using DeployGate.Disks.Volumes;
using DeployGate.Disks.Xfs;
using DeployGate.TestKit.Disks;

namespace DeployGate.Disks.Tests.Xfs;

/// <summary>Compares with what mkfs.xfs, xfs_db and the kernel made.</summary>
public class XfsOracleTests
{
    [Theory]
    [InlineData("-m crc=0")]
    [InlineData("-m crc=0 -n ftype=0 -i size=256")]
    [InlineData("-m crc=1")]
    [InlineData("-m crc=1 -b size=1024 -n size=4096")]
    [InlineData("-m crc=1 -b size=4096 -n size=65536")]
    [InlineData("-m crc=0 -b size=1024 -n size=65536")]
    [InlineData("-m crc=1,rmapbt=1,reflink=1 -i nrext64=1 -s size=4096")]
    [InlineData("-m crc=1,bigtime=1,inobtcount=1 -i sparse=1,size=2048 -b size=65536")]
    public void Every_path_length_and_byte_is_as_it_was_put_in(string options)
    {
        LinuxTools.Need("mkfs.xfs");
        using var tools = new LinuxTools();

        // mkfs.xfs 6.1 writes long links without the head that version 5 demands; the kernel's are read in the next test.
        var longLinks = options.Contains("crc=0", StringComparison.Ordinal);
        SampleTree.Write(Directory.CreateDirectory(tools.At("tree")).FullName, hugeDirectory: 600, sparse: false, spaces: false, longestLink: longLinks ? 1023 : 300);
        File.WriteAllText(tools.At("proto"), XfsProto.Of(tools.At("tree")));
        var image = tools.Image("disk", 320 << 20);
        LinuxTools.Run("mkfs.xfs", ["-q", "-f", "-L", "rootfs", "-p", tools.At("proto"), .. options.Split(' '), image]);
        using var file = new ImageFile(image);
        var volume = XfsVolume.Open(file).Found();
        Assert.Equal(SampleTree.Count - 2 + 601 - (longLinks ? 0 : 5), TreeComparison.Same(volume, tools.At("tree")));
        Assert.Equal(("xfs", "rootfs", null), (volume.Facts.FileSystem, volume.Facts.Label, volume.Unsettled));
        Assert.Contains(volume.Facts.Uuid!, LinuxTools.Run("xfs_db", "-r", "-c", "uuid", image), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-m crc=1 -b size=1024", 1500)]
    [InlineData("-m crc=1 -b size=4096 -i nrext64=1", 1000)]
    [InlineData("-m crc=0 -b size=1024", 1500)]
    public void Trees_of_extents_in_files_and_directories_and_a_log_in_use_are_read(string options, int entries)
    {
        LinuxTools.Need("mkfs.xfs", "mount");
        using var tools = new LinuxTools();
        var image = tools.Image("disk", 320 << 20);
        LinuxTools.Run("mkfs.xfs", ["-q", "-f", .. options.Split(' '), image]);
        var point = tools.Mount(image, "nouuid");
        SampleTree.Write(point);
        Scatter(point, entries);
        LinuxTools.Run("cp", "-a", "--sparse=always", point, tools.At("copy"));
        tools.Unmount();
        using (var file = new ImageFile(image))
        {
            var volume = XfsVolume.Open(file).Found();
            Assert.Null(volume.Unsettled);
            Assert.All(WithWrongHints(file), answer => Assert.Null(answer));
            Assert.InRange(ReadsOfLog(image), 1, options.Contains("crc=1", StringComparison.Ordinal) ? 5 : 20);
            Assert.Equal(SampleTree.Count + 2 + (2 * entries), TreeComparison.Same(volume, tools.At("copy")));
            Assert.Equal(XfsForkFormat.Tree, Format(file, volume, "fragmented"));
            Assert.Equal(XfsForkFormat.Tree, Format(file, volume, "scattered"));
        }

        tools.Mount(image);
        File.WriteAllText(Path.Combine(point, "later"), "x");
        LinuxTools.Run("sync", "--file-system", point);
        using var unsettled = new ImageFile(image);
        Assert.StartsWith("the log is not clean", XfsVolume.Open(unsettled).Found().Unsettled, StringComparison.Ordinal);
        Assert.All(WithWrongHints(unsettled), answer => Assert.StartsWith("the log is not clean", answer, StringComparison.Ordinal));
    }

    [Fact]
    public void One_name_on_a_disk_of_64_GiB_is_read_sparsely()
    {
        LinuxTools.Need("mkfs.xfs");
        using var tools = new LinuxTools();
        SampleTree.Put(tools.At("tree"), "lib/waagent/provisioned", SampleTree.Bytes(36, 1));
        File.WriteAllText(tools.At("proto"), XfsProto.Of(tools.At("tree")));
        var image = tools.Image("disk", 64L << 30);
        LinuxTools.Run("mkfs.xfs", "-q", "-f", "-p", tools.At("proto"), image);
        using var file = new ImageFile(image);
        var tree = new FileTree(XfsVolume.Open(file).Found());
        Assert.Equal(36, tree.Find("/lib/waagent/provisioned").Found().Entry.Length);
        TestContext.Current.TestOutputHelper?.WriteLine($"XFS, 64 GiB: {file.BytesRead} bytes in {file.Reads} reads");
        Assert.InRange(file.BytesRead, 1, 100_000);
    }

    [Fact]
    public void A_feature_that_is_not_known_is_named()
    {
        LinuxTools.Need("mkfs.xfs");
        using var tools = new LinuxTools();
        var image = tools.Image("disk", 320 << 20);
        LinuxTools.Run("mkfs.xfs", "-q", "-f", image);
        using (var raw = File.OpenHandle(image, FileMode.Open, FileAccess.ReadWrite))
        {
            var sector = new byte[512];
            RandomAccess.Read(raw, sector, 0);
            sector[216] |= 0x40;
            sector[219] |= 0x10;
            BinaryPrimitives.WriteUInt32LittleEndian(sector.AsSpan(224), ~Castagnoli.AppendWithHole(uint.MaxValue, sector, 224, 4));
            RandomAccess.Write(raw, sector, 0);
        }

        using var file = new ImageFile(image);
        Assert.Contains("needsrepair (xfs_repair must run first), 0x40000000", Assert.IsType<Lookup<IVolume>.Unreadable>(XfsVolume.Open(file)).Failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Requests over a network that it takes to tell whether the log is clean. Version 5 says where it was written last.</summary>
    private static long ReadsOfLog(string image)
    {
        using var file = new ImageFile(image);
        using var counted = new CountingByteSource(file);
        using var cached = new CachedByteSource(counted, 64 << 10, 256);
        var volume = XfsVolume.Open(cached).Found();
        var before = counted.Reads;
        Assert.Null(volume.Unsettled);
        return counted.Reads - before;
    }

    /// <summary>What is said of the log when the superblock names another place of it than the one where it was written last.</summary>
    private static IEnumerable<string?> WithWrongHints(IByteSource image)
    {
        foreach (var hint in (uint[])[0, 1, 1000, 20_000, 100_000, uint.MaxValue])
        {
            var sector = image.ReadBytes(0, 512);
            BinaryPrimitives.WriteUInt32BigEndian(sector.AsSpan(244), hint);
            BinaryPrimitives.WriteUInt32LittleEndian(sector.AsSpan(224), ~Castagnoli.AppendWithHole(uint.MaxValue, sector, 224, 4));
            using var patched = new PatchedByteSource(image);
            patched.Patch(0, sector);
            yield return XfsVolume.Open(patched).Found().Unsettled;
        }
    }

    private static XfsForkFormat Format(ImageFile file, IVolume volume, string name)
    {
        var disk = new XfsDisk(file, new XfsSuperblock(file.ReadBytes(0, 512)));
        return XfsInode.Read(disk, volume.Child(volume.Root().Found(), name).Found().Id).Format;
    }

    // Blocks of the directory and of a file in turn, so that neither lies in one piece.
    private static void Scatter(string point, int entries)
    {
        Directory.CreateDirectory(Path.Combine(point, "scattered"));
        using var fragmented = File.Create(Path.Combine(point, "fragmented"), bufferSize: 0);
        for (var i = 0; i < entries; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{i:d6}-{new string('x', 180)}");
            File.WriteAllBytes(Path.Combine(point, "scattered", name), SampleTree.Bytes(i % 50 == 0 ? 5000 : 20, i));
            File.WriteAllBytes(Path.Combine(point, "scattered", "small" + name), []);
            fragmented.Position = i * 8192L;
            fragmented.Write(SampleTree.Bytes(1000, i));
            if (i % 100 == 0)
                fragmented.Flush(flushToDisk: true);
        }
    }
}
