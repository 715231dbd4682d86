using DeployGate.Disks.Sources;

namespace DeployGate.TestKit.Disks;

/// <summary>Another source with some bytes changed, and perhaps cut short; the other one stays as it is.</summary>
/// <param name="inner">The source beneath.</param>
/// <param name="length">Number of bytes that are left of it; null for all.</param>
public sealed class PatchedByteSource(IByteSource inner, long? length = null) : IByteSource
{
    private readonly SortedList<long, byte> _patches = [];

    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public long Length { get; } = Math.Min(length ?? inner.Length, inner.Length);

    /// <summary>Changes a byte.</summary>
    public void Patch(long offset, byte value) => _patches[offset] = value;

    /// <summary>Changes bytes.</summary>
    public void Patch(long offset, ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            Patch(offset + i, bytes[i]);
        }
    }

    /// <inheritdoc/>
    public void Read(long offset, Span<byte> destination)
    {
        if (offset < 0 || destination.Length > Length || offset > Length - destination.Length)
        {
            throw Fault.At(Name, offset, FormattableString.Invariant($"{destination.Length} bytes"), FormattableString.Invariant($"the end after {Length} bytes"));
        }

        inner.Read(offset, destination);
        foreach (var (at, value) in _patches)
        {
            if (at >= offset && at < offset + destination.Length)
            {
                destination[(int)(at - offset)] = value;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
