using System.Collections.Immutable;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>
/// A map that one path of a script changes without the other seeing it. It remembers which keys changed since the paths parted:
/// joining them again costs as much as they changed, not as much as there is.
/// </summary>
internal sealed record ForkMap<T>
    where T : class
{
    private readonly ImmutableDictionary<string, T> _items;
    private readonly ImmutableHashSet<string> _touched;

    private ForkMap(ImmutableDictionary<string, T> items, ImmutableHashSet<string> touched) => (_items, _touched) = (items, touched);

    internal static ForkMap<T> Empty(StringComparer comparer) => new(ImmutableDictionary.Create<string, T>(comparer), ImmutableHashSet.Create<string>(comparer));

    internal T? this[string key] => _items.GetValueOrDefault(key);

    internal int Count => _items.Count;

    internal IEnumerable<KeyValuePair<string, T>> Items => _items;

    internal ForkMap<T> Set(string key, T value) => new(_items.SetItem(key, value), _touched.Add(key));

    internal ForkMap<T> Remove(string key) => _items.ContainsKey(key) ? new(_items.Remove(key), _touched.Add(key)) : this;

    /// <summary>The same map at the start of a path.</summary>
    internal ForkMap<T> Fork() => _touched.IsEmpty ? this : new(_items, _touched.Clear());

    /// <summary>Joins two paths that parted at <paramref name="basis"/>; a key that neither changed is not looked at.</summary>
    internal static ForkMap<T> Join(ForkMap<T> basis, ForkMap<T> one, ForkMap<T> other, Func<T?, T?, T?> join)
    {
        if (ReferenceEquals(one._items, other._items))
        {
            return new(one._items, basis._touched.Union(one._touched));
        }

        var touched = one._touched.Count < other._touched.Count ? other._touched.Union(one._touched) : one._touched.Union(other._touched);
        var items = one._items;
        foreach (var key in touched)
        {
            var (a, b) = (one[key], other[key]);
            if (!ReferenceEquals(a, b))
            {
                items = join(a, b) is { } joined ? items.SetItem(key, joined) : items.Remove(key);
            }
        }

        return new(items, basis._touched.Count < touched.Count ? touched.Union(basis._touched) : basis._touched.Union(touched));
    }
}
