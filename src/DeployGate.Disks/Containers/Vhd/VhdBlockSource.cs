using System.Buffers.Binary;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Containers.Vhd;

/// <summary>
/// The disk in a dynamic or differencing VHD. Only the entries of the table that a read needs are read. Before each block lies a bitmap
/// of its sectors, most significant bit first; a dynamic disk's blocks are whole without it, a differencing one's sectors come from
/// the parent where the bit is clear.
/// </summary>
internal sealed class VhdBlockSource(IByteSource file, VhdDynamicHeader header, long length, IByteSource? parent) : IByteSource
{
    private const int Sector = 512;
    private const uint Unallocated = 0xFFFFFFFF;

    private readonly int _bitmapSize = ((header.BlockSize / Sector / 8) + Sector - 1) / Sector * Sector;

    public string Name => file.Name;

    public long Length => length;

    public void Read(long offset, Span<byte> destination)
    {
        Bounds.Check(this, offset, destination.Length);
        while (destination.Length > 0)
        {
            var block = offset / header.BlockSize;
            var within = (int)(offset % header.BlockSize);
            var count = Math.Min(destination.Length, header.BlockSize - within);
            ReadBlock(block, within, offset, destination[..count]);
            destination = destination[count..];
            offset += count;
        }
    }

    public void Dispose() => file.Dispose();

    private void ReadBlock(long block, int within, long offset, Span<byte> part)
    {
        var start = StartOf(block);
        if (start is null)
        {
            ReadParent(offset, part);
        }
        else if (parent is null)
        {
            file.Read(start.Value + _bitmapSize + within, part);
        }
        else
        {
            ReadSectors(start.Value, within, offset, part);
        }
    }

    private long? StartOf(long block)
    {
        if (block >= header.TableEntries)
        {
            throw Fault.At($"{Name}: VHD block allocation table", header.TableOffset, FormattableString.Invariant($"an entry for block {block}"), FormattableString.Invariant($"{header.TableEntries} entries"));
        }

        Span<byte> entry = stackalloc byte[4];
        file.Read(header.TableOffset + (block * 4), entry);
        var sector = BinaryPrimitives.ReadUInt32BigEndian(entry);
        return sector == Unallocated ? null : (long)sector * Sector;
    }

    private void ReadSectors(long start, int within, long offset, Span<byte> part)
    {
        Span<byte> bits = stackalloc byte[1];
        while (part.Length > 0)
        {
            var sector = within / Sector;
            var count = Math.Min(part.Length, Sector - (within % Sector));
            file.Read(start + (sector / 8), bits);
            if ((bits[0] & (0x80 >> (sector % 8))) != 0)
            {
                file.Read(start + _bitmapSize + within, part[..count]);
            }
            else
            {
                ReadParent(offset, part[..count]);
            }

            part = part[count..];
            within += count;
            offset += count;
        }
    }

    private void ReadParent(long offset, Span<byte> part)
    {
        var count = parent is null ? 0 : (int)Math.Clamp(parent.Length - offset, 0, part.Length);
        if (count > 0)
        {
            parent!.Read(offset, part[..count]);
        }

        part[count..].Clear();
    }
}
