using DeployGate.Core.Assessment;
using DeployGate.Disks.Ntfs;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;
using DeployGate.TestKit.Disks;

namespace DeployGate.Disks.Tests.Ntfs;

public class NtfsVolumeTests
{
    internal const int Length = 64 << 20;

    internal static byte[] Noise(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    internal static IVolume Open(IByteSource volume) => NtfsVolume.Open(volume).Found();

    internal static Lookup<FileEntry> Find(IVolume volume, string path)
    {
        var entry = volume.Root();
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            entry = entry.Then(directory => volume.Child(directory, name));
        }

        return entry;
    }

    internal static byte[] ReadFile(IVolume volume, string path)
    {
        using var source = volume.Open(Find(volume, path).Found()).Found();
        return source.ReadBytes(0, (int)source.Length);
    }

    [Theory]
    [InlineData(512, 1024, 4096, 512)]
    [InlineData(1024, 1024, 4096, 512)]
    [InlineData(4096, 1024, 4096, 512)]
    [InlineData(4096, 4096, 4096, 4096)]
    [InlineData(512, 4096, 1024, 512)]
    [InlineData(65536, 1024, 4096, 512)]
    [InlineData(131072, 1024, 4096, 512)]
    [InlineData(2 << 20, 4096, 4096, 4096)]
    public void Files_come_back_whole_whatever_the_sizes_of_clusters_records_and_sectors(int cluster, int record, int index, int sector)
    {
        var builder = new NtfsBuilder { ClusterSize = cluster, RecordSize = record, IndexBlockSize = index, SectorSize = sector };
        var (small, large) = (Noise(200), Noise(300_000));
        builder.File("Windows/small.txt", small).File("Windows/System32/large.bin", large, new NtfsFileOptions { Pieces = cluster > 65536 ? 1 : 5 });
        var volume = Open(builder.Build(cluster > 65536 ? 256 << 20 : Length));
        Assert.Equal(small, ReadFile(volume, "windows/SMALL.TXT"));
        Assert.Equal(large, ReadFile(volume, "Windows/System32/large.bin"));
        Assert.Equal(["large.bin"], volume.Children(Find(volume, "Windows/System32").Found()).Found().Select(entry => entry.Name));
    }

    [Fact]
    public void An_entry_tells_kind_length_and_name_as_written()
    {
        var volume = Open(new NtfsBuilder().File("Windows/System32/Config.Sys", Noise(5000)).Build(Length));
        var file = Find(volume, "WINDOWS/system32/CONFIG.SYS").Found();
        Assert.Equal(("Config.Sys", FileKind.File, 5000L), (file.Name, file.Kind, file.Length));
        Assert.Equal(FileKind.Directory, Find(volume, "Windows").Found().Kind);
        Find(volume, "Windows/System").Absent();
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(4096)]
    public void Every_name_of_a_large_directory_is_found_and_listed_once_in_order(int block)
    {
        var builder = new NtfsBuilder { IndexBlockSize = block };
        var names = Enumerable.Range(0, 5000).Select(i => $"{i * 7919 % 5000:d4} some long file name {i}.dll").ToArray();
        foreach (var name in names)
        {
            builder.File("many/" + name, [1]);
        }

        var volume = Open(builder.Build(Length));
        var directory = Find(volume, "many").Found();
        Assert.Equal(names.Order(StringComparer.Ordinal), volume.Children(directory).Found().Select(entry => entry.Name));
        Assert.All(names.Where((_, i) => i % 50 == 0), name => volume.Child(directory, name.ToUpperInvariant()).Found());
        volume.Child(directory, "zzz").Absent();
    }

    [Fact]
    public void A_short_name_is_accepted_but_not_listed()
    {
        var volume = Open(new NtfsBuilder().File("Program Files/a file with a long name.txt", [7], new NtfsFileOptions { DosName = "AFILEW~1.TXT" }).Directory("Program Files", "PROGRA~1").Build(Length));
        Assert.Equal([7], ReadFile(volume, "progra~1/afilew~1.txt"));
        Assert.Equal(["a file with a long name.txt"], volume.Children(Find(volume, "Program Files").Found()).Found().Select(entry => entry.Name));
    }

    [Fact]
    public void Letters_beyond_ascii_compare_by_the_table_of_the_volume()
    {
        var volume = Open(new NtfsBuilder().File("Größe/ЖЗИ.txt", [3]).Build(Length));
        Assert.Equal([3], ReadFile(volume, "GRÖßE/жзи.TXT"));
    }

    [Fact]
    public void A_name_that_the_order_hides_is_found_all_the_same()
    {
        var builder = new NtfsBuilder();
        foreach (var name in "abcdefgh")
        {
            builder.File("d/" + name, [(byte)name]);
        }

        var built = builder.Build(Length);
        var bytes = new byte[built.Length];
        built.Read(0, bytes);
        // Rename "a" to "z" where the index has it: it now stands before "b".
        var volume = Open(new MemoryByteSource("volume", Replace(bytes, [1, 1, (byte)'a', 0], [1, 1, (byte)'z', 0])));
        Find(volume, "d/z").Found();
        Find(volume, "d/a").Absent();
    }

    [Theory]
    [InlineData(false, false, 300)]
    [InlineData(true, false, 20)]
    [InlineData(true, true, 20)]
    public void A_file_in_many_pieces_is_put_together(bool list, bool nonResident, int pieces)
    {
        var content = Noise(2_000_000);
        var volume = Open(new NtfsBuilder().File("f", content, new NtfsFileOptions { Pieces = pieces, AttributeList = list, NonResidentList = nonResident }).Build(Length));
        Assert.Equal(content, ReadFile(volume, "f"));
        using var source = volume.Open(Find(volume, "f").Found()).Found();
        Assert.Equal(content[1_234_567..1_250_000], source.ReadBytes(1_234_567, 15_433));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(250)]
    public void A_master_file_table_in_pieces_is_followed(int pieces)
    {
        var builder = new NtfsBuilder { ClusterSize = 1024, MftPieces = pieces };
        for (var i = 0; i < 1000; i++)
        {
            builder.File($"d/{i:d4}", BitConverter.GetBytes(i));
        }

        var volume = Open(builder.Build(Length));
        Assert.Equal(BitConverter.GetBytes(999), ReadFile(volume, "d/0999"));
    }

    [Fact]
    public void Holes_read_as_zeros()
    {
        var content = Noise(100_000);
        content.AsSpan(8192, 40_000).Clear();
        var volume = Open(new NtfsBuilder().File("f", content, new NtfsFileOptions { Sparse = true }).Build(Length));
        Assert.Equal(content, ReadFile(volume, "f"));
    }

    [Fact]
    public void What_was_never_written_reads_as_zeros_not_as_the_past_of_its_clusters()
    {
        var content = Noise(50_000);
        var volume = Open(new NtfsBuilder().File("f", content, new NtfsFileOptions { Initialized = 10_001 }).Build(Length));
        content.AsSpan(10_001).Clear();
        Assert.Equal(content, ReadFile(volume, "f"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4095)]
    [InlineData(65_536)]
    [InlineData(500_001)]
    public void Compressed_files_expand(int length)
    {
        var content = Noise(length);
        // Text-like, zeros and noise: units that shrink, that are not stored, and that do not shrink.
        for (var i = 0; i < length; i++)
        {
            content[i] = (i / 65_536 % 3) switch { 0 => (byte)"IMAGE_STATE_COMPLETE "[i % 1000 * (i % 1000) / 7 % 21], 1 => 0, _ => content[i] };
        }

        var volume = Open(new NtfsBuilder().File("f", content, new NtfsFileOptions { Compressed = true }).Build(Length));
        Assert.Equal(content, ReadFile(volume, "f"));
        using var source = volume.Open(Find(volume, "f").Found()).Found();
        Assert.Equal(content[(length / 3)..(length / 2)], source.ReadBytes(length / 3, length / 2 - length / 3));
    }

    [Theory]
    [InlineData(false, @"\??\C:\Users")]
    [InlineData(true, @"\??\C:\Users")]
    [InlineData(false, @"..\relative")]
    public void A_link_gives_its_target_as_written(bool junction, string target)
    {
        var volume = Open(new NtfsBuilder().Link("Documents and Settings", target, junction).Build(Length));
        var link = Find(volume, "Documents and Settings").Found();
        Assert.Equal(FileKind.Link, link.Kind);
        Assert.Equal(target, volume.LinkTarget(link).Found());
        Assert.Equal(FileKind.Link, Assert.Single(volume.Children(volume.Root().Found()).Found(), entry => entry.Name[0] != '$').Kind);
    }

    [Fact]
    public void A_file_whose_bytes_are_elsewhere_says_so()
    {
        var volume = Open(new NtfsBuilder().File("f", Noise(3000), new NtfsFileOptions { Reparse = (0x8000_0017, new byte[16]) }).Build(Length));
        var file = Find(volume, "f").Found();
        Assert.Equal(FileKind.File, file.Kind);
        Assert.EndsWith("found a file compressed by WOF (compact)", volume.Open(file).Unreadable(), StringComparison.Ordinal);
        Assert.EndsWith("expected a symbolic link or a junction, found a file compressed by WOF (compact)", volume.LinkTarget(file).Unreadable(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_encrypted_file_says_so()
    {
        var volume = Open(new NtfsBuilder().File("f", Noise(3000), new NtfsFileOptions { Encrypted = true }).Build(Length));
        Assert.Equal("volume: f: expected bytes that are not encrypted, found a file encrypted by EFS", volume.Open(Find(volume, "f").Found()).Unreadable());
    }

    [Fact]
    public void A_directory_is_not_opened_as_a_file_nor_the_other_way_round()
    {
        var volume = Open(new NtfsBuilder().File("d/f", [1]).Build(Length));
        Assert.EndsWith("expected a file, found a directory", volume.Open(Find(volume, "d").Found()).Unreadable(), StringComparison.Ordinal);
        Assert.EndsWith("found a record without the index of one", volume.Children(Find(volume, "d/f").Found()).Unreadable(), StringComparison.Ordinal);
    }

    private static byte[] Replace(byte[] bytes, ReadOnlySpan<byte> old, ReadOnlySpan<byte> by)
    {
        for (int at = 0, found; (found = bytes.AsSpan(at).IndexOf(old)) >= 0; at += found + 1)
        {
            by.CopyTo(bytes.AsSpan(at + found));
        }

        return bytes;
    }
}
