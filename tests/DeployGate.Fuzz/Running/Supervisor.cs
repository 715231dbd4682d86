using System.Diagnostics;
using System.Globalization;

namespace DeployGate.Fuzz.Running;

/// <summary>
/// Runs targets, each in a process of its own, round after round: a stack overflow, an endless loop or a full memory ends that process
/// alone, is a finding, and the next process goes on behind it.
/// </summary>
internal sealed class Supervisor(FuzzOptions options, string replay)
{
    // The heap alone: what wants more gets an exception, and is found.
    private const string HeapLimit = "0x40000000";
    private const int MostDeaths = 20;

    // The first round is short, so that what is broken everywhere is known early.
    private const long FirstRound = 2_000;
    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, string> _skipped = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _deaths = new(StringComparer.Ordinal);

    /// <summary>The name of a target's figures in the folder of a run.</summary>
    internal static string ProgressPath(string folder, string target) => Path.Combine(folder, $"{target}.progress");

    /// <summary>Runs all; true when nothing was found.</summary>
    internal bool Run(IReadOnlyList<string> targets)
    {
        Directory.CreateDirectory(options.Out);
        for (var quota = options.Seconds > 0 ? options.Count : Math.Min(FirstRound, options.Count); ; quota = Math.Min(options.Count, quota * 10))
        {
            foreach (var target in targets)
            {
                RunTo(target, quota);
            }

            if (quota >= options.Count)
            {
                break;
            }
        }

        while (Sum(targets) < options.Total && targets.Any(IsAlive))
        {
            foreach (var target in targets.Where(IsAlive).TakeWhile(_ => Sum(targets) < options.Total))
            {
                RunOne(target, options.Total - Sum(targets), s_turn);
            }
        }

        return Table(targets);
    }

    private bool IsAlive(string target) => !_skipped.ContainsKey(target) && _deaths.GetValueOrDefault(target) < MostDeaths;

    private void RunTo(string target, long quota)
    {
        while (IsAlive(target) && quota - Executions(target) is > 0 and var left)
        {
            if (RunOne(target, left, options.Seconds > 0 ? TimeSpan.FromSeconds(options.Seconds) : TimeSpan.MaxValue) && options.Seconds > 0)
            {
                return;
            }
        }
    }

    // True when the process ended as it should.
    private bool RunOne(string target, long count, TimeSpan limit)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardError = true, RedirectStandardOutput = true };
        string[] arguments =
        [
            .. Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? [typeof(Supervisor).Assembly.Location] : Array.Empty<string>(),
            "--child", "--target", target, "--seed", options.Seed.ToString(CultureInfo.InvariantCulture), "--count", count.ToString(CultureInfo.InvariantCulture),
            "--seconds", Math.Min(1_000_000, Math.Ceiling(limit.TotalSeconds)).ToString(CultureInfo.InvariantCulture), "--out", options.Out, "--corpus", options.Corpus ?? "none",
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        using var process = Process.Start(start)!;
        var errors = Tail(process.StandardError);
        Relay(process.StandardOutput, target);
        process.WaitForExit();
        if (process.ExitCode == 0)
        {
            return true;
        }

        NoteDeath(target, process.ExitCode, errors.Result);
        return false;
    }

    private void Relay(StreamReader output, string target)
    {
        while (output.ReadLine() is { } line)
        {
            if (line.StartsWith("SKIPPED ", StringComparison.Ordinal))
            {
                _skipped[target] = line["SKIPPED ".Length..];
            }

            Console.WriteLine(line);
        }
    }

    // A stack overflow prints each of ten thousand frames: the first lines tell all.
    private static async Task<string> Tail(StreamReader errors)
    {
        var lines = new List<string>();
        while (await errors.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            if (lines.Count < 60)
            {
                lines.Add(line);
            }
        }

        return string.Join('\n', lines);
    }

    private void NoteDeath(string target, int code, string errors)
    {
        _deaths[target] = _deaths.GetValueOrDefault(target) + 1;
        using var progress = new Progress(ProgressPath(options.Out, target));
        var what = code == Watchdog.ExitCode ? "it does not end" : $"the process ended with {code}";
        if (!progress.IsInside)
        {
            // Not caused by an input: the harness itself failed, and would again.
            _deaths[target] = MostDeaths;
        }

        new FindingFolder(options.Out, target, $"{replay} --target {target} --seed {options.Seed}").Take(new FuzzFinding(progress.Current, "death", $"{what}\n{errors}"), null);
        progress.Findings++;
        progress.Executions++;
        progress.Current++;
        progress.IsInside = false;
    }

    private long Executions(string target)
    {
        using var progress = new Progress(ProgressPath(options.Out, target));
        return progress.Executions;
    }

    private long Sum(IReadOnlyList<string> targets) => targets.Sum(Executions);

    private bool Table(IReadOnlyList<string> targets)
    {
        Console.WriteLine($"{"target",-22} {"executions",11} {"per second",10} {"slowest",10} {"(number)",-11} {"allocated",10} {"(number)",-11} {"findings",8}");
        long executions = 0, findings = 0;
        foreach (var target in targets)
        {
            using var progress = new Progress(ProgressPath(options.Out, target));
            executions += progress.Executions;
            findings += progress.Findings;
            Console.WriteLine(_skipped.TryGetValue(target, out var why)
                ? $"{target,-22} skipped: {why}"
                : string.Create(CultureInfo.InvariantCulture, $"{target,-22} {progress.Executions,11} {progress.Executions * 1e6 / Math.Max(1, progress.Elapsed),10:0} {progress.Slowest / 1000.0,7:0.0} ms {$"({progress.SlowestIndex})",-11} {progress.Highest / 1048576.0,6:0.0} MiB {$"({progress.HighestIndex})",-11} {progress.Findings,8}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"total",-22} {executions,11} executions, {findings} findings"));
        return findings == 0 && _skipped.Count < targets.Count;
    }
}
