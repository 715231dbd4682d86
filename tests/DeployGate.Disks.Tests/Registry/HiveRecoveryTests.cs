using System.Buffers.Binary;
using DeployGate.Disks.Registry;
using DeployGate.TestKit.Disks;
using static DeployGate.Disks.Tests.Registry.RegistryHiveTests;

namespace DeployGate.Disks.Tests.Registry;

public class HiveRecoveryTests
{
    private const string Generalized = "IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE";
    private const string Complete = "IMAGE_STATE_COMPLETE";

    private static byte[] With(string state, int moreKeys = 0)
    {
        var builder = Small().Value(State, "ImageState", state);
        for (var i = 0; i < moreKeys; i++)
        {
            builder.Value($@"More\{i}", "v", new string('x', 200));
        }

        return builder.Build();
    }

    [Fact]
    public void The_log_decides_when_the_file_is_behind()
    {
        var files = new DirtyHive(With(Generalized)).Then(With(Complete)).WithEntries();
        var hive = Open(files.Hive, files.Log1);
        Assert.Equal(Complete, ImageState(hive));
        Assert.True(hive.IsRecovered);
        Assert.Equal(["the hive was not written to its end (sequence numbers 8 and 7); its logs were applied in memory up to sequence 7"], hive.Remarks);
    }

    [Fact]
    public void A_dirty_hive_without_its_logs_is_unreadable_whatever_it_says()
    {
        var files = new DirtyHive(With(Generalized)).Then(With(Complete)).WithEntries();
        Assert.Equal(
            "SOFTWARE, byte 0: expected a hive that was written to its end, or a log to complete it (sequence numbers 8 and 7), found none that can be used",
            TryOpen(files.Hive).Unreadable());
    }

    [Fact]
    public void A_clean_hive_does_not_look_at_its_logs()
    {
        var files = new DirtyHive(With(Generalized)).Then(With(Complete)).WithEntries();
        var hive = Open(With(Generalized), files.Log1);
        Assert.Equal(Generalized, ImageState(hive));
        Assert.False(hive.IsRecovered);
        Assert.Empty(hive.Remarks);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Entries_in_both_logs_go_by_sequence_not_by_file(bool swapped)
    {
        var files = new DirtyHive(With("A")).Then(With("B")).Then(With("C", 3)).SwitchLog().Then(With("D", 40)).Then(With(Complete, 80)).WithEntries();
        var hive = swapped ? Open(files.Hive, files.Log2, files.Log1) : Open(files.Hive, files.Log1, files.Log2);
        Assert.Equal(Complete, ImageState(hive));
        Assert.Equal(80, hive.Key("More").Found().SubKeys);
    }

    [Fact]
    public void An_entry_may_enlarge_the_hive()
    {
        var (before, after) = (With(Generalized), With(Complete, 300));
        Assert.True(after.Length > before.Length + 50_000);
        var files = new DirtyHive(before).Then(after).WithEntries();
        var hive = Open(files.Hive, files.Log1);
        Assert.Equal(300, hive.SubKeys("More").Found().Length);
    }

    [Fact]
    public void A_wrong_checksum_makes_a_hive_dirty_and_the_log_gives_the_base_block()
    {
        var files = new DirtyHive(With(Generalized)) { BreakChecksum = true }.Then(With(Complete, 30)).WithEntries();
        Assert.Equal(Complete, ImageState(Open(files.Hive, null, files.Log1)));
        Assert.Contains("wrong checksum", TryOpen(files.Hive).Unreadable(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_torn_last_entry_is_left_out_with_a_remark()
    {
        var files = new DirtyHive(With("A")).Then(With("B")).Then(With("C", 50)).WithEntries();
        var hive = Open(files.Hive, files.Log1![..^2000]);
        Assert.Equal("B", ImageState(hive));
        Assert.Contains("the last entry of a log was not written to its end", hive.Remarks[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_entry_with_later_ones_after_it_is_not_passed_over()
    {
        var files = new DirtyHive(With("A")).Then(With("B")).Then(With("C", 50)).Then(With(Complete, 50)).WithEntries();
        var second = files.Log1!.AsSpan(1024).IndexOf("HvLE"u8) + 1024;
        files.Log1![second + 3000] ^= 1;
        Assert.EndsWith("its pages have a wrong checksum, and later entries follow", TryOpen(files.Hive, files.Log1).Unreadable(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_gap_between_the_logs_is_not_passed_over()
    {
        var files = new DirtyHive(With("A")).Then(With("B")).Then(With("C", 50)).SwitchLog().Then(With(Complete, 50)).WithEntries();
        Assert.Contains("logs that end at 7 and go on at 9", TryOpen(files.Hive, files.Log1![..^2000], files.Log2).Unreadable(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(6u)]
    [InlineData(9u)]
    [InlineData(4_000_000_000u)]
    public void A_log_of_another_time_is_not_applied(uint sequence)
    {
        var files = new DirtyHive(With(Generalized)) { FirstSequence = sequence }.Then(With(Complete)).WithEntries();
        Assert.Contains("logs whose entries do not continue it", TryOpen(files.Hive, files.Log1).Unreadable(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_may_begin_with_the_primary_number()
    {
        var files = new DirtyHive(With(Generalized)) { FirstSequence = 8 }.Then(With(Complete)).WithEntries();
        Assert.Equal(Complete, ImageState(Open(files.Hive, files.Log1)));
    }

    [Fact]
    public void An_entry_whose_pages_leave_the_hive_is_not_applied_in_part()
    {
        var files = new DirtyHive(With(Generalized)).Then(With(Complete)).WithEntries();
        BinaryPrimitives.WriteUInt32LittleEndian(files.Log1.AsSpan(512 + 40), 0x7000_0000);
        var size = BinaryPrimitives.ReadInt32LittleEndian(files.Log1.AsSpan(512 + 4));
        DirtyHive.Sign(files.Log1.AsSpan(512, size));
        Assert.Contains("its pages do not fit the hive", TryOpen(files.Hive, files.Log1).Unreadable(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_dirty_vector_of_an_old_log_is_applied()
    {
        var files = new DirtyHive(With(Generalized)).Then(With(Complete, 200)).WithVector();
        var hive = Open(files.Hive, files.Log1);
        Assert.Equal(Complete, ImageState(hive));
        Assert.Equal(200, hive.SubKeys("More").Found().Length);
    }

    [Fact]
    public void An_old_log_of_another_time_is_not_applied()
    {
        var old = Small();
        old.LastWritten -= 1;
        var files = new DirtyHive(With(Generalized)).Then(old.Build()).WithVector();
        Assert.Contains("logs written for another state of it", TryOpen(files.Hive, files.Log1).Unreadable(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_old_log_that_ends_early_is_not_applied()
    {
        var files = new DirtyHive(With(Generalized)).Then(With(Complete, 200)).WithVector();
        Assert.Contains("expected a dirty page, found the end of the log", TryOpen(files.Hive, files.Log1![..^4096]).Unreadable(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_checksum_of_log_entries_is_the_same_in_any_number_of_parts()
    {
        var bytes = new byte[101];
        new Random(1).NextBytes(bytes);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var hash = new Marvin32();
            hash.Add(bytes.AsSpan(0, cut));
            hash.Add(bytes.AsSpan(cut));
            Assert.Equal(Marvin32.Of(bytes), hash.Finish());
        }
    }
}
