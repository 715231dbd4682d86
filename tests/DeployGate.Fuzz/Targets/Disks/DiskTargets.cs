using System.Text;
using DeployGate.Disks.Ext;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Xfs;
using DeployGate.Fuzz.Running;
using DeployGate.TestKit.Disks;
using DeployGate.TestKit.Disks.Broken;

namespace DeployGate.Fuzz.Targets.Disks;

/// <summary>Readers of disks: containers, tables, file systems, registries. The images are those of the mutation tests.</summary>
internal static class DiskTargets
{
    // The most that readers keep of a disk depends on their own bounds, not on its size: blocks, inodes and tables in caches.
    private static readonly CostBound s_volume = new(256L << 20, 50);

    internal static IEnumerable<FuzzTarget> All { get; } =
    [
        new ImageTarget("regf", [], () => [new BrokenHive()]),
        new ImageTarget("ntfs", [], () => [new BrokenNtfs()]) { Bound = s_volume },
        new ImageTarget("ext", [], () => [Ext(hasChecksums: true), Ext(hasChecksums: false)]) { Bound = s_volume },
        new ImageTarget("xfs", ["mkfs.xfs"], Xfs) { Bound = s_volume },
        new ImageTarget("lvm", [], () => [new BrokenLvm()]),
        new ImageTarget("vhd", [], () => [BrokenContainers.FixedVhd(), BrokenContainers.DynamicVhd(), BrokenContainers.DifferencingVhd()]),
        new ImageTarget("vhdx", ["qemu-img"], () => [BrokenContainers.Vhdx(hasLog: false), BrokenContainers.Vhdx(hasLog: true)]),
        new ImageTarget("partitions", [], () => [BrokenContainers.GuidTable(), BrokenContainers.BootRecords()]),
        new ImageTarget("disk", [], BrokenDisk.All) { Bound = s_volume },
    ];

    private static BrokenVolume Ext(bool hasChecksums)
    {
        var builder = new ExtBuilder().Known("root", new Guid("11111111-2222-3333-4444-555555555555"))
            .File("/etc/fstab", "LABEL=root / ext4 defaults 0 1\n")
            .File("/usr/lib/os-release", new string('x', 5_000))
            .File("/etc/hostname", "vm\n")
            .Link("/links/relative", "../usr/lib/os-release")
            .Link("/links/long", new string('t', 100))
            .Directory("/var/lib/cloud");
        return new BrokenVolume(new MutatedImage((hasChecksums ? builder.Checksums() : builder).Build()), ExtVolume.Open, null);
    }

    // The identity is given; the times in it are those of now, so that an image of another hour differs in some bytes.
    private static IReadOnlyList<IBrokenImage> Xfs() =>
    [
        MakeXfs("crc=0", "-b", "size=1024"),
        MakeXfs("crc=1,uuid=11111111-2222-3333-4444-555555555555", "-b", "size=4096"),
        MakeXfs("crc=1,uuid=11111111-2222-3333-4444-555555555555", "-b", "size=1024", "-n", "size=4096"),
    ];

    private static BrokenVolume MakeXfs(string meta, params string[] options)
    {
        using var folder = new ScratchFolder();
        var text = new StringBuilder("/dev/null\n0 0\nd--755 0 0\n");
        text.Append("links d--755 0 0\nrelative l--777 0 0 ../file0\n$\nhuge d--755 0 0\n");
        for (var i = 0; i < 120; i++)
        {
            File.WriteAllBytes(folder.PathOf($"file{i}"), new byte[i * 97]);
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"entry-number-{i} ---644 0 0 {folder.PathOf($"file{i}")}\n");
        }

        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"$\nfile0 ---644 0 0 {folder.PathOf("file9")}\n$\n");
        File.WriteAllText(folder.PathOf("proto"), text.ToString());
        var image = folder.PathOf("disk");
        using (var file = File.Create(image))
        {
            file.SetLength(320L << 20);
        }

        OtherTool.Run("mkfs.xfs", ["-q", "-f", "-p", folder.PathOf("proto"), "-m", meta, .. options, image]);
        using var handle = File.OpenHandle(image);
        return FileByteSource.Open("image", handle) is Core.Assessment.Lookup<IByteSource>.Found { Value: var source }
            ? new BrokenVolume(new MutatedImage(source), XfsVolume.Open, XfsChecksums.Mend)
            : throw new InvalidOperationException("mkfs.xfs made no image.");
    }
}
