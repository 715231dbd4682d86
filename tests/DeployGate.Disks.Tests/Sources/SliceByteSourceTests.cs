using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Tests.Sources;

public class SliceByteSourceTests
{
    private static readonly MemoryByteSource s_whole = new("whole", new byte[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 });

    [Fact]
    public void A_part_reads_from_its_own_start()
    {
        using var part = new SliceByteSource("part", s_whole, 4, 3);
        Assert.Equal([5, 6], part.ReadBytes(1, 2));
    }

    [Fact]
    public void A_part_that_reaches_over_the_end_ends_there()
    {
        using var part = new SliceByteSource("part", s_whole, 8, 100);
        Assert.Equal(2, part.Length);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(-1, 1)]
    [InlineData(long.MaxValue, 1)]
    public void Reading_outside_says_where_and_what_was_expected(long offset, int count)
    {
        using var part = new SliceByteSource("part", s_whole, 4, 3);
        var fault = Assert.Throws<DiskFaultException>(() => part.ReadBytes(offset, count));
        Assert.Equal($"part, byte {offset}: expected {count} bytes, found the end after 3 bytes", fault.Message);
    }
}
