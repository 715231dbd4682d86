using System.Collections.Immutable;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>
/// A map that one path of a script changes without the other seeing it. It remembers which keys changed: joining two paths costs as
/// much as they changed since they parted, not as much as there is. A map of few entries, which nearly all are, is one array that is
/// copied on each change; beyond that it is a tree, so that no script makes a change cost as much as there is.
/// </summary>
internal abstract class ForkMap<T>
    where T : class
{
    private static readonly ForkMap<T> s_ordinal = new Few(StringComparer.Ordinal, [], null);
    private static readonly ForkMap<T> s_ignoringCase = new Few(StringComparer.OrdinalIgnoreCase, [], null);

    private protected ForkMap(StringComparer comparer, MapHistory? history) => (Comparer, History) = (comparer, history);

    /// <summary>The number of entries.</summary>
    internal abstract int Count { get; }

    /// <summary>All entries, in no order.</summary>
    internal abstract IReadOnlyCollection<KeyValuePair<string, T>> Items { get; }

    /// <summary>How keys compare.</summary>
    private protected StringComparer Comparer { get; }

    /// <summary>All changes that made this map; null for none.</summary>
    private protected MapHistory? History { get; }

    /// <summary>The value of a key; null where there is none.</summary>
    internal abstract T? this[string key] { get; }

    /// <summary>The map without entries whose keys compare by one of the two ordinal comparers.</summary>
    internal static ForkMap<T> Empty(StringComparer comparer) => comparer == StringComparer.Ordinal ? s_ordinal : s_ignoringCase;

    /// <summary>The map with a value, in the place of another that the key had. An equal value stays the one that it was.</summary>
    internal abstract ForkMap<T> Set(string key, T value);

    /// <summary>The map with many values, set one after the other.</summary>
    internal abstract ForkMap<T> SetAll(IReadOnlyCollection<KeyValuePair<string, T>> entries);

    /// <summary>The map without a key.</summary>
    internal abstract ForkMap<T> Remove(string key);

    /// <summary>Joins this path and another one; a key that neither changed since they parted is not looked at.</summary>
    internal ForkMap<T> Join(ForkMap<T> other, Func<T?, T?, T?> join) => Join(this, other, join);

    /// <summary>
    /// Joins another path into this one, which is <paramref name="known"/> or has it joined into it already: only what
    /// <paramref name="other"/> and <paramref name="known"/> changed since these two parted is looked at.
    /// </summary>
    internal ForkMap<T> Join(ForkMap<T> known, ForkMap<T> other, Func<T?, T?, T?> join)
    {
        if (known.HasSameItems(other))
        {
            return this;
        }

        var (keys, parting) = MapHistory.Since(known.History, other.History, Comparer);
        var joined = this;
        foreach (var key in keys)
        {
            joined = joined.Joined(key, joined[key], other[key], join);
        }

        // What this path changed since they parted is among the keys: from here on it is one change, however often it was changed.
        return ReferenceEquals(joined, this) ? this : joined.With(new MapHistory(ReferenceEquals(known, this) ? parting : History, keys));
    }

    /// <summary>The same entries with another history.</summary>
    private protected abstract ForkMap<T> With(MapHistory history);

    /// <summary>True when the entries are those of another map that this one was made from, or that was made from this one.</summary>
    private protected abstract bool HasSameItems(ForkMap<T> other);

    private ForkMap<T> Joined(string key, T? one, T? other, Func<T?, T?, T?> join) =>
        ReferenceEquals(one, other) ? this : join(one, other) is { } joined ? Set(key, joined) : Remove(key);

    /// <summary>A map of few entries: one array.</summary>
    private sealed class Few : ForkMap<T>
    {
        private const int Most = 32;

        private readonly KeyValuePair<string, T>[] _items;

        internal Few(StringComparer comparer, KeyValuePair<string, T>[] items, MapHistory? history)
            : base(comparer, history) => _items = items;

        internal override int Count => _items.Length;

        internal override IReadOnlyCollection<KeyValuePair<string, T>> Items => _items;

        internal override T? this[string key] => IndexOf(key, _items) is >= 0 and var index ? _items[index].Value : null;

        internal override ForkMap<T> Set(string key, T value)
        {
            var index = IndexOf(key, _items);
            if (index >= 0 && _items[index].Value.Equals(value))
            {
                return this;
            }

            if (index < 0 && _items.Length >= Most)
            {
                return Grown().Set(key, value);
            }

            var at = index < 0 ? _items.Length : index;
            var items = new KeyValuePair<string, T>[Math.Max(at + 1, _items.Length)];
            _items.CopyTo(items, 0);
            items[at] = new KeyValuePair<string, T>(key, value);
            return new Few(Comparer, items, new MapHistory(History, key));
        }

        internal override ForkMap<T> SetAll(IReadOnlyCollection<KeyValuePair<string, T>> entries)
        {
            if (entries.Count == 0)
            {
                return this;
            }

            if (_items.Length + entries.Count > Most)
            {
                return Grown().SetAll(entries);
            }

            var (items, count) = (new KeyValuePair<string, T>[_items.Length + entries.Count], _items.Length);
            _items.CopyTo(items, 0);
            foreach (var entry in entries)
            {
                var at = IndexOf(entry.Key, items.AsSpan(0, count));
                at = at < 0 ? count++ : at;
                items[at] = entry.Value.Equals(items[at].Value) ? items[at] : entry;
            }

            return new Few(Comparer, count == items.Length ? items : items[..count], new MapHistory(History, KeysOf(entries)));
        }

        internal override ForkMap<T> Remove(string key) =>
            IndexOf(key, _items) is >= 0 and var index ? new Few(Comparer, [.. _items[..index], .. _items[(index + 1)..]], new MapHistory(History, key)) : this;

        private protected override ForkMap<T> With(MapHistory history) => new Few(Comparer, _items, history);

        private protected override bool HasSameItems(ForkMap<T> other) => other is Few few && ReferenceEquals(_items, few._items);

        private Many Grown() => new(Comparer, ImmutableDictionary.CreateRange(Comparer, _items), History);

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
    }

    /// <summary>A map of many entries.</summary>
    private sealed class Many : ForkMap<T>
    {
        private readonly ImmutableDictionary<string, T> _items;

        internal Many(StringComparer comparer, ImmutableDictionary<string, T> items, MapHistory? history)
            : base(comparer, history) => _items = items;

        internal override int Count => _items.Count;

        internal override IReadOnlyCollection<KeyValuePair<string, T>> Items => _items;

        internal override T? this[string key] => _items.GetValueOrDefault(key);

        internal override ForkMap<T> Set(string key, T value) => Changed(_items.SetItem(key, value), key);

        internal override ForkMap<T> SetAll(IReadOnlyCollection<KeyValuePair<string, T>> entries) =>
            entries.Count == 0 ? this : new Many(Comparer, _items.SetItems(entries), new MapHistory(History, KeysOf(entries)));

        internal override ForkMap<T> Remove(string key) => Changed(_items.Remove(key), key);

        private protected override ForkMap<T> With(MapHistory history) => new Many(Comparer, _items, history);

        private protected override bool HasSameItems(ForkMap<T> other) => other is Many many && ReferenceEquals(_items, many._items);

        private Many Changed(ImmutableDictionary<string, T> items, string key) => ReferenceEquals(items, _items) ? this : new Many(Comparer, items, new MapHistory(History, key));
    }

    private static string[] KeysOf(IReadOnlyCollection<KeyValuePair<string, T>> entries) => [.. entries.Select(entry => entry.Key)];
}
