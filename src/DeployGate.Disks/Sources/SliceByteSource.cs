namespace DeployGate.Disks.Sources;

/// <summary>A part of another source; it does not own it. A part that reaches over the end ends there.</summary>
public sealed class SliceByteSource : IByteSource
{
    private readonly IByteSource _whole;
    private readonly long _start;

    /// <summary>Creates the part.</summary>
    /// <param name="name">What the part is.</param>
    /// <param name="whole">The source it lies in.</param>
    /// <param name="start">Its first byte in <paramref name="whole"/>.</param>
    /// <param name="length">Number of bytes wanted.</param>
    public SliceByteSource(string name, IByteSource whole, long start, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Name = name;
        _whole = whole;
        _start = Math.Min(start, whole.Length);
        Length = Math.Min(length, whole.Length - _start);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public long Length { get; }

    /// <inheritdoc/>
    public void Read(long offset, Span<byte> destination)
    {
        Bounds.Check(this, offset, destination.Length);
        _whole.Read(_start + offset, destination);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
