using System.Buffers.Binary;
using System.Text;

namespace DeployGate.TestKit.Disks;

/// <summary>Lays the cells of a hive out, key after key.</summary>
internal sealed class HiveWriter(HiveBuilder options, HiveKey root)
{
    private const uint None = 0xffff_ffff;
    private const int BinsStart = 4096;
    private const int BinHeader = 32;
    private const int LargestPlain = 16344;
    private const int LargestPadding = 1 << 20;

    // Content of the bins by place; what is not in it is zeros.
    private readonly SortedDictionary<long, byte[]> _cells = [];
    private readonly SortedDictionary<long, long> _bins = [];
    private long _binEnd;
    private long _next;
    private long _padding;
    private uint _security;

    internal SparseByteSource Write()
    {
        _padding = options.PadTo / root.Count / BinsStart * BinsStart;
        _security = Put(Security());
        var top = PutKey(root, None, isRoot: true);
        CloseBin();
        var hive = new SparseByteSource("hive", BinsStart + _binEnd);
        foreach (var (start, size) in _bins)
        {
            var header = new byte[BinHeader];
            "hbin"u8.CopyTo(header);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), (uint)start);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), (uint)size);
            BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(20), start == 0 ? options.LastWritten : 0);
            hive.Write(BinsStart + start, header);
        }

        foreach (var (start, bytes) in _cells)
        {
            hive.Write(BinsStart + start, bytes);
        }

        hive.Write(0, HiveBase.Make(options.Sequence, options.Sequence, options.LastWritten, 0, top, (uint)_binEnd));
        return hive;
    }

    private uint PutKey(HiveKey key, uint parent, bool isRoot)
    {
        Pad();
        var name = NameOf(key.Name, out var isCompressed);
        var node = new byte[76 + name.Length];
        var place = Reserve(node.Length);
        "nk"u8.CopyTo(node);
        Set16(node, 2, (isRoot ? 0x0c : 0) | (isCompressed ? 0x20 : 0));
        BinaryPrimitives.WriteInt64LittleEndian(node.AsSpan(4), options.LastWritten);
        Set32(node, 16, parent == None ? 0 : parent);
        Set32(node, 20, (uint)key.SubKeys.Count);
        Set32(node, 28, key.SubKeys.Count == 0 ? None : PutList(key, place));
        Set32(node, 32, None);
        Set32(node, 36, (uint)key.Values.Count);
        Set32(node, 40, key.Values.Count == 0 ? None : PutValues(key));
        Set32(node, 44, _security);
        Set32(node, 48, None);
        Set32(node, 52, (uint)(key.SubKeys.Count == 0 ? 0 : key.SubKeys.Max(below => below.Name.Length * 2)));
        Set32(node, 60, (uint)(key.Values.Count == 0 ? 0 : key.Values.Max(value => value.Name.Length * 2)));
        Set32(node, 64, (uint)(key.Values.Count == 0 ? 0 : key.Values.Max(value => value.Data.Length)));
        Set16(node, 72, name.Length);
        name.CopyTo(node, 76);
        Fill(place, node);
        return place;
    }

    private uint PutList(HiveKey key, uint parent)
    {
        var sorted = key.SubKeys.OrderBy(below => below.Name.ToUpperInvariant(), StringComparer.Ordinal).Select(below => (below.Name, Cell: PutKey(below, parent, isRoot: false))).ToList();
        if (options.LargestList == 0 || sorted.Count <= options.LargestList)
        {
            return PutLeaf(sorted);
        }

        var leaves = sorted.Chunk(options.LargestList).Select(PutLeaf).ToList();
        var list = new byte[4 + 4 * leaves.Count];
        "ri"u8.CopyTo(list);
        Set16(list, 2, leaves.Count);
        for (var i = 0; i < leaves.Count; i++)
        {
            Set32(list, 4 + 4 * i, leaves[i]);
        }

        return Put(list);
    }

    private uint PutLeaf(IReadOnlyList<(string Name, uint Cell)> keys)
    {
        var width = options.Lists == SubKeyListKind.Plain ? 4 : 8;
        var list = new byte[4 + width * keys.Count];
        Encoding.ASCII.GetBytes(options.Lists switch { SubKeyListKind.Hash => "lh", SubKeyListKind.Fast => "lf", _ => "li" }).CopyTo(list, 0);
        Set16(list, 2, keys.Count);
        for (var i = 0; i < keys.Count; i++)
        {
            var (name, cell) = keys[i];
            Set32(list, 4 + width * i, cell);
            if (options.Lists == SubKeyListKind.Hash)
            {
                Set32(list, 8 + width * i, name.ToUpperInvariant().Aggregate(options.WrongHashes ? 1u : 0u, (hash, letter) => unchecked(hash * 37 + letter)));
            }
            else if (options.Lists == SubKeyListKind.Fast)
            {
                Encoding.Latin1.GetBytes(name[..Math.Min(4, name.Length)]).CopyTo(list, 8 + width * i);
            }
        }

        return Put(list);
    }

    private uint PutValues(HiveKey key)
    {
        var list = new byte[4 * key.Values.Count];
        for (var i = 0; i < key.Values.Count; i++)
        {
            Set32(list, 4 * i, PutValue(key.Values[i]));
        }

        return Put(list);
    }

    private uint PutValue(HiveValue value)
    {
        var name = NameOf(value.Name, out var isCompressed);
        var cell = new byte[20 + name.Length];
        "vk"u8.CopyTo(cell);
        Set16(cell, 2, name.Length);
        Set32(cell, 12, value.Type);
        Set16(cell, 16, isCompressed && name.Length > 0 ? 1 : 0);
        name.CopyTo(cell, 20);
        if (value.Data.Length <= 4)
        {
            Set32(cell, 4, 0x8000_0000 | (uint)value.Data.Length);
            value.Data.CopyTo(cell, 8);
        }
        else
        {
            Set32(cell, 4, (uint)value.Data.Length);
            Set32(cell, 8, value.Data.Length <= LargestPlain ? Put(value.Data) : PutBigData(value.Data));
        }

        return Put(cell);
    }

    private uint PutBigData(byte[] data)
    {
        var segments = data.Chunk(LargestPlain).Select(segment => Put([.. segment, 0, 0, 0, 0])).ToList();
        var list = new byte[4 * segments.Count];
        for (var i = 0; i < segments.Count; i++)
        {
            Set32(list, 4 * i, segments[i]);
        }

        var head = new byte[8];
        "db"u8.CopyTo(head);
        Set16(head, 2, segments.Count);
        Set32(head, 4, Put(list));
        return Put(head);
    }

    private byte[] NameOf(string name, out bool isCompressed)
    {
        isCompressed = !options.Utf16Names && name.All(letter => letter < 256);
        return (isCompressed ? Encoding.Latin1 : Encoding.Unicode).GetBytes(name);
    }

    // One security cell for all keys: owner and group Administrators, no lists.
    private static byte[] Security()
    {
        byte[] administrators = [1, 2, 0, 0, 0, 0, 0, 5, 0x20, 0, 0, 0, 0x20, 2, 0, 0];
        byte[] descriptor = [1, 0, 0, 0x80, 20, 0, 0, 0, 36, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. administrators, .. administrators];
        var cell = new byte[20 + descriptor.Length];
        "sk"u8.CopyTo(cell);
        // The only one of its ring: at the first place there is.
        Set32(cell, 4, BinHeader);
        Set32(cell, 8, BinHeader);
        Set32(cell, 12, 1);
        Set32(cell, 16, (uint)descriptor.Length);
        descriptor.CopyTo(cell, 20);
        return cell;
    }

    private uint Put(byte[] content)
    {
        var place = Reserve(content.Length);
        Fill(place, content);
        return place;
    }

    private void Fill(uint place, byte[] content) => content.CopyTo(_cells[place], 4);

    private uint Reserve(int content)
    {
        var size = (4 + content + 7) / 8 * 8;
        if (_next + size > _binEnd)
        {
            CloseBin();
            OpenBin((BinHeader + size + BinsStart - 1) / BinsStart * BinsStart);
        }

        var place = _next;
        var cell = new byte[size];
        BinaryPrimitives.WriteInt32LittleEndian(cell, -size);
        _cells[place] = cell;
        _next += size;
        return (uint)place;
    }

    private void OpenBin(long size)
    {
        _bins[_binEnd] = size;
        _next = _binEnd + BinHeader;
        _binEnd += size;
    }

    private void CloseBin()
    {
        if (_next < _binEnd)
        {
            var free = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(free, (int)(_binEnd - _next));
            _cells[_next] = free;
            _next = _binEnd;
        }
    }

    private void Pad()
    {
        if (_padding == 0)
        {
            return;
        }

        CloseBin();
        for (var left = _padding; left > 0; left -= LargestPadding)
        {
            OpenBin(Math.Min(left, LargestPadding));
            CloseBin();
        }
    }

    private static void Set16(byte[] bytes, int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), (ushort)value);

    private static void Set32(byte[] bytes, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
}

/// <summary>The base block of a hive or of a log.</summary>
internal static class HiveBase
{
    internal const int ChecksummedSize = 512;

    internal static byte[] Make(uint primary, uint secondary, long written, uint type, uint root, uint binsSize)
    {
        var block = new byte[4096];
        "regf"u8.CopyTo(block);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(4), primary);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(8), secondary);
        BinaryPrimitives.WriteInt64LittleEndian(block.AsSpan(12), written);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(20), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(24), 5);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(28), type);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(32), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(36), root);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(40), binsSize);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(44), 1);
        Sign(block);
        return block;
    }

    internal static void Sign(Span<byte> block)
    {
        uint sum = 0;
        for (var at = 0; at < 508; at += 4)
        {
            sum ^= BinaryPrimitives.ReadUInt32LittleEndian(block[at..]);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(block[508..], sum switch { 0 => 1, uint.MaxValue => uint.MaxValue - 1, _ => sum });
    }
}
