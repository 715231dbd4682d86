using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Volumes;

/// <summary>A stretch of a file that lies in one piece.</summary>
/// <param name="Offset">Its first byte in the file.</param>
/// <param name="Length">Number of bytes, at least 1.</param>
/// <param name="Physical">Its first byte on the volume; null where zeros are read (a hole, or space that was reserved and never written).</param>
internal readonly record struct FileRun(long Offset, long Length, long? Physical);

/// <summary>A file whose pieces are looked up as they are needed.</summary>
/// <param name="name">What it is, for messages.</param>
/// <param name="length">Number of bytes.</param>
/// <param name="volume">Where the pieces lie.</param>
/// <param name="locate">The piece that holds a byte of the file.</param>
internal sealed class MappedByteSource(string name, long length, IByteSource volume, Func<long, FileRun> locate) : IByteSource
{
    // Most reads follow one another: the last piece answers the next one without a walk through the tree.
    private FileRun _last;

    public string Name => name;

    public long Length => length;

    public void Read(long offset, Span<byte> destination)
    {
        Bounds.Check(this, offset, destination.Length);
        while (destination.Length > 0)
        {
            var run = RunAt(offset);
            var part = destination[..(int)Math.Min(destination.Length, run.Offset + run.Length - offset)];
            if (run.Physical is { } physical)
                volume.Read(physical + (offset - run.Offset), part);
            else
                part.Clear();

            offset += part.Length;
            destination = destination[part.Length..];
        }
    }

    public void Dispose()
    {
    }

    private FileRun RunAt(long offset)
    {
        if (offset < _last.Offset || offset - _last.Offset >= _last.Length)
            _last = locate(offset);

        return _last;
    }
}
