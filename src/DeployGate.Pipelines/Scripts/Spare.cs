using System.Collections.Immutable;

namespace DeployGate.Pipelines.Scripts;

/// <summary>
/// A list in the making that is used again when it is closed: a parser makes thousands of short lists, of which few are open at once.
/// A field of this type must not be read-only.
/// </summary>
internal struct Spare<T>
{
    // Most lists are shorter.
    private const int Expected = 4;

    private ImmutableArray<T>.Builder? _closed;

    /// <summary>An empty list; one that mostly stays empty expects nothing.</summary>
    internal ImmutableArray<T>.Builder Open(int expected = Expected)
    {
        var list = _closed ?? ImmutableArray.CreateBuilder<T>(expected);
        _closed = null;
        return list;
    }

    /// <summary>What a list holds; nobody may use the list any more.</summary>
    internal ImmutableArray<T> Close(ImmutableArray<T>.Builder list)
    {
        var items = list.ToImmutable();
        list.Clear();
        _closed = list;
        return items;
    }
}
