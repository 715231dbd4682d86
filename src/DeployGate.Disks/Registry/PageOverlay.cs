using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Registry;

/// <summary>
/// The bins of a hive with the pages that its logs hold instead. Only the pages' places are kept, not their bytes. Offset 0 is the
/// first bin.
/// </summary>
/// <param name="hive">The primary file.</param>
internal sealed class PageOverlay(IByteSource hive) : IByteSource
{
    internal const int PageSize = 512;

    // About 8 MB for a log of 128 MiB, which is more than Windows lets one become.
    private const int MostPages = 1 << 18;

    private readonly Dictionary<long, (IByteSource Log, long Offset)> _pages = [];

    public string Name => hive.Name;

    public long Length { get; internal set; }

    /// <summary>Number of pages that come from logs.</summary>
    internal int Count => _pages.Count;

    /// <summary>Takes a page of 512 bytes at <paramref name="offset"/> of the bins from a log.</summary>
    internal void Put(long offset, IByteSource log, long logOffset)
    {
        if (_pages.Count == MostPages)
        {
            throw Fault.At(log.Name, logOffset, FormattableString.Invariant($"at most {MostPages} pages"), "more");
        }

        _pages[offset / PageSize] = (log, logOffset);
    }

    public void Read(long offset, Span<byte> destination)
    {
        Bounds.Check(this, offset, destination.Length);
        if (_pages.Count == 0)
        {
            hive.Read(BaseBlock.BinsStart + offset, destination);
            return;
        }

        while (!destination.IsEmpty)
        {
            var within = (int)(offset % PageSize);
            var here = Math.Min(destination.Length, PageSize - within);
            if (_pages.TryGetValue(offset / PageSize, out var page))
            {
                page.Log.Read(page.Offset + within, destination[..here]);
            }
            else
            {
                hive.Read(BaseBlock.BinsStart + offset, destination[..here]);
            }

            destination = destination[here..];
            offset += here;
        }
    }

    public void Dispose()
    {
    }
}
