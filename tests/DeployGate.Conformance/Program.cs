using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using DeployGate.Core.Text;

namespace DeployGate.Conformance;

/// <summary>
/// Resolves Bicep files and the JSON the official compiler made of them, and tells where they do not deploy the same.
/// </summary>
internal static class Program
{
    private const double LeastPercent = 99;
    private const int MostShown = 200;

    private static int Main(string[] arguments)
    {
        if (Options.Parse(arguments) is not { } options)
        {
            Console.Error.WriteLine(Options.Usage);
            return 2;
        }

        var files = new FolderFiles(options.Corpus);
        var cache = options.ModuleCache is null ? null : new FolderFiles(options.ModuleCache);
        var pairs = Pair.Read(options.Corpus).Where(pair => options.Only is null || pair.Bicep.Contains(options.Only, StringComparison.Ordinal)).ToList();
        var results = Run(pairs, new Evaluation(files, cache));
        var isGood = Report(results, options, Console.Out);
        if (options.Only is null)
        {
            Measure(results, files, cache, Console.Out);
        }

        return isGood ? 0 : 1;
    }

    private static PairResult[] Run(List<Pair> pairs, Evaluation evaluation)
    {
        var results = new PairResult[pairs.Count];
        var bothCores = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.ForEach(Partitioner.Create(0, pairs.Count, 1), bothCores, range => results[range.Item1] = PairResult.Of(pairs[range.Item1], evaluation));
        return results;
    }

    private static bool Report(PairResult[] results, Options options, TextWriter output)
    {
        int Count(Verdict verdict) => results.Count(result => result.Verdict == verdict);
        var notStale = results.Length - Count(Verdict.Stale);
        var knowable = notStale - Count(Verdict.NotRestored);
        var percent = notStale == 0 ? 100 : 100.0 * Count(Verdict.Equal) / notStale;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"pairs {results.Length}, equal {Count(Verdict.Equal)}, differing {Count(Verdict.Differing)}, stale {Count(Verdict.Stale)}, crashed {Count(Verdict.Crashed)}, timed out {Count(Verdict.TimedOut)}: {percent:F2} % of the {notStale} not stale"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"not restored {Count(Verdict.NotRestored)} (equal but for registry modules that are not in the module cache); of the {knowable} others {100.0 * Count(Verdict.Equal) / Math.Max(1, knowable):F2} % are equal"));
        foreach (var result in results.Where(result => result.Verdict != Verdict.Equal).OrderBy(result => result.Verdict).Take(options.List))
        {
            Show(result, output);
        }

        return 100.0 * Count(Verdict.Equal) / Math.Max(1, knowable) >= LeastPercent && Count(Verdict.Crashed) + Count(Verdict.TimedOut) == 0;
    }

    private static void Show(PairResult result, TextWriter output)
    {
        output.WriteLine($"{result.Verdict}: {result.Pair.Bicep}");
        if (result.Difference is { } difference)
        {
            output.WriteLine($"  at    {difference.Path}");
            output.WriteLine($"  bicep {Cut(difference.Bicep)}");
            output.WriteLine($"  json  {Cut(difference.Json)}");
        }

        if (result.Remarks.Length > 0)
        {
            output.WriteLine($"  note  {result.Remarks}");
        }
    }

    private static void Measure(PairResult[] results, ISourceFiles files, ISourceFiles? cache, TextWriter output)
    {
        var measured = results.Where(result => result.Verdict is not (Verdict.Crashed or Verdict.TimedOut)).Select(result => result.Pair).ToList();
        var throughput = new Throughput(files, cache);
        throughput.Measure("JSON", measured.ConvertAll(pair => pair.Json), output);
        throughput.Measure("Bicep", measured.ConvertAll(pair => pair.Bicep), output);
        using var self = Process.GetCurrentProcess();
        output.WriteLine($"peak memory {self.PeakWorkingSet64 / 1_000_000} MB");
    }

    private static string Cut(string text)
    {
        var line = text.ReplaceLineEndings("\\n");
        return line.Length <= MostShown ? line : line[..MostShown] + "…";
    }
}
