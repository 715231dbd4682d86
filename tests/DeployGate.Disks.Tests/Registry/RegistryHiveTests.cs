using System.Text;
using DeployGate.Core.Assessment;
using DeployGate.Disks.Registry;
using DeployGate.Disks.Sources;
using DeployGate.TestKit.Disks;

namespace DeployGate.Disks.Tests.Registry;

public class RegistryHiveTests
{
    internal const string State = @"Microsoft\Windows\CurrentVersion\Setup\State";

    internal static HiveBuilder Small() => new HiveBuilder()
        .Value(State, "ImageState", "IMAGE_STATE_COMPLETE")
        .Value(@"Setup", "SetupType", 2)
        .Value(@"Setup", "", "default")
        .Value(@"Setup", "Large", 11, BitConverter.GetBytes(0x1122334455667788))
        .Value(@"Setup", "Lines", 7, Encoding.Unicode.GetBytes("one\0two\0\0"));

    internal static RegistryHive Open(byte[] hive, byte[]? log1 = null, byte[]? log2 = null) => TryOpen(hive, log1, log2).Found();

    internal static Lookup<RegistryHive> TryOpen(byte[] hive, byte[]? log1 = null, byte[]? log2 = null) =>
        RegistryHive.Open(new MemoryByteSource("SOFTWARE", hive), Source("SOFTWARE.LOG1", log1), Source("SOFTWARE.LOG2", log2));

    internal static string? ImageState(RegistryHive hive) => hive.Value(State, "ImageState").Found().AsText;

    private static MemoryByteSource? Source(string name, byte[]? bytes) => bytes is null ? null : new MemoryByteSource(name, bytes);

    [Fact]
    public void A_value_is_found_whatever_the_case_of_path_and_name() =>
        Assert.Equal("IMAGE_STATE_COMPLETE", Open(Small().Build()).Value(State.ToUpperInvariant(), "imagestate").Found().AsText);

    [Fact]
    public void Numbers_texts_and_the_default_value_are_read_by_their_type()
    {
        var hive = Open(Small().Build());
        Assert.Equal(2ul, hive.Value("Setup", "SetupType").Found().AsNumber);
        Assert.Null(hive.Value("Setup", "SetupType").Found().AsText);
        Assert.Equal(0x1122334455667788ul, hive.Value("Setup", "Large").Found().AsNumber);
        Assert.Equal("default", hive.Value("Setup", "").Found().AsText);
        Assert.Equal(["one", "two"], hive.Value("Setup", "Lines").Found().AsTexts!.Value);
    }

    [Fact]
    public void What_is_not_there_is_absent_with_its_place()
    {
        var hive = Open(Small().Build());
        hive.Value("Setup", "SetupTyp").Absent();
        hive.SubKeys(@"Setup\Status").Absent();
        Assert.Equal(new Lookup<RegistryKey>.Absent(@"SOFTWARE\Setup\Status"), hive.Key(@"Setup\Status"));
    }

    [Fact]
    public void The_place_of_a_value_is_where_its_cell_stands_in_the_file()
    {
        var bytes = Small().Build();
        var value = Open(bytes).Value("Setup", "SetupType").Found();
        Assert.Equal("vk"u8, bytes.AsSpan((int)value.Offset + 4, 2));
    }

    [Theory]
    [InlineData(SubKeyListKind.Hash, 0, false)]
    [InlineData(SubKeyListKind.Hash, 7, false)]
    [InlineData(SubKeyListKind.Fast, 0, true)]
    [InlineData(SubKeyListKind.Fast, 7, false)]
    [InlineData(SubKeyListKind.Plain, 0, true)]
    [InlineData(SubKeyListKind.Plain, 7, false)]
    public void Every_kind_of_list_gives_all_subkeys(SubKeyListKind kind, int largest, bool utf16)
    {
        var builder = new HiveBuilder { Lists = kind, LargestList = largest, Utf16Names = utf16 };
        var names = Enumerable.Range(0, 50).Select(i => $"Kö{i:d2}").ToArray();
        foreach (var name in names)
        {
            builder.Value(@"Top\" + name, "n", name);
        }

        var hive = Open(builder.Build());
        Assert.Equal(names, hive.SubKeys("top").Found());
        Assert.All(names, name => Assert.Equal(name, hive.Value(@"Top\" + name.ToLowerInvariant(), "N").Found().AsText));
    }

    [Fact]
    public void A_wrong_hash_does_not_hide_a_key() =>
        Assert.Equal("IMAGE_STATE_COMPLETE", ImageState(Open(Build(hive => hive.WrongHashes = true))));

    [Fact]
    public void Names_that_one_byte_a_letter_cannot_hold_are_found()
    {
        var hive = Open(new HiveBuilder().Value(@"Ключ\鍵", "значение", "да").Build());
        Assert.Equal("да", hive.Value(@"КЛЮЧ\鍵", "ЗНАЧЕНИЕ").Found().AsText);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(16344)]
    [InlineData(16345)]
    [InlineData(32688)]
    [InlineData(100_000)]
    public void Values_of_any_size_come_back_whole(int size)
    {
        var data = new byte[size];
        new Random(size).NextBytes(data);
        "db"u8.CopyTo(data);
        Assert.Equal(data, Open(new HiveBuilder().Value("K", "v", 3, data).Build()).Value("K", "v").Found().Data.ToArray());
    }

    [Theory]
    [InlineData("a\0b", "a")]
    [InlineData("no end", "no end")]
    [InlineData("", "")]
    public void Text_ends_at_its_terminator_or_where_its_bytes_end(string stored, string read)
    {
        var hive = Open(new HiveBuilder().Value("K", "v", 1, Encoding.Unicode.GetBytes(stored)).Value("K", "odd", 2, [.. Encoding.Unicode.GetBytes(stored), 0x41]).Build());
        Assert.Equal(read, hive.Value("K", "v").Found().AsText);
        Assert.Equal(read, hive.Value("K", "odd").Found().AsText);
    }

    [Fact]
    public void Bytes_after_the_last_bin_do_not_matter() =>
        Assert.Equal("IMAGE_STATE_COMPLETE", ImageState(Open([.. Small().Build(), .. new byte[5000]])));

    [Fact]
    public void A_list_that_leads_to_itself_ends_as_unreadable()
    {
        var bytes = Build(hive => hive.LargestList = 1);
        var list = bytes.AsSpan().IndexOf("ri"u8);
        BitConverter.GetBytes(list - 4096 - 4).CopyTo(bytes, list + 4);
        Assert.Contains("a list reached again", Open(bytes).SubKeys("").Unreadable(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reference_to_a_freed_cell_is_damage_not_a_key()
    {
        var bytes = Small().Build();
        var cell = (int)Open(bytes).Key("Setup").Found().Offset;
        BitConverter.GetBytes(-BitConverter.ToInt32(bytes, cell)).CopyTo(bytes, cell);
        Assert.StartsWith($"SOFTWARE, byte {cell}: expected the size of a cell in use", Open(bytes).Key("Setup").Unreadable(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_shorter_than_its_key_says_does_not_prove_a_key_absent()
    {
        var bytes = Small().Build();
        var root = (int)Open(bytes).Key("").Found().Offset + 4;
        bytes[root + 20]++;
        Assert.Equal($"SOFTWARE, byte {root - 4}: expected a list of 3 subkeys, found 2", Open(bytes).Key("Missing").Unreadable());
        Open(bytes).Key("Setup").Found();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(8191)]
    public void A_file_too_short_for_a_hive_is_unreadable(int length) =>
        Assert.Equal($"SOFTWARE, byte 0: expected a registry hive, found {length} bytes", TryOpen(new byte[length]).Unreadable());

    [Fact]
    public void A_file_that_is_no_hive_is_unreadable() =>
        Assert.Contains("the signature regf is missing", TryOpen(new byte[10000]).Unreadable(), StringComparison.Ordinal);

    private static byte[] Build(Action<HiveBuilder> change)
    {
        var builder = Small();
        change(builder);
        return builder.Build();
    }
}
