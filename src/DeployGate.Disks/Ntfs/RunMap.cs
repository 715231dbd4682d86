using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Ntfs;

/// <summary>
/// Which clusters of the volume an attribute lies in. It grows piece by piece, because the pieces of $MFT are found through the
/// pieces before them.
/// </summary>
/// <param name="clusters">Number of clusters on the volume; a run beyond is a fault.</param>
internal sealed class RunMap(long clusters)
{
    /// <summary>In place of a cluster's number: nothing is stored there, it reads as zeros.</summary>
    internal const long Hole = -1;

    // 16 bytes each: 3 MB. A hive of 60 MB has 15 000 clusters of 4 KiB.
    private const int MostRuns = 200_000;

    private readonly List<long> _starts = [];
    private readonly List<long> _targets = [];

    /// <summary>The cluster of the attribute after the last that is mapped.</summary>
    internal long End { get; private set; }

    internal int Count => _starts.Count;

    /// <summary>Adds a piece, which must start where the last one ended.</summary>
    internal void Append(AttributePiece piece, string place, long offset)
    {
        if (piece.First != End)
        {
            throw Fault.At(place, offset, FormattableString.Invariant($"the piece that starts at cluster {End}"), FormattableString.Invariant($"cluster {piece.First}"));
        }

        var runs = piece.Runs.Span;
        long target = 0;
        while (End < piece.End)
        {
            if (runs.IsEmpty || runs[0] == 0)
            {
                throw Fault.At(place, offset, FormattableString.Invariant($"runs up to cluster {piece.End}"), FormattableString.Invariant($"the end of the list at cluster {End}"));
            }

            var (countBytes, targetBytes) = (runs[0] & 15, runs[0] >> 4);
            if (countBytes is 0 or > 8 || targetBytes > 8 || 1 + countBytes + targetBytes > runs.Length)
            {
                throw Fault.At(place, offset, "a run", FormattableString.Invariant($"the lengths {runs[0]:x2}"));
            }

            var count = Signed(runs.Slice(1, countBytes));
            target = unchecked(target + Signed(runs.Slice(1 + countBytes, targetBytes)));
            Add(count, targetBytes == 0 ? Hole : target, piece.End, place, offset);
            runs = runs[(1 + countBytes + targetBytes)..];
        }
    }

    /// <summary>Where the cluster lies, and for how many from it on that answer goes on.</summary>
    internal (long Target, long Count) At(long cluster, string place, int clusterSize)
    {
        if (cluster < 0 || cluster >= End)
        {
            throw Fault.At(place, cluster * clusterSize, "a cluster of the file", FormattableString.Invariant($"the end of its run list at cluster {End}"));
        }

        var found = _starts.BinarySearch(cluster);
        var run = found < 0 ? ~found - 1 : found;
        var end = run + 1 < _starts.Count ? _starts[run + 1] : End;
        return (_targets[run] == Hole ? Hole : _targets[run] + cluster - _starts[run], end - cluster);
    }

    private void Add(long count, long target, long pieceEnd, string place, long offset)
    {
        if (count <= 0 || count > pieceEnd - End)
        {
            throw Fault.At(place, offset, FormattableString.Invariant($"a run of at most {pieceEnd - End} clusters"), FormattableString.Invariant($"{count}"));
        }

        if (target != Hole && (target < 0 || count > clusters || target > clusters - count))
        {
            throw Fault.At(place, offset, FormattableString.Invariant($"a run on a volume of {clusters} clusters"), FormattableString.Invariant($"{count} clusters from {target}"));
        }

        var continues = _starts.Count > 0 && (target == Hole ? _targets[^1] == Hole : _targets[^1] != Hole && _targets[^1] + End - _starts[^1] == target);
        if (!continues)
        {
            if (_starts.Count == MostRuns)
            {
                throw Fault.At(place, offset, FormattableString.Invariant($"at most {MostRuns} runs"), "more");
            }

            _starts.Add(End);
            _targets.Add(target);
        }

        End += count;
    }

    private static long Signed(ReadOnlySpan<byte> bytes)
    {
        long value = 0;
        for (var i = bytes.Length - 1; i >= 0; i--)
        {
            value = value << 8 | bytes[i];
        }

        var unused = 64 - 8 * bytes.Length;
        return bytes.IsEmpty ? 0 : value << unused >> unused;
    }
}
