using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Ntfs;

/// <summary>
/// The bytes of a compressed attribute. Each unit of clusters stands for itself: all of them stored = as it is, none = zeros, the
/// first few = LZNT1.
/// </summary>
internal sealed class CompressedSource : IByteSource
{
    // Windows makes units of at most 64 KiB.
    private const int LargestUnit = 1 << 20;

    private readonly IByteSource _volume;
    private readonly RunMap _runs;
    private readonly int _clusterSize;
    private readonly int _clustersInUnit;
    private readonly long _initialized;
    private readonly byte[] _unit;
    private long _loaded = -1;

    internal CompressedSource(string name, IByteSource volume, RunMap runs, int clusterSize, AttributePiece first, long offset)
    {
        if (first.UnitShift is 0 or > 20 || (long)clusterSize << first.UnitShift > LargestUnit)
        {
            throw Fault.At(name, offset, FormattableString.Invariant($"a compression unit of at most {LargestUnit} bytes"), FormattableString.Invariant($"2^{first.UnitShift} clusters of {clusterSize}"));
        }

        Name = name;
        Length = first.Size;
        (_volume, _runs, _clusterSize, _initialized) = (volume, runs, clusterSize, first.Initialized);
        _clustersInUnit = 1 << first.UnitShift;
        _unit = new byte[clusterSize << first.UnitShift];
    }

    public string Name { get; }

    public long Length { get; }

    public void Read(long offset, Span<byte> destination)
    {
        Bounds.Check(this, offset, destination.Length);
        while (!destination.IsEmpty)
        {
            if (offset >= _initialized)
            {
                destination.Clear();
                return;
            }

            var within = (int)(offset % _unit.Length);
            var here = (int)Math.Min(Math.Min(destination.Length, _unit.Length - within), _initialized - offset);
            Load(offset / _unit.Length);
            _unit.AsSpan(within, here).CopyTo(destination);
            destination = destination[here..];
            offset += here;
        }
    }

    public void Dispose()
    {
    }

    private void Load(long unit)
    {
        if (unit == _loaded)
        {
            return;
        }

        _loaded = -1;
        var stored = ReadStored(unit, out var bytes);
        if (stored == 0)
        {
            Array.Clear(_unit);
        }
        else if (stored == _clustersInUnit)
        {
            bytes.CopyTo(_unit, 0);
        }
        else if (!Lznt1.TryExpand(bytes.AsSpan(0, stored * _clusterSize), _unit))
        {
            throw Fault.At(Name, unit * _unit.Length, "a compressed unit", "bytes that do not expand");
        }

        _loaded = unit;
    }

    private int ReadStored(long unit, out byte[] bytes)
    {
        var first = unit * _clustersInUnit;
        var stored = 0;
        bytes = [];
        while (stored < _clustersInUnit && first + stored < _runs.End)
        {
            var (target, count) = _runs.At(first + stored, Name, _clusterSize);
            if (target == RunMap.Hole)
            {
                break;
            }

            var here = (int)Math.Min(count, _clustersInUnit - stored);
            if (bytes.Length == 0)
            {
                bytes = new byte[_unit.Length];
            }

            _volume.Read(target * _clusterSize, bytes.AsSpan(stored * _clusterSize, here * _clusterSize));
            stored += here;
        }

        if (stored == 0 && first >= _runs.End)
        {
            throw Fault.At(Name, unit * _unit.Length, "a cluster of the file", FormattableString.Invariant($"the end of its run list at cluster {_runs.End}"));
        }

        return stored;
    }
}
