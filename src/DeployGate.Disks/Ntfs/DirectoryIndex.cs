using System.Buffers.Binary;
using System.Numerics;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Ntfs;

/// <summary>The names in a directory: a B-tree, its root in the record, its other nodes in blocks.</summary>
internal sealed class DirectoryIndex
{
    private const string StreamName = "$I30";
    private const int RootHeader = 16;
    private const int BlockHeader = 24;
    private const int DeepestTree = 24;
    private const int MostBlocks = 1 << 16;
    private const int LongestBitmap = MostBlocks / 8;

    private readonly MasterFileTable _table;
    private readonly FileRecord _directory;
    private readonly Collation _collation;
    private readonly IndexNode _root;
    private readonly int _blockSize;
    private readonly int _unit;
    private AttributeData? _blocks;
    private IByteSource? _source;

    internal DirectoryIndex(MasterFileTable table, FileRecord directory, Collation collation)
    {
        (_table, _directory, _collation) = (table, directory, collation);
        var root = table.FindFirst(directory, AttributeType.IndexRoot, StreamName);
        if (root is null || root.Piece is not null || root.Value.Length < RootHeader)
        {
            throw Fault.At(directory.Place, directory.Offset, "a directory", "a record without the index of one");
        }

        var size = BinaryPrimitives.ReadUInt32LittleEndian(root.Value.Span[8..]);
        if (size is < 512 or > 65536 || !BitOperations.IsPow2(size))
        {
            throw Fault.At(directory.Place, root.Offset, "the size of an index block", FormattableString.Invariant($"{size} bytes"));
        }

        _blockSize = (int)size;
        _unit = _blockSize < table.ClusterSize ? UpdateSequence.Stride : table.ClusterSize;
        _root = IndexNode.Read(root.Value, RootHeader, directory.Place, root.Offset);
    }

    /// <summary>The entry of that name by descent: one block a level. Null says only that it is not where the order would have it.</summary>
    internal IndexEntry? Descend(string name)
    {
        var node = _root;
        for (var depth = 0; depth < DeepestTree; depth++)
        {
            var next = -1L;
            foreach (var entry in node.Entries)
            {
                var order = entry.IsLast ? -1 : _collation.Compare(name, entry.NameBytes);
                if (order == 0)
                {
                    return entry;
                }

                next = entry.Child;
                if (order < 0)
                {
                    break;
                }
            }

            if (next < 0)
            {
                return null;
            }

            node = Block(next);
        }

        throw Fault.At(_directory.Place, _directory.Offset, FormattableString.Invariant($"an index of at most {DeepestTree} levels"), "more");
    }

    /// <summary>
    /// The entry of that name by reading all there is, trusting no order: only then it may be called absent. A name in a block
    /// that is in use but that no node leads to is a fault, because the system and a repair would answer differently.
    /// </summary>
    internal IndexEntry? Scan(string name)
    {
        IndexEntry? found = null;
        var reached = Walk(entry =>
        {
            found = _collation.Compare(name, entry.NameBytes) == 0 ? entry : null;
            return found is null;
        });
        if (found is not null)
        {
            return found;
        }

        foreach (var cluster in BlocksInUse())
        {
            if (reached.Contains(cluster))
            {
                continue;
            }

            foreach (var entry in Block(cluster).Entries)
            {
                if (!entry.IsLast && _collation.Compare(name, entry.NameBytes) == 0)
                {
                    throw Fault.At(PlaceOf(cluster), null, "an index block that the directory leads to", "a block apart, with the name that is looked for");
                }
            }
        }

        return null;
    }

    /// <summary>Visits all entries in their order until <paramref name="visit"/> says no. Gives the blocks that it came to.</summary>
    internal HashSet<long> Walk(Func<IndexEntry, bool> visit)
    {
        var reached = new HashSet<long>();
        Walk(_root, 0, reached, visit);
        return reached;
    }

    private bool Walk(IndexNode node, int depth, HashSet<long> reached, Func<IndexEntry, bool> visit)
    {
        foreach (var entry in node.Entries)
        {
            if (entry.Child >= 0)
            {
                if (depth == DeepestTree || reached.Count == MostBlocks || !reached.Add(entry.Child))
                {
                    throw Fault.At(PlaceOf(entry.Child), null, "a tree of index blocks, each reached once", "a block reached again, or too many of them");
                }

                if (!Walk(Block(entry.Child), depth + 1, reached, visit))
                {
                    return false;
                }
            }

            if (!entry.IsLast && !visit(entry))
            {
                return false;
            }
        }

        return true;
    }

    private IndexNode Block(long cluster)
    {
        var place = PlaceOf(cluster);
        _blocks ??= _table.Find(_directory, AttributeType.IndexAllocation, StreamName)
            ?? throw Fault.At(place, null, "blocks of the index", "a directory that has none");
        _source ??= _blocks.Source(_directory.Place, _table.Volume, _table.ClusterSize);
        if (cluster > _source.Length / _unit)
        {
            throw Fault.At(place, null, FormattableString.Invariant($"an index of {_source.Length} bytes"), "a block beyond");
        }

        var bytes = _source.ReadBytes(cluster * _unit, _blockSize);
        var offset = _blocks.PlaceOnVolume(cluster * _unit, _table.ClusterSize);
        if (!bytes.AsSpan().StartsWith("INDX"u8))
        {
            throw Fault.At(place, offset, "the signature INDX", Shown.Signature(bytes));
        }

        UpdateSequence.Undo(bytes, place, offset);
        var own = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16));
        return own == cluster
            ? IndexNode.Read(bytes, BlockHeader, place, offset)
            : throw Fault.At(place, offset + 16, "its own number", FormattableString.Invariant($"{own}"));
    }

    private IEnumerable<long> BlocksInUse()
    {
        if (_table.Find(_directory, AttributeType.Bitmap, StreamName) is not { } bitmap || _table.FindFirst(_directory, AttributeType.IndexAllocation, StreamName) is null)
        {
            yield break;
        }

        var bits = bitmap.ReadAll(_directory.Place, _table.Volume, _table.ClusterSize, LongestBitmap);
        for (var block = 0L; block < bits.Length * 8L; block++)
        {
            if ((bits[block / 8] >> (int)(block % 8) & 1) != 0)
            {
                yield return block * Math.Max(1, _blockSize / _unit);
            }
        }
    }

    private string PlaceOf(long cluster) => FormattableString.Invariant($"{_directory.Place}, index block {cluster}");
}
