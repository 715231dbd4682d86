using System.Collections.Immutable;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>
/// A map that one path of a script changes without the other seeing it. It remembers which keys changed since the paths parted:
/// joining them again costs as much as they changed, not as much as there is. A map of few entries, which nearly all are, is one
/// array that is copied on each change; beyond that it is a tree, so that no script makes a change cost as much as there is.
/// </summary>
internal abstract class ForkMap<T>
    where T : class
{
    private static readonly ForkMap<T> s_ordinal = new Few(StringComparer.Ordinal, [], 0, []);
    private static readonly ForkMap<T> s_ignoringCase = new Few(StringComparer.OrdinalIgnoreCase, [], 0, []);

    private protected ForkMap(StringComparer comparer) => Comparer = comparer;

    /// <summary>The number of entries.</summary>
    internal abstract int Count { get; }

    /// <summary>All entries, in no order.</summary>
    internal abstract IReadOnlyCollection<KeyValuePair<string, T>> Items { get; }

    /// <summary>How keys compare.</summary>
    private protected StringComparer Comparer { get; }

    /// <summary>The value of a key; null where there is none.</summary>
    internal abstract T? this[string key] { get; }

    /// <summary>The map without entries whose keys compare by one of the two ordinal comparers.</summary>
    internal static ForkMap<T> Empty(StringComparer comparer) => comparer == StringComparer.Ordinal ? s_ordinal : s_ignoringCase;

    /// <summary>The keys that changed since the paths parted, also those that are gone.</summary>
    private protected abstract IEnumerable<string> Touched { get; }

    /// <summary>The map with a value, in the place of another that the key had. An equal value stays the one that it was, but counts as changed.</summary>
    internal abstract ForkMap<T> Set(string key, T value);

    /// <summary>The map with many values, set one after the other.</summary>
    internal abstract ForkMap<T> SetAll(IReadOnlyCollection<KeyValuePair<string, T>> entries);

    /// <summary>The map without a key.</summary>
    internal abstract ForkMap<T> Remove(string key);

    /// <summary>The same map at the start of a path.</summary>
    internal abstract ForkMap<T> Fork();

    /// <summary>Joins two paths that parted at <paramref name="basis"/>; a key that neither changed is not looked at.</summary>
    internal static ForkMap<T> Join(ForkMap<T> basis, ForkMap<T> one, ForkMap<T> other, Func<T?, T?, T?> join)
    {
        if (one.HasSameItems(other))
        {
            return one.Touching(basis);
        }

        var joined = one;
        foreach (var key in one.Touched)
        {
            joined = joined.Joined(key, one[key], other[key], join);
        }

        foreach (var key in other.Touched)
        {
            joined = one.IsTouched(key) ? joined : joined.Joined(key, one[key], other[key], join);
        }

        return joined.Touching(other).Touching(basis);
    }

    /// <summary>True when a key is among <see cref="Touched"/>.</summary>
    private protected abstract bool IsTouched(string key);

    /// <summary>True when the entries are those of another map that this one was forked from, or that was forked from this one.</summary>
    private protected abstract bool HasSameItems(ForkMap<T> other);

    /// <summary>The same entries; what changed in another map counts as changed in this one too.</summary>
    private protected abstract ForkMap<T> Touching(ForkMap<T> other);

    private ForkMap<T> Joined(string key, T? one, T? other, Func<T?, T?, T?> join) =>
        ReferenceEquals(one, other) ? this : join(one, other) is { } joined ? Set(key, joined) : Remove(key);

    /// <summary>A map of few entries: one array, and a bit for each entry that changed.</summary>
    private sealed class Few : ForkMap<T>
    {
        // As many as there are bits.
        private const int Most = 32;

        private readonly KeyValuePair<string, T>[] _items;
        private readonly uint _touched;

        // Keys that changed and are not there any more.
        private readonly ImmutableArray<string> _gone;

        internal Few(StringComparer comparer, KeyValuePair<string, T>[] items, uint touched, ImmutableArray<string> gone)
            : base(comparer) => (_items, _touched, _gone) = (items, touched, gone);

        internal override int Count => _items.Length;

        internal override IReadOnlyCollection<KeyValuePair<string, T>> Items => _items;

        internal override T? this[string key] => IndexOf(key) is >= 0 and var index ? _items[index].Value : null;

        private protected override IEnumerable<string> Touched => IsUntouched ? [] : TouchedKeys();

        private bool IsUntouched => _touched == 0 && _gone.IsEmpty;

        internal override ForkMap<T> Set(string key, T value)
        {
            var index = IndexOf(key);
            if (index >= 0 && _items[index].Value.Equals(value))
            {
                return (_touched & Bit(index)) != 0 ? this : new Few(Comparer, _items, _touched | Bit(index), _gone);
            }

            if (index < 0 && _items.Length + _gone.Length >= Most)
            {
                return Grown().Set(key, value);
            }

            var at = index < 0 ? _items.Length : index;
            var items = new KeyValuePair<string, T>[Math.Max(at + 1, _items.Length)];
            _items.CopyTo(items, 0);
            items[at] = new KeyValuePair<string, T>(key, value);
            return new Few(Comparer, items, _touched | Bit(at), index < 0 ? Without(_gone, key) : _gone);
        }

        internal override ForkMap<T> SetAll(IReadOnlyCollection<KeyValuePair<string, T>> entries)
        {
            if (_items.Length + _gone.Length + entries.Count > Most)
            {
                return Grown().SetAll(entries);
            }

            var (items, count, touched, gone) = (new KeyValuePair<string, T>[_items.Length + entries.Count], _items.Length, _touched, _gone);
            _items.CopyTo(items, 0);
            foreach (var entry in entries)
            {
                var at = IndexOf(entry.Key, items.AsSpan(0, count));
                gone = at < 0 ? Without(gone, entry.Key) : gone;
                at = at < 0 ? count++ : at;
                items[at] = entry.Value.Equals(items[at].Value) ? items[at] : entry;
                touched |= Bit(at);
            }

            return new Few(Comparer, count == items.Length ? items : items[..count], touched, gone);
        }

        internal override ForkMap<T> Remove(string key)
        {
            var index = IndexOf(key);
            if (index < 0)
            {
                return this;
            }

            var below = Bit(index) - 1;
            return new Few(Comparer, [.. _items[..index], .. _items[(index + 1)..]], (_touched & below) | (_touched >> 1 & ~below), _gone.Add(key));
        }

        internal override ForkMap<T> Fork() => IsUntouched ? this : new Few(Comparer, _items, 0, []);

        private protected override bool IsTouched(string key) => IndexOf(key) is >= 0 and var index ? (_touched & Bit(index)) != 0 : _gone.Contains(key, Comparer);

        private protected override bool HasSameItems(ForkMap<T> other) => other is Few few && ReferenceEquals(_items, few._items);

        private protected override ForkMap<T> Touching(ForkMap<T> other)
        {
            if (ReferenceEquals(this, other))
            {
                return this;
            }

            var (touched, gone) = (_touched, _gone);
            foreach (var key in other.Touched)
            {
                var index = IndexOf(key);
                touched |= index < 0 ? 0 : Bit(index);
                gone = index < 0 && !gone.Contains(key, Comparer) ? gone.Add(key) : gone;
                if (_items.Length + gone.Length > Most)
                {
                    return Grown().Touching(other);
                }
            }

            return touched == _touched && gone == _gone ? this : new Few(Comparer, _items, touched, gone);
        }

        private IEnumerable<string> TouchedKeys()
        {
            for (var i = 0; i < _items.Length; i++)
            {
                if ((_touched & Bit(i)) != 0)
                {
                    yield return _items[i].Key;
                }
            }

            foreach (var key in _gone)
            {
                yield return key;
            }
        }

        private Many Grown() => new(Comparer, ImmutableDictionary.CreateRange(Comparer, _items), ImmutableHashSet.CreateRange(Comparer, Touched));

        private int IndexOf(string key) => IndexOf(key, _items);

        private int IndexOf(string key, ReadOnlySpan<KeyValuePair<string, T>> items)
        {
            for (var i = 0; i < items.Length; i++)
            {
                if (Comparer.Equals(items[i].Key, key))
                {
                    return i;
                }
            }

            return -1;
        }

        private ImmutableArray<string> Without(ImmutableArray<string> gone, string key) => gone.IsEmpty ? gone : gone.Remove(key, Comparer);

        private static uint Bit(int index) => 1u << index;
    }

    /// <summary>A map of many entries.</summary>
    private sealed class Many : ForkMap<T>
    {
        private readonly ImmutableDictionary<string, T> _items;
        private readonly ImmutableHashSet<string> _touched;

        internal Many(StringComparer comparer, ImmutableDictionary<string, T> items, ImmutableHashSet<string> touched)
            : base(comparer) => (_items, _touched) = (items, touched);

        internal override int Count => _items.Count;

        internal override IReadOnlyCollection<KeyValuePair<string, T>> Items => _items;

        internal override T? this[string key] => _items.GetValueOrDefault(key);

        private protected override IEnumerable<string> Touched => _touched;

        internal override ForkMap<T> Set(string key, T value) => new Many(Comparer, _items.SetItem(key, value), _touched.Add(key));

        internal override ForkMap<T> SetAll(IReadOnlyCollection<KeyValuePair<string, T>> entries) =>
            new Many(Comparer, _items.SetItems(entries), _touched.Union(entries.Select(entry => entry.Key)));

        internal override ForkMap<T> Remove(string key) => _items.ContainsKey(key) ? new Many(Comparer, _items.Remove(key), _touched.Add(key)) : this;

        internal override ForkMap<T> Fork() => _touched.IsEmpty ? this : new Many(Comparer, _items, _touched.Clear());

        private protected override bool IsTouched(string key) => _touched.Contains(key);

        private protected override bool HasSameItems(ForkMap<T> other) => other is Many many && ReferenceEquals(_items, many._items);

        // The smaller set goes into the larger one.
        private protected override ForkMap<T> Touching(ForkMap<T> other)
        {
            var touched = other is Many many && many._touched.Count > _touched.Count ? many._touched.Union(_touched) : _touched.Union(other.Touched);
            return ReferenceEquals(touched, _touched) ? this : new Many(Comparer, _items, touched);
        }
    }
}
