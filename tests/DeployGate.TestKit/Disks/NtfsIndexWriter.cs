namespace DeployGate.TestKit.Disks;

/// <summary>Makes the B-tree of a directory: leaves filled in order, what does not fit moves up between them.</summary>
internal sealed class NtfsIndexWriter(int blockSize, int clusterSize, int rootLimit)
{
    private const int BlockHeader = 24;
    private readonly List<byte[]> _blocks = [];

    /// <summary>The blocks of $INDEX_ALLOCATION, one after the other.</summary>
    internal IReadOnlyList<byte[]> Blocks => _blocks;

    /// <summary>The value of $INDEX_ROOT for names and their files, which it sorts.</summary>
    internal byte[] Write(IEnumerable<(string Name, ulong Reference, byte[] Key)> names)
    {
        var items = names
            .OrderBy(name => string.Concat(name.Name.Select(char.ToUpperInvariant)), StringComparer.Ordinal)
            .Select(name => (name.Reference, name.Key, Child: -1L)).ToList();
        var last = -1L;
        while (items.Sum(item => Size(item.Key, item.Child)) + 24 > rootLimit)
        {
            (items, last) = Divide(items, last);
        }

        var body = Node(items, last);
        var root = new byte[32 + body.Length];
        NtfsPieces.Set32(root, 0, 0x30);
        NtfsPieces.Set32(root, 4, 1);
        NtfsPieces.Set32(root, 8, (uint)blockSize);
        root[12] = (byte)(blockSize < clusterSize ? blockSize / 512 : blockSize / clusterSize);
        Header(root.AsSpan(16), 16, body.Length + 16, body.Length + 16, last >= 0);
        body.CopyTo(root, 32);
        return root;
    }

    private (List<(ulong Reference, byte[] Key, long Child)> Items, long Last) Divide(List<(ulong Reference, byte[] Key, long Child)> items, long last)
    {
        var above = new List<(ulong, byte[], long)>();
        var inBlock = new List<(ulong Reference, byte[] Key, long Child)>();
        var room = blockSize - EntriesStart - 24;
        var used = 0;
        for (var i = 0; i < items.Count; i++)
        {
            var size = Size(items[i].Key, items[i].Child);
            // The last item stays below: a block without names would be odd.
            if (used + size > room && i + 1 < items.Count)
            {
                above.Add((items[i].Reference, items[i].Key, AddBlock(inBlock, items[i].Child)));
                inBlock.Clear();
                used = 0;
                continue;
            }

            inBlock.Add(items[i]);
            used += size;
        }

        return (above, AddBlock(inBlock, last));
    }

    private int EntriesStart => (BlockHeader + 16 + 2 * (blockSize / 512 + 1) + 7) / 8 * 8;

    private long AddBlock(List<(ulong Reference, byte[] Key, long Child)> items, long last)
    {
        var number = (long)_blocks.Count * (blockSize < clusterSize ? blockSize / 512 : blockSize / clusterSize);
        var block = new byte[blockSize];
        var body = Node(items, last);
        "INDX"u8.CopyTo(block);
        NtfsPieces.Set16(block, 4, BlockHeader + 16);
        NtfsPieces.Set16(block, 6, blockSize / 512 + 1);
        NtfsPieces.Set64(block, 16, number);
        Header(block.AsSpan(BlockHeader), EntriesStart - BlockHeader, EntriesStart - BlockHeader + body.Length, blockSize - BlockHeader, last >= 0);
        body.CopyTo(block, EntriesStart);
        NtfsPieces.Protect(block);
        _blocks.Add(block);
        return number;
    }

    private static void Header(Span<byte> header, int start, int end, int allocated, bool hasChildren)
    {
        NtfsPieces.Set32(header, 0, (uint)start);
        NtfsPieces.Set32(header, 4, (uint)end);
        NtfsPieces.Set32(header, 8, (uint)allocated);
        header[12] = (byte)(hasChildren ? 1 : 0);
    }

    private static int Size(byte[] key, long child) => (16 + key.Length + 7) / 8 * 8 + (child >= 0 ? 8 : 0);

    private static byte[] Node(List<(ulong Reference, byte[] Key, long Child)> items, long last)
    {
        var bytes = new List<byte>();
        foreach (var (reference, key, child) in items)
        {
            bytes.AddRange(Entry(reference, key, child, 0));
        }

        bytes.AddRange(Entry(0, [], last, 2));
        return [.. bytes];
    }

    private static byte[] Entry(ulong reference, byte[] key, long child, int flags)
    {
        var entry = new byte[Size(key, child)];
        NtfsPieces.Set64(entry, 0, (long)reference);
        NtfsPieces.Set16(entry, 8, entry.Length);
        NtfsPieces.Set16(entry, 10, key.Length);
        NtfsPieces.Set16(entry, 12, flags | (child >= 0 ? 1 : 0));
        key.CopyTo(entry, 16);
        if (child >= 0)
        {
            NtfsPieces.Set64(entry, entry.Length - 8, child);
        }

        return entry;
    }
}
