using System.Globalization;

namespace DeployGate.Cli.Sharding;

/// <summary>One part of a divided run: <c>--shard i/n</c>.</summary>
/// <param name="Index">From 1.</param>
/// <param name="Count">The number of parts.</param>
internal sealed record Shard(int Index, int Count)
{
    /// <summary>More parts than that have nothing to do but to read everything.</summary>
    internal const int Most = 1000;

    /// <summary>The variable in which a pod of a Kubernetes Indexed Job finds its number, from 0.</summary>
    /// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/job/#completion-mode"/>
    internal const string JobIndex = "JOB_COMPLETION_INDEX";

    private const string Job = "job";

    /// <summary>Reads <c>2/4</c> or <c>job/4</c>; null when it is no part.</summary>
    internal static Shard? Parse(string text, Func<string, string?> environment)
    {
        var words = text.Split('/');
        if (words.Length != 2 || Number(words[1]) is not { } count || count is < 1 or > Most)
        {
            return null;
        }

        var index = words[0] == Job ? Number(environment(JobIndex) ?? "") + 1 : Number(words[0]);
        return index >= 1 && index <= count ? new Shard(index.Value, count) : null;
    }

    /// <summary>True when a unit belongs to this part: the units of a run, in their order, are cut into pieces of equal length.</summary>
    internal bool Has(int unit, int units) => unit >= (long)units * (Index - 1) / Count && unit < (long)units * Index / Count;

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= Most ? number : null;
}
