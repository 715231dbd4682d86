using System.Collections.Immutable;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Containers.Vhdx;

/// <summary>
/// The log of a VHDX that was not closed in order. The longest chain of whole entries with the highest sequence number is applied as an
/// overlay; the file is not changed.
/// </summary>
internal static class VhdxLog
{
    internal const int Page = 4096;

    /// <summary>Logs are one or a few MiB; a longer one is refused rather than held in memory.</summary>
    private const uint MaxLength = 32 << 20;

    /// <summary>How often the length of the log may be looked at: entries whose sum is wrong may overlap, as many as the log has pages.</summary>
    private const int MaxPasses = 16;

    internal static IByteSource Replay(IByteSource file, VhdxHeader header, ImmutableArray<string>.Builder remarks)
    {
        var place = $"{file.Name}: VHDX log";
        if (header.LogVersion != 0 || header.LogLength is 0 or > MaxLength || header.LogLength % Page != 0 || header.LogOffset > (ulong)file.Length)
        {
            throw Fault.At(place, null, "a log of version 0 and at most 32 MiB", FormattableString.Invariant($"version {header.LogVersion}, {header.LogLength} bytes at {header.LogOffset}"));
        }

        var log = file.ReadBytes((long)header.LogOffset, (int)header.LogLength);
        var active = ActiveChain(log, header.LogGuid, place);
        if (active.IsEmpty)
        {
            throw Fault.At(place, (long)header.LogOffset, "a chain of whole entries, because the file was not closed in order", "none");
        }

        var head = active[^1];
        if ((ulong)file.Length < head.FlushedFileOffset)
        {
            throw Fault.At(place, (long)header.LogOffset + head.Offset, FormattableString.Invariant($"a file of at least {head.FlushedFileOffset} bytes"), FormattableString.Invariant($"{file.Length} bytes: it was cut"));
        }

        var pages = new VhdxLogPages();
        foreach (var entry in active)
        {
            entry.Apply(log, pages, place);
        }

        remarks.Add(FormattableString.Invariant($"the VHDX was not closed in order: {active.Length} entries of its log were applied in memory"));
        return new OverlayByteSource(file, Page, pages.All, Math.Max(file.Length, (long)Math.Min(head.LastFileOffset, long.MaxValue / 2)));
    }

    /// <summary>From the tail that the head names to the head; empty when no chain is whole.</summary>
    private static ImmutableArray<VhdxLogEntry> ActiveChain(byte[] log, Guid id, string place)
    {
        var budget = (long)log.Length * MaxPasses;
        ImmutableArray<VhdxLogEntry> best = [];
        for (var tail = 0; tail < log.Length;)
        {
            var chain = ChainFrom(log, id, tail, ref budget);
            if (budget < 0)
            {
                throw Fault.At(place, null, FormattableString.Invariant($"entries of at most {MaxPasses} times the log's length"), "more, one over the other");
            }

            if (chain.Count == 0)
            {
                tail += Page;
                continue;
            }

            var head = chain[^1];
            var from = chain.FindIndex(entry => entry.Offset == head.Tail);
            if (from >= 0 && (best.IsEmpty || head.Sequence > best[^1].Sequence))
            {
                best = [.. chain[from..]];
            }

            var end = head.Offset + head.Length;
            tail = end <= tail ? log.Length : end;
        }

        return best;
    }

    private static List<VhdxLogEntry> ChainFrom(byte[] log, Guid id, int offset, ref long budget)
    {
        var chain = new List<VhdxLogEntry>();
        var left = log.Length;
        while (left > 0 && VhdxLogEntry.Parse(log, offset, id, ref budget) is { } entry && entry.Length <= left && (chain.Count == 0 || entry.Sequence == chain[^1].Sequence + 1))
        {
            chain.Add(entry);
            left -= entry.Length;
            offset = (offset + entry.Length) % log.Length;
        }

        return chain;
    }
}

/// <summary>The pages that a log puts in the place of the file's own; null is a page of zeros. Zeros are counted, because a few bytes of log can name many.</summary>
internal sealed class VhdxLogPages
{
    private const long MaxZeros = 1 << 18;
    private readonly Dictionary<long, byte[]?> _pages = [];
    private long _zeros;

    internal IReadOnlyDictionary<long, byte[]?> All => _pages;

    internal void Put(long page, byte[] bytes) => _pages[page] = bytes;

    /// <summary>Puts pages of zeros; false, and nothing done, when the log has named more than 1 GiB of them.</summary>
    internal bool TryClear(long first, ulong count)
    {
        if (count > (ulong)(MaxZeros - _zeros))
        {
            return false;
        }

        _zeros += (long)count;
        for (var page = first; page < first + (long)count; page++)
        {
            _pages[page] = null;
        }

        return true;
    }
}
