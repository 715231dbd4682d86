using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Tests.Sources;

public class CachedByteSourceTests
{
    [Fact]
    public void Any_sequence_of_reads_gives_the_bytes_of_the_source()
    {
        var random = new Random(7);
        var bytes = new byte[10_007];
        random.NextBytes(bytes);
        using var cached = new CachedByteSource(new MemoryByteSource("m", bytes), 64, 5);
        for (var round = 0; round < 2_000; round++)
        {
            var offset = random.Next(bytes.Length);
            var count = random.Next(Math.Min(1_000, bytes.Length - offset) + 1);
            Assert.Equal(bytes[offset..(offset + count)], cached.ReadBytes(offset, count));
        }
    }

    [Fact]
    public void Blocks_side_by_side_are_taken_in_one_read_and_kept()
    {
        using var metered = new MeteredByteSource(new MemoryByteSource("m", new byte[1_000]), ReadBudget.Local, TimeProvider.System);
        using var cached = new CachedByteSource(metered, 100, 8);
        cached.ReadBytes(150, 200);
        cached.ReadBytes(100, 300);
        Assert.Equal(new ReadCost(300, 1), metered.Cost);
    }

    [Fact]
    public void A_reader_that_never_stops_runs_into_its_budget()
    {
        using var metered = new MeteredByteSource(new MemoryByteSource("m", new byte[1_000]), new ReadBudget(1_000, 3, TimeSpan.FromMinutes(1)), TimeProvider.System);
        metered.ReadBytes(0, 1);
        metered.ReadBytes(0, 1);
        metered.ReadBytes(0, 1);
        var fault = Assert.Throws<DiskFaultException>(() => metered.ReadBytes(0, 1));
        Assert.Contains("a disk that needs more", fault.Message, StringComparison.Ordinal);
    }
}
