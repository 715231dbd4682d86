using System.Buffers.Binary;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Containers.Vhdx;

/// <summary>One whole entry of the log.</summary>
/// <param name="Offset">Its first byte in the log; it may go on at the log's beginning.</param>
/// <param name="Length">Its bytes, a multiple of 4096.</param>
/// <param name="Tail">Where the chain begins that this entry ends.</param>
/// <param name="Sequence">Its number.</param>
/// <param name="Descriptors">How many descriptors it has.</param>
/// <param name="FlushedFileOffset">The file was at least that long when the entry was written.</param>
/// <param name="LastFileOffset">The file must be that long for what the entry names.</param>
internal sealed record VhdxLogEntry(int Offset, int Length, uint Tail, ulong Sequence, int Descriptors, ulong FlushedFileOffset, ulong LastFileOffset)
{
    private const int Page = VhdxLog.Page;
    private const int HeaderSize = 64;
    private const int DescriptorSize = 32;

    /// <summary>The entry at an offset of the log; null when there is no whole one of this log.</summary>
    /// <param name="log">The whole log.</param>
    /// <param name="offset">Where the entry starts, at a page.</param>
    /// <param name="id">What the file's header says that entries of this log bear.</param>
    /// <param name="budget">Bytes of entries that may still be looked at; below zero when it is used up, and then the answer is null.</param>
    internal static VhdxLogEntry? Parse(byte[] log, int offset, Guid id, ref long budget)
    {
        var head = log.AsSpan(offset, HeaderSize);
        if (!head.StartsWith("loge"u8) || new Guid(head.Slice(32, 16)) != id)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(head[8..]);
        var descriptors = BinaryPrimitives.ReadUInt32LittleEndian(head[24..]);
        if (length == 0 || length > log.Length || length % Page != 0 || HeaderSize + ((ulong)descriptors * DescriptorSize) > length)
        {
            return null;
        }

        budget -= length;
        return budget >= 0 && VhdxChecksum.IsRight(Bytes(log, offset, (int)length))
            ? new VhdxLogEntry(
                offset,
                (int)length,
                BinaryPrimitives.ReadUInt32LittleEndian(head[12..]),
                BinaryPrimitives.ReadUInt64LittleEndian(head[16..]),
                (int)descriptors,
                BinaryPrimitives.ReadUInt64LittleEndian(head[48..]),
                BinaryPrimitives.ReadUInt64LittleEndian(head[56..]))
            : null;
    }

    /// <summary>Puts what the entry says into <paramref name="pages"/>.</summary>
    internal void Apply(byte[] log, VhdxLogPages pages, string place)
    {
        var bytes = Bytes(log, Offset, Length);
        var data = (HeaderSize + (Descriptors * DescriptorSize) + Page - 1) / Page * Page;
        for (var index = 0; index < Descriptors; index++)
        {
            var descriptor = bytes.Slice(HeaderSize + (index * DescriptorSize), DescriptorSize);
            var target = BinaryPrimitives.ReadInt64LittleEndian(descriptor[16..]);
            if (target < 0 || target % Page != 0 || BinaryPrimitives.ReadUInt64LittleEndian(descriptor[24..]) != Sequence)
            {
                throw Damaged(place);
            }

            if (descriptor.StartsWith("zero"u8))
            {
                Clear(pages, target / Page, BinaryPrimitives.ReadUInt64LittleEndian(descriptor[8..]), place);
            }
            else if (descriptor.StartsWith("desc"u8) && data + Page <= bytes.Length)
            {
                pages.Put(target / Page, DataPage(descriptor, bytes.Slice(data, Page), place));
                data += Page;
            }
            else
            {
                throw Damaged(place);
            }
        }
    }

    /// <summary>The page: its first eight and last four bytes stand in the descriptor, where the data sector has a mark instead.</summary>
    private byte[] DataPage(ReadOnlySpan<byte> descriptor, ReadOnlySpan<byte> sector, string place)
    {
        var sequence = ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(sector[4..]) << 32) | BinaryPrimitives.ReadUInt32LittleEndian(sector[4092..]);
        if (!sector.StartsWith("data"u8) || sequence != Sequence)
        {
            throw Damaged(place);
        }

        var page = sector.ToArray();
        descriptor.Slice(8, 8).CopyTo(page);
        descriptor.Slice(4, 4).CopyTo(page.AsSpan(4092));
        return page;
    }

    private void Clear(VhdxLogPages pages, long first, ulong length, string place)
    {
        if (length % Page != 0 || !pages.TryClear(first, length / Page))
        {
            throw Damaged(place);
        }
    }

    private DiskFaultException Damaged(string place) => Fault.At(place, null, FormattableString.Invariant($"a whole entry {Sequence}"), "a descriptor or data sector that does not belong to it");

    private static ReadOnlySpan<byte> Bytes(byte[] log, int offset, int length)
    {
        if (offset + length <= log.Length)
        {
            return log.AsSpan(offset, length);
        }

        var bytes = new byte[length];
        var first = Math.Min(length, log.Length - offset);
        log.AsSpan(offset, first).CopyTo(bytes);
        log.AsSpan(0, length - first).CopyTo(bytes.AsSpan(first));
        return bytes;
    }
}
