using System.Buffers.Binary;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Registry;

/// <summary>A log of Windows 8.1 and later: entries one after the other, each with a sequence number and two checksums.</summary>
/// <param name="Source">The log file.</param>
/// <param name="Base">Its own base block; its first entry bears the primary sequence number in it.</param>
internal sealed record EntryLog(IByteSource Source, BaseBlock Base)
{
    private const int HeaderSize = 40;
    private const int ReferenceSize = 8;

    /// <summary>
    /// The entry at <paramref name="offset"/> when it is the one numbered <paramref name="sequence"/> and whole; else null, and in
    /// <paramref name="defect"/> why, or null when no such entry was ever begun there.
    /// </summary>
    internal LogEntry? Read(long offset, uint sequence, out string? defect)
    {
        defect = null;
        if (offset > Source.Length - HeaderSize)
        {
            return null;
        }

        var header = Source.ReadBytes(offset, HeaderSize);
        var entry = new LogEntry(
            offset, BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4)), BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(12)),
            BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(16)), BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(20)));
        if (!header.AsSpan().StartsWith("HvLE"u8) || entry.Sequence != sequence)
        {
            return null;
        }

        var isHeaderWhole = Marvin32.Of(header.AsSpan(0, 32)) == BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(32));
        defect =
            !isHeaderWhole ? "its header has a wrong checksum"
            : entry.Size % PageOverlay.PageSize != 0 || entry.Size < HeaderSize + (long)ReferenceSize * entry.Pages || entry.Size > Source.Length - offset ? FormattableString.Invariant($"it has {entry.Size} bytes")
            : entry.BinsSize % BaseBlock.BinsStart != 0 || entry.BinsSize == 0 ? FormattableString.Invariant($"its hive has {entry.BinsSize} bytes")
            : Hash(entry) != BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(24)) ? "its pages have a wrong checksum"
            : null;
        return defect is null ? entry : null;
    }

    /// <summary>Whether the header of that entry stands there, whole; its pages are not looked at, which would cost the log's size squared.</summary>
    internal bool IsBegun(long offset, uint sequence)
    {
        if (offset > Source.Length - HeaderSize)
        {
            return false;
        }

        var header = Source.ReadBytes(offset, HeaderSize).AsSpan();
        return header.StartsWith("HvLE"u8)
            && BinaryPrimitives.ReadUInt32LittleEndian(header[12..]) == sequence
            && Marvin32.Of(header[..32]) == BinaryPrimitives.ReadUInt64LittleEndian(header[32..]);
    }

    /// <summary>Lays the pages of a whole entry over the hive. False when they do not fit into it.</summary>
    internal bool TryApply(LogEntry entry, PageOverlay overlay)
    {
        var reference = new byte[ReferenceSize];
        for (var (pass, end) = (0, 0L); pass < 2; pass++)
        {
            // Checked as a whole first: half an entry is no state that ever was.
            var data = entry.Offset + HeaderSize + (long)ReferenceSize * entry.Pages;
            for (var i = 0L; i < entry.Pages; i++)
            {
                Source.Read(entry.Offset + HeaderSize + ReferenceSize * i, reference);
                long target = BinaryPrimitives.ReadUInt32LittleEndian(reference);
                long size = BinaryPrimitives.ReadUInt32LittleEndian(reference.AsSpan(4));
                end = target + size;
                if (size == 0 || size % PageOverlay.PageSize != 0 || target % PageOverlay.PageSize != 0 || end > entry.BinsSize || size > entry.Offset + entry.Size - data)
                {
                    return false;
                }

                for (var at = 0L; pass == 1 && at < size; at += PageOverlay.PageSize)
                {
                    overlay.Put(target + at, Source, data + at);
                }

                data += size;
            }
        }

        overlay.Length = entry.BinsSize;
        return true;
    }

    private ulong Hash(LogEntry entry)
    {
        var hash = new Marvin32();
        var part = new byte[16 << 10];
        var end = entry.Offset + entry.Size;
        for (var at = entry.Offset + HeaderSize; at < end; at += part.Length)
        {
            var here = part.AsSpan(0, (int)Math.Min(part.Length, end - at));
            Source.Read(at, here);
            hash.Add(here);
        }

        return hash.Finish();
    }
}

/// <summary>One entry of a log.</summary>
/// <param name="Offset">Where it starts in the log.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Sequence">Its number.</param>
/// <param name="BinsSize">How large the bins are after it, in bytes.</param>
/// <param name="Pages">Number of pages in it.</param>
internal sealed record LogEntry(long Offset, uint Size, uint Sequence, uint BinsSize, uint Pages);
