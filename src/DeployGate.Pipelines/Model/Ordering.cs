namespace DeployGate.Pipelines.Model;

/// <summary>Puts jobs and stages after what they need.</summary>
internal static class Ordering
{
    private const int Deepest = 1000;

    /// <summary>
    /// The items with each after those it needs, else in the order they are written. <paramref name="cycle"/> is told of an
    /// item that needs itself by way of others, <paramref name="missing"/> of a need that names nothing.
    /// </summary>
    internal static List<T> ByNeeds<T>(IReadOnlyList<T> items, Func<T, string> name, Func<T, IEnumerable<string>> needs, Action<T> cycle, Action<T, string> missing)
    {
        Dictionary<string, T> byName = new(StringComparer.OrdinalIgnoreCase);
        foreach (var item in items)
        {
            byName.TryAdd(name(item), item);
        }

        List<T> ordered = new(items.Count);
        Dictionary<string, bool> done = new(StringComparer.OrdinalIgnoreCase);
        foreach (var item in items)
        {
            if (ReferenceEquals(byName[name(item)], item))
            {
                Visit(item, 0);
            }
            else
            {
                ordered.Add(item);
            }
        }

        return ordered;

        void Visit(T item, int depth)
        {
            if (done.TryGetValue(name(item), out var isDone) || depth > Deepest)
            {
                if (!isDone)
                {
                    cycle(item);
                }

                return;
            }

            done[name(item)] = false;
            foreach (var need in needs(item))
            {
                if (byName.TryGetValue(need, out var needed))
                {
                    Visit(needed, depth + 1);
                }
                else
                {
                    missing(item, need);
                }
            }

            done[name(item)] = true;
            ordered.Add(item);
        }
    }
}
