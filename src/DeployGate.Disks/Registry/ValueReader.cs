using System.Buffers.Binary;

namespace DeployGate.Disks.Registry;

/// <summary>Finds a value of a key by name and reads its bytes.</summary>
internal sealed class ValueReader(CellReader cells)
{
    private const int HeaderSize = 20;
    private const int LikelyName = 36;
    private const int LongestName = 2 * 16383 + 2;
    private const int Part = 4096;
    private const uint MostValues = 1 << 18;
    private const uint InlineFlag = 0x8000_0000;
    private const ushort CompressedName = 1;
    private const int LargestData = 1 << 20;
    private const int SegmentSize = 16344;
    private const int BigDataHeader = 8;

    /// <summary>The value, or null when the key has none of that name.</summary>
    internal RegistryValue? Find(KeyNode key, string name)
    {
        if (key.Values == 0)
        {
            return null;
        }

        if (key.Values > MostValues)
        {
            throw cells.Wrong(key.Cell, FormattableString.Invariant($"at most {MostValues} values"), FormattableString.Invariant($"{key.Values}"));
        }

        cells.Read(key.ValueList, 4, out var size);
        var end = 4 * (int)key.Values;
        for (var at = 0; at < end; at += Part)
        {
            var part = new byte[Math.Min(Part, end - at)];
            cells.ReadPart(key.ValueList, size, at, part);
            for (var i = 0; i < part.Length; i += 4)
            {
                var cell = BinaryPrimitives.ReadUInt32LittleEndian(part.AsSpan(i));
                var header = ReadHeader(cell, out var found);
                if (string.Equals(found, name, StringComparison.OrdinalIgnoreCase))
                {
                    return new RegistryValue(found, (RegistryValueType)BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(12)), Data(cell, header), CellReader.InFile(cell));
                }
            }
        }

        return null;
    }

    private byte[] ReadHeader(uint cell, out string name)
    {
        var bytes = cells.Read(cell, HeaderSize + LikelyName, out var size);
        if (size < HeaderSize || !bytes.AsSpan().StartsWith("vk"u8))
        {
            throw cells.Wrong(cell, "a value (vk)", bytes.AsSpan().StartsWith("vk"u8) ? FormattableString.Invariant($"{size} bytes") : Convert.ToHexStringLower(bytes.AsSpan(0, 2)));
        }

        var isCompressed = (BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(16)) & CompressedName) != 0;
        name = CellName.Read(cells, cell, size, bytes, HeaderSize, BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(2)), LongestName, isCompressed);
        return bytes;
    }

    private byte[] Data(uint cell, byte[] header)
    {
        var stated = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4));
        var length = stated & ~InlineFlag;
        if ((stated & InlineFlag) != 0)
        {
            return length <= 4 ? header[8..(8 + (int)length)] : throw cells.Wrong(cell, "at most 4 bytes in a value itself", FormattableString.Invariant($"{length}"));
        }

        if (length > LargestData)
        {
            throw cells.Wrong(cell, FormattableString.Invariant($"a value of at most {LargestData} bytes"), FormattableString.Invariant($"{length}"));
        }

        if (length == 0)
        {
            return [];
        }

        var place = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(8));
        var bytes = cells.Read(place, Math.Min((int)length, SegmentSize), out var size);
        // A cell that holds it all is plain data, whatever its first letters are: hives before big data have such cells.
        if (bytes.Length == length)
        {
            return bytes;
        }

        if (length > SegmentSize && size < length && bytes.AsSpan().StartsWith("db"u8))
        {
            return BigData(place, bytes, (int)length);
        }

        var data = new byte[length];
        cells.ReadPart(place, size, 0, data);
        return data;
    }

    private byte[] BigData(uint cell, byte[] header, int length)
    {
        var count = header.Length < BigDataHeader ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(2));
        var needed = (length + SegmentSize - 1) / SegmentSize;
        if (count < needed)
        {
            throw cells.Wrong(cell, FormattableString.Invariant($"{needed} segments of big data"), FormattableString.Invariant($"{count}"));
        }

        var list = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4));
        var places = cells.Read(list, 4 * needed, out _);
        if (places.Length < 4 * needed)
        {
            throw cells.Wrong(list, FormattableString.Invariant($"the places of {needed} segments"), FormattableString.Invariant($"{places.Length} bytes"));
        }

        var data = new byte[length];
        for (var i = 0; i < needed; i++)
        {
            var place = BinaryPrimitives.ReadUInt32LittleEndian(places.AsSpan(4 * i));
            var here = data.AsSpan(i * SegmentSize, Math.Min(SegmentSize, length - i * SegmentSize));
            var segment = cells.Read(place, here.Length, out _);
            if (segment.Length < here.Length)
            {
                throw cells.Wrong(place, FormattableString.Invariant($"a segment of {here.Length} bytes"), FormattableString.Invariant($"{segment.Length}"));
            }

            segment.CopyTo(here);
        }

        return data;
    }
}
