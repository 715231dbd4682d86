using DeployGate.Core.Assessment;
using DeployGate.Disks.Ext;
using DeployGate.Disks.Tests.Volumes;
using DeployGate.Disks.Volumes;

namespace DeployGate.Disks.Tests.Ext;

/// <summary>Compares with what mke2fs, e2fsck, debugfs and the kernel made.</summary>
public class ExtOracleTests
{
    [Theory]
    [InlineData("ext2", "ext2", "")]
    [InlineData("ext2", "ext2", "-b 1024 -O ^sparse_super,^resize_inode,^dir_index")]
    [InlineData("ext3", "ext3", "-b 2048")]
    [InlineData("ext4", "ext4", "")]
    [InlineData("ext4", "ext4", "-b 1024 -O 64bit,metadata_csum")]
    [InlineData("ext4", "ext4", "-b 1024 -O ^extent,^64bit,^metadata_csum,uninit_bg")]
    [InlineData("ext4", "ext4", "-b 4096 -O ^64bit,^metadata_csum")]
    [InlineData("ext4", "ext4", "-b 4096 -I 1024 -O inline_data,metadata_csum")]
    [InlineData("ext4", "ext4", "-b 1024 -I 256 -O inline_data,^metadata_csum")]
    [InlineData("ext4", "ext4", "-b 4096 -C 65536 -O bigalloc")]
    [InlineData("ext4", "ext4", "-b 1024 -g 1024 -O meta_bg,^resize_inode,64bit,metadata_csum")]
    [InlineData("ext4", "ext4", "-b 1024 -g 1024 -O meta_bg,^resize_inode,^64bit,^metadata_csum")]
    [InlineData("ext4", "ext4", "-b 4096 -O sparse_super2,^resize_inode")]
    [InlineData("ext4", "ext4", "-b 65536")]
    [InlineData("ext4", "ext4", "-b 16384 -I 128 -O ^flex_bg,metadata_csum_seed,ea_inode,large_dir")]
    public void Every_path_length_and_byte_is_as_it_was_put_in(string type, string fileSystem, string options)
    {
        LinuxTools.Need("mke2fs");
        using var tools = new LinuxTools();

        // With inline data mke2fs 1.47 itself loses the end of a sparse file: debugfs shows the same shorter length.
        var sparse = !options.Contains("inline_data", StringComparison.Ordinal);
        SampleTree.Write(Directory.CreateDirectory(tools.At("tree")).FullName, sparse: sparse);
        var image = tools.Image("disk", 96 << 20);
        LinuxTools.Run("mke2fs", ["-q", "-F", "-t", type, "-L", "rootfs", "-U", "c0ffee00-1234-5678-9abc-def012345678", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "-d", tools.At("tree"), image]);
        using var file = new ImageFile(image);
        var volume = ExtVolume.Open(file).Found();
        Assert.Equal(SampleTree.Count - (sparse ? 0 : 1), TreeComparison.Same(volume, tools.At("tree"), viaNames: true));
        Assert.Equal((fileSystem, "rootfs", "c0ffee00-1234-5678-9abc-def012345678", null), (volume.Facts.FileSystem, volume.Facts.Label, volume.Facts.Uuid, volume.Unsettled));
        Assert.Empty(volume.Facts.Remarks);
    }

    [Theory]
    [InlineData("-b 1024 -O metadata_csum", 5000)]
    [InlineData("-b 4096 -O ^metadata_csum", 1000)]
    public void Huge_directories_read_the_same_with_and_without_their_hash_tree(string options, int entries)
    {
        LinuxTools.Need("mke2fs", "e2fsck", "debugfs");
        using var tools = new LinuxTools();
        SampleTree.Write(Directory.CreateDirectory(tools.At("tree")).FullName, hugeDirectory: entries);
        var image = tools.Image("disk", 96 << 20);
        LinuxTools.Run("mke2fs", ["-q", "-F", "-t", "ext4", "-N", "8000", .. options.Split(' '), "-d", tools.At("tree"), image]);
        using (var file = new ImageFile(image))
            Assert.Equal(SampleTree.Count + 1 + entries, TreeComparison.Same(ExtVolume.Open(file).Found(), tools.At("tree")));

        LinuxTools.TryRun("e2fsck", "-fyD", image);
        Assert.Contains("Root node", LinuxTools.Run("debugfs", "-R", "htree huge", image), StringComparison.Ordinal);
        using var indexed = new ImageFile(image);
        Assert.Equal(SampleTree.Count + 1 + entries, TreeComparison.Same(ExtVolume.Open(indexed).Found(), tools.At("tree")));
    }

    [Fact]
    public void Deep_trees_of_extents_unwritten_space_and_a_kernel_made_hash_tree_are_read()
    {
        LinuxTools.Need("mke2fs", "mount", "fallocate");
        using var tools = new LinuxTools();
        var image = tools.Image("disk", 128 << 20);
        LinuxTools.Run("mke2fs", "-q", "-F", "-t", "ext4", "-b", "1024", image);
        var point = tools.Mount(image);
        SampleTree.Write(point, hugeDirectory: 1500);
        LinuxTools.Run("fallocate", "--length", "3000000", Path.Combine(point, "unwritten"));
        using (var fragmented = File.Create(Path.Combine(point, "fragmented")))
        {
            for (var i = 0; i < 3000; i++)
            {
                fragmented.Position = i * 4096L;
                fragmented.Write(SampleTree.Bytes(1024, i));
            }
        }

        LinuxTools.Run("cp", "-a", point, tools.At("copy"));
        LinuxTools.Run("sync", "--file-system", point);
        using (var mounted = new ImageFile(image))
            Assert.Equal("the journal holds changes that were not applied (needs_recovery)", ExtVolume.Open(mounted).Found().Unsettled);

        tools.Unmount();
        using var file = new ImageFile(image);
        var volume = ExtVolume.Open(file).Found();
        Assert.Null(volume.Unsettled);
        Assert.Equal(SampleTree.Count + 1503, TreeComparison.Same(volume, tools.At("copy")));
    }

    [Fact]
    public void One_name_on_a_disk_of_30_GiB_costs_less_than_200_kB()
    {
        LinuxTools.Need("mke2fs");
        using var tools = new LinuxTools();
        SampleTree.Put(tools.At("tree"), "var/lib/waagent/provisioned", SampleTree.Bytes(36, 1));
        for (var i = 0; i < 300; i++)
            SampleTree.Put(tools.At("tree"), $"var/lib/package{i}/status", SampleTree.Bytes(100, i));

        var image = tools.Image("disk", 30L << 30);
        LinuxTools.Run("mke2fs", "-q", "-F", "-t", "ext4", "-d", tools.At("tree"), image);
        using var file = new ImageFile(image);
        var tree = new FileTree(ExtVolume.Open(file).Found());
        Assert.Equal(36, tree.Find("/var/lib/waagent/provisioned").Found().Entry.Length);
        Assert.IsType<Lookup<TreeEntry>.Absent>(tree.Find("/var/lib/cloud/instance"));
        TestContext.Current.TestOutputHelper?.WriteLine($"ext4, 30 GiB: {file.BytesRead} bytes in {file.Reads} reads");
        Assert.InRange(file.BytesRead, 1, 200_000);
    }

    [Fact]
    public void A_broken_superblock_is_replaced_by_its_copy_and_a_broken_checksum_is_found()
    {
        LinuxTools.Need("mke2fs");
        using var tools = new LinuxTools();
        SampleTree.Write(Directory.CreateDirectory(tools.At("tree")).FullName);
        var image = tools.Image("disk", 96 << 20);
        LinuxTools.Run("mke2fs", "-q", "-F", "-t", "ext4", "-b", "1024", "-d", tools.At("tree"), image);
        using (var raw = File.OpenWrite(image))
        {
            raw.Position = 1024 + 0x20;
            raw.Write([0, 0, 0, 0]);
        }

        using var file = new ImageFile(image);
        var volume = ExtVolume.Open(file).Found();
        Assert.Equal(SampleTree.Count, TreeComparison.Same(volume, tools.At("tree")));
        Assert.Contains("its copy at byte 8389632 was taken", Assert.Single(volume.Facts.Remarks), StringComparison.Ordinal);
        Assert.NotNull(volume.Unsettled);
    }

    [Fact]
    public void Encrypted_and_case_folded_directories_never_prove_absence()
    {
        LinuxTools.Need("mke2fs", "debugfs");
        using var tools = new LinuxTools();
        var image = tools.Image("disk", 16 << 20);
        SampleTree.Put(tools.At("tree"), "dir/name", [1]);
        LinuxTools.Run("mke2fs", "-q", "-F", "-t", "ext4", "-O", "casefold,encrypt", "-d", tools.At("tree"), image);
        LinuxTools.Run("debugfs", "-w", "-R", "set_inode_field dir flags 0x40080000", image);
        using (var folded = new ImageFile(image))
        {
            var volume = ExtVolume.Open(folded).Found();
            var directory = volume.Child(volume.Root().Found(), "dir").Found();
            Assert.IsType<Lookup<FileEntry>.Found>(volume.Child(directory, "name"));
            Assert.IsType<Lookup<FileEntry>.Unreadable>(volume.Child(directory, "NAME"));
        }

        LinuxTools.Run("debugfs", "-w", "-R", "set_inode_field dir flags 0x80800", image);
        using var encrypted = new ImageFile(image);
        var other = ExtVolume.Open(encrypted).Found();
        var closed = other.Child(other.Root().Found(), "dir").Found();
        Assert.IsType<Lookup<FileEntry>.Unreadable>(other.Child(closed, "name"));
    }
}
