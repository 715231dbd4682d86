using System.Collections.Immutable;
using DeployGate.ControlPlane.FactsFiles;
using DeployGate.Core.Assessment;
using DeployGate.Core.Reports;
using DeployGate.Core.Text;

namespace DeployGate.Cli.Checking;

/// <summary>What the files given by <c>--state</c> and <c>--disk</c> say, and whether Azure is to be asked as well.</summary>
/// <param name="Before">Facts whose answers come before Azure's.</param>
/// <param name="After">Facts that answer what Azure does not.</param>
/// <param name="AsksAzure">True when <c>azure</c> is among the sources.</param>
/// <param name="Errors">What could not be read.</param>
internal sealed record StateRead(Facts Before, Facts After, bool AsksAzure, ImmutableArray<InputError> Errors)
{
    // Two machines' clocks may be that far apart with nothing wrong.
    private static readonly TimeSpan s_skew = TimeSpan.FromMinutes(5);

    /// <summary>The documents that <c>--disk</c> gave, and which disk each is of.</summary>
    public ImmutableArray<(string Of, string Document)> Inspections { get; init; } = [];

    /// <summary>What was read and not made by this run, first answer first: the facts, with null where Azure is asked, then the recorded inspections.</summary>
    public ImmutableArray<SourceText?> Texts { get; init; } = [];

    /// <summary>The facts files, and when each was recorded.</summary>
    public ImmutableArray<FactsRecord> Records { get; init; } = [];

    /// <summary>A remark on each facts file that is older than a user accepts, or that does not say how old it is.</summary>
    internal IEnumerable<InputError> StaleAfter(TimeSpan maxAge, DateTimeOffset now)
    {
        foreach (var record in Records)
        {
            var why = record.RecordedAt switch
            {
                null => "the facts do not say when they were recorded, so they may be stale (--max-age)",
                { } at when now - at > maxAge => $"the facts are stale: they were recorded {Ages.Show(now - at)} ago, and --max-age is {Ages.Show(maxAge)}",
                { } at when at - now > s_skew => $"the facts may be stale (--max-age): they say that they were recorded {Ages.Show(at - now)} from now, so their clock or this one is wrong",
                _ => null,
            };
            if (why is not null)
            {
                yield return new InputError(record.File, null, why, "Record them again with 'deploygate record'.", IsUnreadable: false);
            }
        }
    }
}

/// <summary>Ages as people write them: <c>90m</c>, <c>24h</c>, <c>7d</c>.</summary>
internal static class Ages
{
    /// <summary>The time a word means; null when it means none.</summary>
    internal static TimeSpan? Read(string word)
    {
        var isNumber = int.TryParse(word.AsSpan(0, Math.Max(0, word.Length - 1)), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number);
        return (isNumber && number <= 100_000, word.Length == 0 ? ' ' : word[^1]) switch
        {
            (true, 'm') => TimeSpan.FromMinutes(number),
            (true, 'h') => TimeSpan.FromHours(number),
            (true, 'd') => TimeSpan.FromDays(number),
            _ => null,
        };
    }

    /// <summary>The largest unit of which there are two, so that nothing is rounded to nothing.</summary>
    internal static string Show(TimeSpan age) => age switch
    {
        { TotalHours: < 2 } => $"{(long)age.TotalMinutes} minutes",
        { TotalDays: < 2 } => $"{(long)age.TotalHours} hours",
        _ => $"{(long)age.TotalDays} days",
    };
}
