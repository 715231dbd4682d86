using DeployGate.Core.Threads;

namespace DeployGate.Core.Images;

/// <summary>What entries are looked up by, in any case: a type, a name or a whole id, and the name of a parent, which may be empty.</summary>
internal readonly ref struct PatternKey(string type, ReadOnlySpan<char> name, ReadOnlySpan<char> parent)
{
    private readonly ReadOnlySpan<char> _name = name;
    private readonly ReadOnlySpan<char> _parent = parent;

    internal int Hash => HashCode.Combine(HashOf(type), HashOf(_name), HashOf(_parent));

    internal bool Is(PatternKey other) => AreSame(type, other.Type) && AreSame(_name, other._name) && AreSame(_parent, other._parent);

    private string Type => type;

    private static int HashOf(ReadOnlySpan<char> text) => string.GetHashCode(text, StringComparison.OrdinalIgnoreCase);

    private static bool AreSame(ReadOnlySpan<char> one, ReadOnlySpan<char> two) => one.Equals(two, StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// Entries by a key that is a piece of their ids. It keeps three numbers for each entry, and neither keys nor lists: large runs have hundreds of
/// thousands of entries, and nearly each a key of its own.
/// </summary>
internal sealed class PatternTable<T>
    where T : class
{
    internal delegate PatternKey KeyOf(PatternEntry<T> entry);

    private readonly IReadOnlyList<PatternEntry<T>> _entries;
    private readonly KeyOf _keyOf;

    // Of each bucket the first entry, and of each entry its hash and the next one of its bucket, all in the order of the entries; -1 for none.
    private readonly int[] _first;
    private readonly (int Hash, int Next)[] _links;

    internal PatternTable(IReadOnlyList<PatternEntry<T>> entries, KeyOf keyOf)
    {
        (_entries, _keyOf) = (entries, keyOf);
        _first = new int[Math.Max(1, entries.Count)];
        _links = new (int, int)[entries.Count];
        Array.Fill(_first, -1);
        Each.InPieces(entries.Count, ResourceIdPattern.AtATime, (first, end) =>
        {
            for (var i = first; i < end; i++)
            {
                _links[i].Hash = keyOf(entries[i]).Hash;
            }
        });
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            ref var first = ref _first[BucketOf(_links[i].Hash)];
            _links[i].Next = first;
            first = i;
        }
    }

    internal bool IsEmpty => _links.Length == 0;

    /// <summary>The entries of a key, in their order; as many as are asked for, since a name may be that of thousands.</summary>
    internal IEnumerable<PatternEntry<T>> Find(PatternKey key)
    {
        var hash = key.Hash;
        for (var i = _first[BucketOf(hash)]; i >= 0; i = _links[i].Next)
        {
            if (_links[i].Hash == hash && _keyOf(_entries[i]).Is(key))
            {
                return From(i);
            }
        }

        return [];
    }

    // The entry and those behind it that have the same key.
    private IEnumerable<PatternEntry<T>> From(int first)
    {
        for (var i = first; i >= 0; i = _links[i].Next)
        {
            if (_links[i].Hash == _links[first].Hash && _keyOf(_entries[i]).Is(_keyOf(_entries[first])))
            {
                yield return _entries[i];
            }
        }
    }

    private uint BucketOf(int hash) => (uint)hash % (uint)_first.Length;
}
