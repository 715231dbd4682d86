using System.Buffers.Binary;
using System.Text;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Ntfs;

/// <summary>The entries of $INDEX_ROOT or of one index block.</summary>
/// <param name="Entries">In the order of the node.</param>
internal sealed record IndexNode(IReadOnlyList<IndexEntry> Entries)
{
    /// <summary>Reads the entries after the index header at <paramref name="header"/>.</summary>
    internal static IndexNode Read(ReadOnlyMemory<byte> block, int header, string place, long? offset)
    {
        var span = block.Span;
        if (header + 16 > block.Length)
        {
            throw Fault.At(place, offset, "an index header", FormattableString.Invariant($"{block.Length} bytes"));
        }

        var start = header + (long)BinaryPrimitives.ReadUInt32LittleEndian(span[header..]);
        var end = header + (long)BinaryPrimitives.ReadUInt32LittleEndian(span[(header + 4)..]);
        if (end > block.Length || start < header + 16)
        {
            throw Fault.At(place, offset + header, FormattableString.Invariant($"entries within {block.Length} bytes"), FormattableString.Invariant($"{start} to {end}"));
        }

        var entries = new List<IndexEntry>();
        while (true)
        {
            if (start > end - IndexEntry.HeaderSize)
            {
                throw Fault.At(place, offset + start, "entries up to the last", "the end of the index node");
            }

            var entry = IndexEntry.Read(block[(int)start..(int)end], place, offset + start);
            entries.Add(entry);
            if (entry.IsLast)
            {
                return new IndexNode(entries);
            }

            start += entry.Length;
        }
    }
}

/// <summary>One entry of a directory's index.</summary>
/// <param name="Reference">The file: record number and sequence.</param>
/// <param name="Child">The block with what comes before this entry; -1 when there is none.</param>
/// <param name="Key">Its $FILE_NAME; empty in the last entry.</param>
/// <param name="Length">Bytes of the entry.</param>
/// <param name="IsLast">It only ends the node.</param>
internal sealed record IndexEntry(ulong Reference, long Child, ReadOnlyMemory<byte> Key, int Length, bool IsLast)
{
    internal const int HeaderSize = 16;
    private const int KeyHeader = 0x42;
    private const byte DosNamespace = 2;
    private const uint DirectoryFlag = 0x1000_0000;
    private const uint ReparseFlag = 0x400;

    /// <summary>The 8.3 name of a file that also has a long one.</summary>
    internal bool IsDosName => Key.Span[0x41] == DosNamespace;

    internal ReadOnlySpan<byte> NameBytes => Key.Span.Slice(KeyHeader, 2 * Key.Span[0x40]);

    internal string Name => Encoding.Unicode.GetString(NameBytes);

    internal bool IsDirectory => (BinaryPrimitives.ReadUInt32LittleEndian(Key.Span[0x38..]) & DirectoryFlag) != 0;

    /// <summary>The tag of its reparse point; 0 when it has none.</summary>
    internal uint ReparseTag => (BinaryPrimitives.ReadUInt32LittleEndian(Key.Span[0x38..]) & ReparseFlag) == 0 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(Key.Span[0x3c..]);

    /// <summary>The size in bytes when the entry was last brought up to date.</summary>
    internal long Size => BinaryPrimitives.ReadInt64LittleEndian(Key.Span[0x30..]);

    internal static IndexEntry Read(ReadOnlyMemory<byte> bytes, string place, long? offset)
    {
        var span = bytes.Span;
        var length = BinaryPrimitives.ReadUInt16LittleEndian(span[8..]);
        var keyLength = BinaryPrimitives.ReadUInt16LittleEndian(span[10..]);
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(span[12..]);
        var (hasChild, isLast) = ((flags & 1) != 0, (flags & 2) != 0);
        if (length > bytes.Length || length < HeaderSize + (isLast ? 0 : keyLength) + (hasChild ? 8 : 0))
        {
            throw Fault.At(place, offset, FormattableString.Invariant($"an index entry of at most {bytes.Length} bytes"), FormattableString.Invariant($"{length} bytes with a key of {keyLength}"));
        }

        var key = isLast ? default : bytes.Slice(HeaderSize, keyLength);
        if (!isLast && (keyLength < KeyHeader || KeyHeader + 2 * key.Span[0x40] > keyLength))
        {
            throw Fault.At(place, offset, "a file name", FormattableString.Invariant($"a key of {keyLength} bytes"));
        }

        return new IndexEntry(
            BinaryPrimitives.ReadUInt64LittleEndian(span), hasChild ? BinaryPrimitives.ReadInt64LittleEndian(span[(length - 8)..]) : -1, key, length, isLast);
    }
}
