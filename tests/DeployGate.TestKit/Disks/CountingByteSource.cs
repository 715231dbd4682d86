using DeployGate.Disks.Sources;

namespace DeployGate.TestKit.Disks;

/// <summary>Counts what is read of another source, and stops a reader that does not come to an end.</summary>
/// <param name="inner">The source that is counted.</param>
/// <param name="mostReads">After so many reads an exception that no reader catches is thrown.</param>
/// <param name="mostBytes">Likewise for bytes.</param>
public sealed class CountingByteSource(IByteSource inner, long mostReads = long.MaxValue, long mostBytes = long.MaxValue) : IByteSource
{
    /// <summary>Number of reads.</summary>
    public long Reads { get; private set; }

    /// <summary>Number of bytes read.</summary>
    public long Bytes { get; private set; }

    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public long Length => inner.Length;

    /// <inheritdoc/>
    public void Read(long offset, Span<byte> destination)
    {
        Reads++;
        Bytes += destination.Length;
        if (Reads > mostReads || Bytes > mostBytes)
        {
            throw new InvalidOperationException(FormattableString.Invariant($"The reader does not end: {Reads} reads, {Bytes} bytes."));
        }

        inner.Read(offset, destination);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
