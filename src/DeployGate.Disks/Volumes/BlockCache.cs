using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Volumes;

/// <summary>Blocks of metadata that were read (and verified) already. It is emptied when it is full: what is walked again is walked soon.</summary>
/// <param name="volume">Where the blocks lie.</param>
internal sealed class BlockCache(IByteSource volume)
{
    private const int MostBytes = 1 << 20;

    private readonly Dictionary<(long Offset, int Count), byte[]> _blocks = [];
    private int _bytes;

    /// <summary>A block; the caller must not write to it. <paramref name="verify"/> runs once, when it comes from the volume.</summary>
    internal byte[] Read(long offset, int count, Action<byte[]>? verify = null)
    {
        if (_blocks.TryGetValue((offset, count), out var known))
            return known;

        var block = volume.ReadBytes(offset, count);
        verify?.Invoke(block);
        if (_bytes + count > MostBytes)
        {
            _blocks.Clear();
            _bytes = 0;
        }

        _blocks[(offset, count)] = block;
        _bytes += count;
        return block;
    }
}
