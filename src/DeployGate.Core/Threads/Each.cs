namespace DeployGate.Core.Threads;

/// <summary>Work on all cores, results in order; what is one piece of work is done where it is.</summary>
public static class Each
{
    /// <summary>What work makes of each item.</summary>
    public static TOut[] Of<TIn, TOut>(IReadOnlyList<TIn> items, Func<TIn, TOut> work)
        where TIn : class
        where TOut : class => Of(items, (item, _) => work(item));

    /// <summary>The same for work that is told the number of its item, from 0.</summary>
    public static TOut[] Of<TIn, TOut>(IReadOnlyList<TIn> items, Func<TIn, int, TOut> work)
        where TIn : class
        where TOut : class
    {
        var results = new TOut[items.Count];
        InPieces(results.Length, 1, (first, end) =>
        {
            for (var i = first; i < end; i++)
            {
                results[i] = work(items[i], i);
            }
        });
        return results;
    }

    /// <summary>Work on all numbers below a count, for which a thread of its own for each would be too much: it is told where a piece of them begins and ends.</summary>
    /// <param name="count">How many numbers there are.</param>
    /// <param name="size">How many of them are one piece of work.</param>
    /// <param name="work">The work on the numbers from the first on, without the second.</param>
    public static void InPieces(int count, int size, Action<int, int> work)
    {
        if (count <= size)
        {
            work(0, count);
        }
        else
        {
            Parallel.For(0, (count + size - 1) / size, piece => work(piece * size, Math.Min(count, (piece + 1) * size)));
        }
    }

    /// <summary>Two pieces of work at the same time, where they are so large that this pays.</summary>
    public static (TFirst First, TSecond Second) Both<TFirst, TSecond>(bool isLarge, Func<TFirst> first, Func<TSecond> second)
    {
        if (!isLarge)
        {
            return (first(), second());
        }

        var other = Task.Run(second);
        return (first(), other.GetAwaiter().GetResult());
    }
}
