using System.Globalization;
using System.Text;
using DeployGate.Disks.Sources;
using DeployGate.TestKit.Disks;

namespace DeployGate.Disks.Tests.Ntfs;

public class NtfsToolTests
{
    private static IEnumerable<string> Lines(byte[] output) => Encoding.UTF8.GetString(output).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [Theory]
    [InlineData(512, 512)]
    [InlineData(1024, 512)]
    [InlineData(2048, 512)]
    [InlineData(4096, 512)]
    [InlineData(4096, 4096)]
    [InlineData(8192, 512)]
    [InlineData(16384, 512)]
    [InlineData(32768, 512)]
    [InlineData(65536, 512)]
    public void Volumes_that_mkntfs_made_are_read_right(int cluster, int sector)
    {
        Assert.SkipUnless(OtherTool.Exists("mkntfs") && OtherTool.Exists("ntfscp") && OtherTool.Exists("ntfsls"), "mkntfs and the other tools of ntfs-3g are not installed");
        using var folder = new ScratchFolder();
        var image = folder.PathOf("image");
        using (var file = new FileStream(image, FileMode.CreateNew))
        {
            file.SetLength(40 << 20);
        }

        OtherTool.Run("mkntfs", "-F", "-q", "-Q", "-s", Text(sector), "-p", "0", "-H", "0", "-S", "0", "-L", "Größe", "-c", Text(cluster), image);
        var contents = Enumerable.Range(0, 20).ToDictionary(i => $"File number {i} with a long name.txt", i => NtfsVolumeTests.Noise(i * i * 350, i));
        foreach (var (name, content) in contents)
        {
            File.WriteAllBytes(folder.PathOf("content"), content);
            OtherTool.Run("ntfscp", "-q", image, folder.PathOf("content"), "/" + name);
        }

        using var source = new MemoryByteSource("image", File.ReadAllBytes(image));
        var volume = NtfsVolumeTests.Open(source);
        Assert.Equal("Größe", volume.Facts.Label);
        Assert.Null(volume.Unsettled);
        Assert.All(contents, file => Assert.Equal(file.Value, NtfsVolumeTests.ReadFile(volume, file.Key.ToUpperInvariant())));
        Assert.Equal(
            Lines(OtherTool.Run("ntfsls", "-a", "-s", image)).Where(name => name is not ("." or "..")).Order(StringComparer.Ordinal),
            volume.Children(volume.Root().Found()).Found().Select(entry => entry.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_ntfs_3g_compressed_and_filled_is_read_right()
    {
        Assert.SkipUnless(OtherTool.Exists("ntfs-3g") && OtherTool.Exists("python3") && Path.Exists("/dev/fuse"), "ntfs-3g, python3 or FUSE are not there");
        using var folder = new ScratchFolder();
        var (image, mounted) = (folder.PathOf("image"), folder.PathOf("mounted"));
        using (var file = new FileStream(image, FileMode.CreateNew))
        {
            file.SetLength(64 << 20);
        }

        OtherTool.Run("mkntfs", "-F", "-q", "-Q", image);
        Directory.CreateDirectory(mounted);
        try
        {
            OtherTool.Run("ntfs-3g", "-o", "compression", image, mounted);
        }
        catch (InvalidOperationException refused)
        {
            Assert.Skip("FUSE cannot mount here: " + refused.Message);
        }

        var contents = new Dictionary<string, byte[]>();
        try
        {
            Fill(mounted, contents);
        }
        finally
        {
            OtherTool.Run("umount", mounted);
        }

        using var source = new MemoryByteSource("image", File.ReadAllBytes(image));
        var volume = NtfsVolumeTests.Open(source);
        Assert.All(contents, file => Assert.Equal(file.Value, NtfsVolumeTests.ReadFile(volume, file.Key)));
        Assert.Equal(2000, volume.Children(NtfsVolumeTests.Find(volume, "many").Found()).Found().Length);
        NtfsVolumeTests.Find(volume, "many/Имя файла 1999").Found();
        NtfsVolumeTests.Find(volume, "many/Имя файла 2000").Absent();
        NtfsVolumeTests.Find(volume, "packed/none").Absent();
    }

    private static void Fill(string mounted, Dictionary<string, byte[]> contents)
    {
        Directory.CreateDirectory(Path.Combine(mounted, "packed"));
        Directory.CreateDirectory(Path.Combine(mounted, "many"));
        // The attribute "compressed" of the directory: files made in it are.
        OtherTool.Run("python3", "-c", "import os, sys; os.setxattr(sys.argv[1], 'system.ntfs_attrib_be', bytes.fromhex('00000810'))", Path.Combine(mounted, "packed"));
        var text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 30_000).Select(i => Text(i) + "\n")));
        contents["packed/text"] = text;
        contents["packed/noise"] = NtfsVolumeTests.Noise(100_000);
        contents["packed/mixed"] = [.. text, .. NtfsVolumeTests.Noise(90_000), .. new byte[200_000], .. text, 1];
        foreach (var (name, content) in contents)
        {
            File.WriteAllBytes(Path.Combine(mounted, name), content);
        }

        for (var i = 0; i < 2000; i++)
        {
            File.WriteAllBytes(Path.Combine(mounted, "many", $"имя файла {i}"), []);
        }
    }

    [Theory]
    [InlineData(512, 1024, 1)]
    [InlineData(4096, 1024, 1)]
    [InlineData(4096, 1024, 100)]
    [InlineData(65536, 1024, 1)]
    [InlineData(1024, 4096, 3)]
    public void Another_reader_reads_what_the_builder_wrote(int cluster, int record, int mftPieces)
    {
        Assert.SkipUnless(OtherTool.Exists("ntfscat") && OtherTool.Exists("ntfsls"), "ntfscat and ntfsls are not installed");
        using var folder = new ScratchFolder();
        var image = folder.PathOf("image");
        var builder = Mixed(cluster, record, mftPieces, out var contents);
        builder.Build(64 << 20).SaveAs(image);
        Assert.All(contents, file => Assert.Equal(file.Value, OtherTool.Run("ntfscat", image, file.Key)));
        Assert.Equal(400, Lines(OtherTool.Run("ntfsls", "-p", "/many", image)).Count(name => name.StartsWith("one of many", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_third_reader_agrees()
    {
        Assert.SkipUnless(OtherTool.Exists("fls") && OtherTool.Exists("icat"), "sleuthkit is not installed");
        using var folder = new ScratchFolder();
        var image = folder.PathOf("image");
        Mixed(4096, 1024, 100, out var contents).Build(64 << 20).SaveAs(image);
        var paths = Lines(OtherTool.Run("fls", "-r", "-p", "-u", "-f", "ntfs", image))
            .Select(line => line.Split('\t')).GroupBy(parts => parts[1]).ToDictionary(group => group.Key, group => group.First()[0].Split(' ')[1].TrimEnd(':'));
        Assert.All(contents, file => Assert.Equal(file.Value, OtherTool.Run("icat", "-f", "ntfs", image, paths[file.Key])));
        Assert.Equal(400, paths.Keys.Count(path => path.StartsWith("many/", StringComparison.Ordinal)));
    }

    private static NtfsBuilder Mixed(int cluster, int record, int mftPieces, out Dictionary<string, byte[]> contents)
    {
        var builder = new NtfsBuilder { ClusterSize = cluster, RecordSize = record, MftPieces = mftPieces, Label = "mixed" };
        var text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 20_000).Select(i => Text(i * 7))));
        var holes = NtfsVolumeTests.Noise(400_000);
        holes.AsSpan(70_000, 200_000).Clear();
        contents = new Dictionary<string, byte[]>
        {
            ["small.txt"] = "IMAGE_STATE_COMPLETE"u8.ToArray(),
            ["Windows/System32/config/SOFTWARE"] = RegistryHive(),
            ["pieces.bin"] = NtfsVolumeTests.Noise(900_000, 2),
            ["list.bin"] = NtfsVolumeTests.Noise(700_000, 3),
            ["list2.bin"] = NtfsVolumeTests.Noise(700_000, 4),
            ["holes.bin"] = holes,
        };
        builder.File("small.txt", contents["small.txt"]).File("Windows/System32/config/SOFTWARE", contents["Windows/System32/config/SOFTWARE"])
            .File("pieces.bin", contents["pieces.bin"], new NtfsFileOptions { Pieces = 9 })
            .File("list.bin", contents["list.bin"], new NtfsFileOptions { Pieces = 9, AttributeList = true })
            .File("list2.bin", contents["list2.bin"], new NtfsFileOptions { Pieces = 9, AttributeList = true, NonResidentList = true })
            .File("holes.bin", holes, new NtfsFileOptions { Sparse = true });
        if (cluster <= 4096)
        {
            contents["packed.txt"] = text;
            builder.File("packed.txt", text, new NtfsFileOptions { Compressed = true });
        }

        for (var i = 0; i < 400; i++)
        {
            builder.File($"many/one of many files {i}", [(byte)i]);
        }

        return builder;
    }

    private static byte[] RegistryHive() => Registry.RegistryHiveTests.Small().Build();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
