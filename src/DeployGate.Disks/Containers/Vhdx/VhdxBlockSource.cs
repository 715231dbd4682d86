using System.Buffers.Binary;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Containers.Vhdx;

/// <summary>
/// The disk in a VHDX. After every <c>2^23 × sector size ÷ block size</c> entries of the block allocation table stands one for a sector
/// bitmap, which only a differencing disk uses.
/// </summary>
internal sealed class VhdxBlockSource(IByteSource file, VhdxMetadata metadata, VhdxRegion table) : IByteSource
{
    private readonly long _chunkRatio = (1L << 23) * metadata.SectorSize / metadata.BlockSize;

    public string Name => file.Name;

    public long Length => metadata.DiskSize;

    public void Read(long offset, Span<byte> destination)
    {
        Bounds.Check(this, offset, destination.Length);
        while (destination.Length > 0)
        {
            var block = offset / metadata.BlockSize;
            var within = (int)(offset % metadata.BlockSize);
            var count = Math.Min(destination.Length, metadata.BlockSize - within);
            if (StartOf(block) is { } start)
            {
                file.Read(start + within, destination[..count]);
            }
            else
            {
                destination[..count].Clear();
            }

            destination = destination[count..];
            offset += count;
        }
    }

    public void Dispose() => file.Dispose();

    /// <summary>Where a block's bytes lie; null when it reads as zeros.</summary>
    private long? StartOf(long block)
    {
        var at = (block + (block / _chunkRatio)) * 8;
        if (at > table.Length - 8)
        {
            throw Fault.At($"{Name}: VHDX block allocation table", table.Offset, FormattableString.Invariant($"an entry for block {block}"), FormattableString.Invariant($"a table of {table.Length} bytes"));
        }

        Span<byte> bytes = stackalloc byte[8];
        file.Read(table.Offset + at, bytes);
        var entry = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        return (entry & 7) switch
        {
            0 or 1 or 2 or 3 => null,
            6 => (long)(entry >> 20) << 20,
            var state => throw Fault.At($"{Name}: VHDX block allocation table", table.Offset + at, "a block that is present, zero or not there", FormattableString.Invariant($"state {state}")),
        };
    }
}
