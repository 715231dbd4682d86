using DeployGate.Disks.Sources;

namespace DeployGate.TestKit.Disks;

/// <summary>Bytes that are zeros until they are written: a volume of 127 GiB costs what is written on it.</summary>
/// <param name="name">What it is.</param>
/// <param name="length">Number of bytes.</param>
public sealed class SparseByteSource(string name, long length) : IByteSource
{
    private const int BlockSize = 64 << 10;
    private readonly Dictionary<long, byte[]> _blocks = [];

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public long Length => length;

    /// <summary>The parts that were written: first byte and bytes of each, in order. They are the source's own arrays.</summary>
    public IEnumerable<(long Offset, ReadOnlyMemory<byte> Bytes)> Segments =>
        _blocks.OrderBy(block => block.Key).Select(block => (block.Key * BlockSize, (ReadOnlyMemory<byte>)block.Value.AsMemory(0, (int)Math.Min(BlockSize, length - block.Key * BlockSize))));

    /// <summary>Writes bytes.</summary>
    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        if (offset < 0 || offset > length - bytes.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(offset), offset, "The bytes do not fit.");
        }

        while (!bytes.IsEmpty)
        {
            var within = (int)(offset % BlockSize);
            var here = Math.Min(bytes.Length, BlockSize - within);
            // Zeros where nothing stands yet stay nothing.
            if (_blocks.TryGetValue(offset / BlockSize, out var block) || bytes[..here].ContainsAnyExcept((byte)0))
            {
                block ??= _blocks[offset / BlockSize] = new byte[BlockSize];
                bytes[..here].CopyTo(block.AsSpan(within));
            }

            bytes = bytes[here..];
            offset += here;
        }
    }

    /// <inheritdoc/>
    public void Read(long offset, Span<byte> destination)
    {
        if (offset < 0 || destination.Length > length || offset > length - destination.Length)
        {
            throw Fault.At(name, offset, FormattableString.Invariant($"{destination.Length} bytes"), FormattableString.Invariant($"the end after {length} bytes"));
        }

        while (!destination.IsEmpty)
        {
            var within = (int)(offset % BlockSize);
            var here = Math.Min(destination.Length, BlockSize - within);
            if (_blocks.TryGetValue(offset / BlockSize, out var block))
            {
                block.AsSpan(within, here).CopyTo(destination);
            }
            else
            {
                destination[..here].Clear();
            }

            destination = destination[here..];
            offset += here;
        }
    }

    /// <summary>Writes all to a file with holes, for tools that want one.</summary>
    public void SaveAs(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        file.SetLength(length);
        foreach (var (offset, bytes) in Segments)
        {
            file.Position = offset;
            file.Write(bytes.Span);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
