using System.Collections.Immutable;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Lvm;

/// <summary>A stretch of a logical volume.</summary>
/// <param name="Start">Its first byte in the volume.</param>
/// <param name="Length">Number of bytes.</param>
/// <param name="StripeSize">Number of bytes taken from one stripe before the next one's turn.</param>
/// <param name="Stripes">Where the bytes lie; one when it is linear.</param>
internal sealed record Segment(long Start, long Length, long StripeSize, ImmutableArray<IByteSource> Stripes);

/// <summary>A logical volume's bytes: its segments one after another.</summary>
/// <param name="name">What it is.</param>
/// <param name="segments">In order, without gaps, at least one.</param>
internal sealed class SegmentedByteSource(string name, IReadOnlyList<Segment> segments) : IByteSource
{
    public string Name => name;

    public long Length { get; } = segments[^1].Start + segments[^1].Length;

    public void Read(long offset, Span<byte> destination)
    {
        Bounds.Check(this, offset, destination.Length);
        while (destination.Length > 0)
        {
            var segment = At(offset);
            var within = offset - segment.Start;
            var chunk = within / segment.StripeSize;
            var inChunk = within % segment.StripeSize;
            var isLinear = segment.Stripes.Length == 1;
            var available = isLinear ? segment.Length - within : segment.StripeSize - inChunk;
            var part = destination[..(int)Math.Min(destination.Length, Math.Min(available, segment.Length - within))];
            var at = isLinear ? within : (chunk / segment.Stripes.Length * segment.StripeSize) + inChunk;
            segment.Stripes[(int)(chunk % segment.Stripes.Length)].Read(at, part);
            offset += part.Length;
            destination = destination[part.Length..];
        }
    }

    public void Dispose()
    {
    }

    private Segment At(long offset)
    {
        var (low, high) = (0, segments.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (segments[middle].Start <= offset)
                low = middle;
            else
                high = middle - 1;
        }

        return segments[low];
    }
}
