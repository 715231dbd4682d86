namespace DeployGate.Disks.Sources;

/// <summary>
/// Reads a source in aligned blocks and keeps the last used ones. Nothing is read ahead: blocks that lie side by side and are wanted
/// by the same read are taken in one. It owns the source. Not for use by several threads.
/// </summary>
/// <remarks>64 KiB a block suits requests over a network: larger ones save two requests and cost ten times the bytes.</remarks>
public sealed class CachedByteSource : IByteSource
{
    private readonly IByteSource _source;
    private readonly int _blockSize;
    private readonly int _capacity;
    private readonly Dictionary<long, LinkedListNode<(long Index, byte[] Bytes)>> _blocks = [];
    private readonly LinkedList<(long Index, byte[] Bytes)> _recent = new();

    /// <summary>Creates the cache.</summary>
    /// <param name="source">What is read.</param>
    /// <param name="blockSize">Bytes a block.</param>
    /// <param name="capacity">Blocks kept.</param>
    public CachedByteSource(IByteSource source, int blockSize, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(blockSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _source = source;
        _blockSize = blockSize;
        _capacity = capacity;
    }

    /// <inheritdoc/>
    public string Name => _source.Name;

    /// <inheritdoc/>
    public long Length => _source.Length;

    /// <inheritdoc/>
    public void Read(long offset, Span<byte> destination)
    {
        Bounds.Check(this, offset, destination.Length);
        while (destination.Length > 0)
        {
            var index = offset / _blockSize;
            var within = (int)(offset - (index * _blockSize));
            var bytes = _blocks.TryGetValue(index, out var node) ? Touch(node) : Fetch(index, MissingFrom(index, within + (long)destination.Length));
            var count = Math.Min(destination.Length, bytes.Length - within);
            bytes.AsSpan(within, count).CopyTo(destination);
            destination = destination[count..];
            offset += count;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private byte[] Touch(LinkedListNode<(long Index, byte[] Bytes)> node)
    {
        _recent.Remove(node);
        _recent.AddFirst(node);
        return node.Value.Bytes;
    }

    /// <summary>How many blocks from <paramref name="index"/> on are wanted (up to <paramref name="span"/> bytes) and not here; at most half of what is kept.</summary>
    private int MissingFrom(long index, long span)
    {
        var wanted = (int)Math.Min(Math.Max(1, _capacity / 2), (span + _blockSize - 1) / _blockSize);
        var count = 1;
        while (count < wanted && !_blocks.ContainsKey(index + count))
        {
            count++;
        }

        return count;
    }

    private byte[] Fetch(long index, int count)
    {
        var start = index * _blockSize;
        var bytes = new byte[Math.Min((long)count * _blockSize, Length - start)];
        _source.Read(start, bytes);
        if (count == 1)
        {
            return Keep(index, bytes);
        }

        for (var at = count - 1; at > 0; at--)
        {
            Keep(index + at, bytes[(at * _blockSize)..Math.Min((at + 1) * _blockSize, bytes.Length)]);
        }

        return Keep(index, bytes[.._blockSize]);
    }

    private byte[] Keep(long index, byte[] bytes)
    {
        while (_blocks.Count >= _capacity)
        {
            _blocks.Remove(_recent.Last!.Value.Index);
            _recent.RemoveLast();
        }

        _blocks[index] = _recent.AddFirst((index, bytes));
        return bytes;
    }
}
