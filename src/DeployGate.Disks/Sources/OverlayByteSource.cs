namespace DeployGate.Disks.Sources;

/// <summary>
/// A source with pages that stand in the place of its own: what a log says that is not yet where it belongs. It owns the source. Bytes
/// after the source's end that no page covers are zero.
/// </summary>
/// <param name="source">What lies below.</param>
/// <param name="pageSize">Bytes a page.</param>
/// <param name="pages">The pages by their number (offset divided by <paramref name="pageSize"/>); null is a page of zeros.</param>
/// <param name="length">Number of bytes of the whole.</param>
internal sealed class OverlayByteSource(IByteSource source, int pageSize, IReadOnlyDictionary<long, byte[]?> pages, long length) : IByteSource
{
    public string Name => source.Name;

    public long Length => length;

    public void Read(long offset, Span<byte> destination)
    {
        Bounds.Check(this, offset, destination.Length);
        while (destination.Length > 0)
        {
            var page = offset / pageSize;
            var within = (int)(offset - (page * pageSize));
            var count = Math.Min(destination.Length, pageSize - within);
            var part = destination[..count];
            if (!pages.TryGetValue(page, out var bytes))
            {
                ReadBelow(offset, part);
            }
            else if (bytes is null)
            {
                part.Clear();
            }
            else
            {
                bytes.AsSpan(within, count).CopyTo(part);
            }

            destination = destination[count..];
            offset += count;
        }
    }

    public void Dispose() => source.Dispose();

    private void ReadBelow(long offset, Span<byte> part)
    {
        var count = (int)Math.Clamp(source.Length - offset, 0, part.Length);
        if (count > 0)
        {
            source.Read(offset, part[..count]);
        }

        part[count..].Clear();
    }
}
