using System.Buffers.Binary;

namespace DeployGate.Disks.Registry;

/// <summary>The subkeys of a key: a list of cells (li, with the names' first letters lf, with their hashes lh) or a list of lists (ri).</summary>
internal sealed class SubKeyList(CellReader cells)
{
    private const int HeaderSize = 4;
    private const int Part = 4096;
    private const int DeepestList = 4;
    private const int MostLists = 1 << 14;
    private const int MostKeys = 1 << 20;

    private readonly HashSet<uint> _lists = [];
    private int _keys;

    /// <summary>The cell and hash of each subkey; the hash is null where the list has none.</summary>
    internal IEnumerable<(uint Cell, uint? Hash)> Read(uint list) => Read(list, 0);

    /// <summary>The hash of a name in <c>lh</c>.</summary>
    internal static uint HashOf(string name)
    {
        uint hash = 0;
        foreach (var letter in name)
        {
            hash = unchecked(hash * 37 + char.ToUpperInvariant(letter));
        }

        return hash;
    }

    private IEnumerable<(uint Cell, uint? Hash)> Read(uint list, int depth)
    {
        if (depth == DeepestList || _lists.Count == MostLists || !_lists.Add(list))
        {
            throw cells.Wrong(list, "a list of subkeys, reached once", "a list reached again, or too many of them");
        }

        var header = cells.Read(list, HeaderSize, out var size);
        var (width, isRoot) = (header[0], header[1]) switch
        {
            ((byte)'l', (byte)'f' or (byte)'h') => (8, false),
            ((byte)'l', (byte)'i') => (4, false),
            ((byte)'r', (byte)'i') => (4, true),
            _ => throw cells.Wrong(list, "a list of subkeys (lf, lh, li, ri)", Convert.ToHexStringLower(header.AsSpan(0, 2))),
        };
        var hasHash = header[1] == 'h';
        var end = HeaderSize + width * BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(2));
        for (var at = HeaderSize; at < end; at += Part)
        {
            var part = new byte[Math.Min(Part, end - at)];
            cells.ReadPart(list, size, at, part);
            for (var i = 0; i < part.Length; i += width)
            {
                var cell = BinaryPrimitives.ReadUInt32LittleEndian(part.AsSpan(i));
                if (!isRoot)
                {
                    yield return (cell, hasHash ? BinaryPrimitives.ReadUInt32LittleEndian(part.AsSpan(i + 4)) : null);
                    Count(list);
                    continue;
                }

                foreach (var below in Read(cell, depth + 1))
                {
                    yield return below;
                }
            }
        }
    }

    private void Count(uint list)
    {
        if (++_keys > MostKeys)
        {
            throw cells.Wrong(list, FormattableString.Invariant($"at most {MostKeys} subkeys"), "more");
        }
    }
}
