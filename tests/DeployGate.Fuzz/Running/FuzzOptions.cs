using System.Globalization;

namespace DeployGate.Fuzz.Running;

/// <summary>What the command line says.</summary>
internal sealed record FuzzOptions
{
    internal const string Usage =
        """
        DeployGate.Fuzz [--target NAME]… [--seed N] [--count N] [--total N] [--seconds N] [--from I] [--out FOLDER] [--corpus FOLDER|none] [--list]
          --count N      executions of each target (1000 by default)
          --total N      goes on, target by target, until all targets together have so many
          --seconds N    the most seconds that a target runs, instead of a count
          --from I       replays from execution I on, in this process: with --seed, --target and --count it gives the same inputs again
          --input FILE   reads a saved input with --target
          --out FOLDER   where findings and figures go; a run goes on from the figures it finds there
          --corpus       more seeds; by default the folder shared/corpus beside the repository
        """;

    internal IReadOnlyList<string> Targets { get; init; } = [];

    internal ulong Seed { get; init; } = 1;

    internal long Count { get; init; } = 1_000;

    internal long Total { get; init; }

    internal double Seconds { get; init; }

    internal long? From { get; init; }

    internal string? Input { get; init; }

    internal string Out { get; init; } = Path.Combine(Path.GetTempPath(), "deploygate-fuzz");

    internal string? Corpus { get; init; }

    internal bool IsList { get; init; }

    /// <summary>True in the process that runs a target for its parent.</summary>
    internal bool IsChild { get; init; }

    /// <summary>The options; null with what is wrong.</summary>
    internal static FuzzOptions? Parse(IReadOnlyList<string> arguments, string repository, out string wrong)
    {
        var options = new FuzzOptions { Corpus = Seeds.SeedFiles.CorpusBeside(repository) };
        wrong = "";
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is "--list" or "--child")
            {
                options = arguments[i] == "--list" ? options with { IsList = true } : options with { IsChild = true };
                continue;
            }

            if (i + 1 == arguments.Count || options.With(arguments[i], arguments[i + 1]) is not { } next)
            {
                wrong = arguments[i];
                return null;
            }

            options = next;
            i++;
        }

        return options;
    }

    private FuzzOptions? With(string name, string value) => name switch
    {
        "--target" => this with { Targets = [.. Targets, value] },
        "--seed" when ulong.TryParse(value, CultureInfo.InvariantCulture, out var seed) => this with { Seed = seed },
        "--count" when Number(value) is { } count => this with { Count = count },
        "--total" when Number(value) is { } total => this with { Total = total },
        "--seconds" when Number(value) is { } seconds => this with { Seconds = seconds },
        "--from" when Number(value) is { } from => this with { From = from },
        "--input" => this with { Input = value },
        "--out" => this with { Out = Path.GetFullPath(value) },
        "--corpus" => this with { Corpus = value == "none" ? null : Path.GetFullPath(value) },
        _ => null,
    };

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
