namespace DeployGate.Cli.Checking;

/// <summary>Runs work on every item, on all cores, results in order; one item runs where it is.</summary>
internal static class Each
{
    internal static TOut[] Of<TIn, TOut>(IReadOnlyList<TIn> items, Func<TIn, TOut> work)
        where TIn : class
        where TOut : class => Of(items, (item, _) => work(item));

    /// <summary>The same for work that is told the number of its item, from 0.</summary>
    internal static TOut[] Of<TIn, TOut>(IReadOnlyList<TIn> items, Func<TIn, int, TOut> work)
        where TIn : class
        where TOut : class
    {
        var results = new TOut[items.Count];
        if (results.Length == 1)
        {
            results[0] = work(items[0], 0);
        }
        else
        {
            Parallel.For(0, results.Length, i => results[i] = work(items[i], i));
        }

        return results;
    }
}
