using System.CommandLine;
using DeployGate.Cli.Checking;
using DeployGate.Cli.Configuration;
using DeployGate.Cli.Output;

namespace DeployGate.Cli.Commands;

/// <summary>The options that say what of the findings is new.</summary>
internal sealed class AcceptanceOptions
{
    private readonly Option<string?> _baseline = NewBaselineOption();
    private readonly Option<string?> _newBaseline = new("--write-baseline") { Description = "Accept what this run finds, and write it to a baseline." };
    private readonly Option<string?> _changedSince = new("--changed-since") { Description = "Report only uses that were touched since a Git revision, such as origin/main." };

    /// <summary>All of them, in the order of the help text.</summary>
    internal IEnumerable<Option> All => [_baseline, _newBaseline, _changedSince];

    /// <summary><c>--baseline</c>, which <c>merge</c> has too.</summary>
    internal static Option<string?> NewBaselineOption() => new("--baseline") { Description = "A baseline: findings that it holds are accepted, new ones count." };

    /// <summary>The full path of the baseline: the named one, or that of the configuration; null for none.</summary>
    internal static string? BaselineOf(string? named, ConfigurationFile configuration, Surroundings surroundings) => Full(named, surroundings) ?? configuration.Baseline;

    /// <summary>True when the command line names a baseline.</summary>
    internal bool NamesBaseline(ParseResult parsed) => parsed.GetValue(_baseline) is not null;

    /// <summary>The options of a run with these; files by their full path.</summary>
    internal CheckOptions Read(ParseResult parsed, CheckOptions check, Surroundings surroundings) => check with
    {
        Baseline = BaselineOf(parsed.GetValue(_baseline), check.Configuration, surroundings),
        NewBaseline = Full(parsed.GetValue(_newBaseline), surroundings),
        ChangedSince = parsed.GetValue(_changedSince) ?? check.Configuration.ChangedSince,
    };

    private static string? Full(string? file, Surroundings surroundings) => file is null ? null : Path.GetFullPath(file, surroundings.WorkingFolder);
}
