namespace DeployGate.Disks.Sources;

/// <summary>
/// What an inspection may cost at most. Budgets are what makes every broken or hostile disk end: a circle that no reader noticed runs
/// into one of them.
/// </summary>
/// <param name="MaxBytes">Bytes taken from the source.</param>
/// <param name="MaxReads">Reads of the source.</param>
/// <param name="MaxTime">Time from the first read on.</param>
public sealed record ReadBudget(long MaxBytes, long MaxReads, TimeSpan MaxTime)
{
    /// <summary>For a file: 256 MiB, 200 000 reads, 60 seconds.</summary>
    public static ReadBudget Local { get; } = new(256L << 20, 200_000, TimeSpan.FromSeconds(60));

    /// <summary>For ranges over HTTPS: 256 MiB, 4 096 requests, 10 minutes.</summary>
    public static ReadBudget Remote { get; } = new(256L << 20, 4_096, TimeSpan.FromMinutes(10));
}

/// <summary>What was read of a source so far.</summary>
/// <param name="Bytes">Bytes taken.</param>
/// <param name="Reads">Reads, or requests.</param>
public readonly record struct ReadCost(long Bytes, long Reads);

/// <summary>Counts what is read of a source and ends the reading when its budget is used up. It owns the source.</summary>
public sealed class MeteredByteSource(IByteSource source, ReadBudget budget, TimeProvider clock, CancellationToken cancellation = default) : IByteSource
{
    private readonly long _started = clock.GetTimestamp();
    private long _bytes;
    private long _reads;

    /// <inheritdoc/>
    public string Name => source.Name;

    /// <inheritdoc/>
    public long Length => source.Length;

    /// <summary>What was read so far.</summary>
    public ReadCost Cost => new(Interlocked.Read(ref _bytes), Interlocked.Read(ref _reads));

    /// <inheritdoc/>
    public void Read(long offset, Span<byte> destination)
    {
        Bounds.Check(this, offset, destination.Length);
        cancellation.ThrowIfCancellationRequested();
        var bytes = Interlocked.Add(ref _bytes, destination.Length);
        var reads = Interlocked.Increment(ref _reads);
        if (bytes > budget.MaxBytes || reads > budget.MaxReads)
        {
            throw Fault.At(Name, offset, FormattableString.Invariant($"an answer within {budget.MaxBytes >> 20} MiB and {budget.MaxReads} reads"), "a disk that needs more: it is damaged, or made to keep readers busy");
        }

        if (clock.GetElapsedTime(_started) > budget.MaxTime)
        {
            throw Fault.At(Name, offset, FormattableString.Invariant($"an answer within {budget.MaxTime.TotalSeconds:0} seconds"), "a disk or a server that takes longer");
        }

        source.Read(offset, destination);
    }

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();
}
