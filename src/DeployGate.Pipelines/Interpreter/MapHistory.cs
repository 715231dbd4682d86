namespace DeployGate.Pipelines.Interpreter;

/// <summary>
/// Which keys of a map changed, the latest first, back to the map without entries. Maps that parted share what was before, so what
/// changed in either of them since is found without being told where they parted, however deep in branches one of them has left.
/// </summary>
internal sealed class MapHistory
{
    private readonly MapHistory? _before;
    private readonly int _length;

    // One key, or several that changed together.
    private readonly string? _key;
    private readonly IReadOnlyCollection<string> _keys = [];

    /// <summary>A change of one key after others; null for none before it.</summary>
    internal MapHistory(MapHistory? before, string key) => (_before, _length, _key) = (before, LengthOf(before) + 1, key);

    /// <summary>A change of several keys after others; null for none before it.</summary>
    internal MapHistory(MapHistory? before, IReadOnlyCollection<string> keys) => (_before, _length, _keys) = (before, LengthOf(before) + 1, keys);

    /// <summary>
    /// The keys that changed on either of two ways since they parted, each once, and where they parted: null for the map without
    /// entries. It costs as many steps as there were changes since.
    /// </summary>
    internal static (IReadOnlyCollection<string> Keys, MapHistory? Parting) Since(MapHistory? one, MapHistory? other, StringComparer comparer)
    {
        var keys = new HashSet<string>(comparer);
        while (!ReferenceEquals(one, other))
        {
            // Of two ways to one place, the longer one has not come to it yet.
            if (LengthOf(one) >= LengthOf(other))
            {
                one = one!.AddTo(keys);
            }
            else
            {
                other = other!.AddTo(keys);
            }
        }

        return (keys, one);
    }

    private static int LengthOf(MapHistory? history) => history?._length ?? 0;

    private MapHistory? AddTo(HashSet<string> keys)
    {
        if (_key is not null)
        {
            keys.Add(_key);
        }

        keys.UnionWith(_keys);
        return _before;
    }
}
