using BenchmarkDotNet.Attributes;
using DeployGate.Core.Inspections;
using DeployGate.Disks.Sources;
using DeployGate.Guest;
using DeployGate.TestKit.Disks;

namespace DeployGate.Benchmarks.Parts;

/// <summary>A Windows disk in memory: inspecting it, beside the same reads with nothing made of them.</summary>
[MemoryDiagnoser]
public class DiskBenchmarks
{
    private const long Size = 1L << 30;

    private readonly SparseByteSource _disk = DiskBuilder.Gpt(Size, (GptEntry.BasicData, WindowsGuest.InUse.Volume().Build(Size - (16L << 20))));
    private readonly List<(long Offset, int Length)> _reads = [];

    public DiskBenchmarks() => GuestInspector.Inspect("disk", new Recorded(_disk, _reads), null, DateTimeOffset.UnixEpoch);

    [Benchmark(Baseline = true)]
    public int SameReads()
    {
        foreach (var (offset, length) in _reads)
        {
            _disk.Read(offset, new byte[length]);
        }

        return _reads.Count;
    }

    [Benchmark]
    public DiskInspection Inspect() => GuestInspector.Inspect("disk", _disk, null, DateTimeOffset.UnixEpoch);

    private sealed class Recorded(IByteSource inner, List<(long Offset, int Length)> reads) : IByteSource
    {
        public string Name => inner.Name;

        public long Length => inner.Length;

        public void Read(long offset, Span<byte> destination)
        {
            reads.Add((offset, destination.Length));
            inner.Read(offset, destination);
        }

        public void Dispose()
        {
        }
    }
}
