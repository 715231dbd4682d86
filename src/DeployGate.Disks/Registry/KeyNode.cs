using System.Buffers.Binary;
using System.Text;

namespace DeployGate.Disks.Registry;

/// <summary>A key, as its cell has it.</summary>
internal sealed record KeyNode(uint Cell, string Name, long LastWritten, uint SubKeys, uint SubKeyList, uint Values, uint ValueList)
{
    private const int HeaderSize = 76;
    private const int LikelyName = 52;
    private const int LongestName = 2 * 512;
    private const ushort CompressedName = 0x20;

    internal static KeyNode Read(CellReader cells, uint cell)
    {
        var bytes = cells.Read(cell, HeaderSize + LikelyName, out var size);
        if (size < HeaderSize || !bytes.AsSpan().StartsWith("nk"u8))
        {
            throw cells.Wrong(cell, "a key (nk)", bytes.AsSpan().StartsWith("nk"u8) ? FormattableString.Invariant($"{size} bytes") : Convert.ToHexStringLower(bytes.AsSpan(0, 2)));
        }

        var node = bytes.AsSpan();
        var isCompressed = (BinaryPrimitives.ReadUInt16LittleEndian(node[2..]) & CompressedName) != 0;
        return new KeyNode(
            cell,
            CellName.Read(cells, cell, size, bytes, HeaderSize, BinaryPrimitives.ReadUInt16LittleEndian(node[72..]), LongestName, isCompressed),
            BinaryPrimitives.ReadInt64LittleEndian(node[4..]),
            BinaryPrimitives.ReadUInt32LittleEndian(node[20..]),
            BinaryPrimitives.ReadUInt32LittleEndian(node[28..]),
            BinaryPrimitives.ReadUInt32LittleEndian(node[36..]),
            BinaryPrimitives.ReadUInt32LittleEndian(node[40..]));
    }
}

/// <summary>The name of a key or value: one byte a letter (Latin-1) or UTF-16.</summary>
internal static class CellName
{
    internal static string Read(CellReader cells, uint cell, int size, byte[] bytes, int start, int length, int longest, bool isCompressed)
    {
        if (length > longest)
        {
            throw cells.Wrong(cell, FormattableString.Invariant($"a name of at most {longest} bytes"), FormattableString.Invariant($"{length}"));
        }

        var name = new byte[length];
        if (start + length <= bytes.Length)
        {
            bytes.AsSpan(start, length).CopyTo(name);
        }
        else
        {
            cells.ReadPart(cell, size, start, name);
        }

        return (isCompressed ? Encoding.Latin1 : Encoding.Unicode).GetString(name.AsSpan(0, isCompressed ? length : length & ~1));
    }
}
