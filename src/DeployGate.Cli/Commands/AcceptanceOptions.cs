using System.CommandLine;
using DeployGate.Cli.Checking;
using DeployGate.Cli.Output;

namespace DeployGate.Cli.Commands;

/// <summary>The options that say what of the findings is new.</summary>
internal sealed class AcceptanceOptions
{
    private readonly Option<string?> _baseline = new("--baseline") { Description = "A baseline: findings that it holds are accepted, new ones count." };
    private readonly Option<string?> _newBaseline = new("--write-baseline") { Description = "Accept what this run finds, and write it to a baseline." };
    private readonly Option<string?> _changedSince = new("--changed-since") { Description = "Report only uses that were touched since a Git revision, such as origin/main." };

    /// <summary>All of them, in the order of the help text.</summary>
    internal IEnumerable<Option> All => [_baseline, _newBaseline, _changedSince];

    /// <summary>True when the command line names a baseline.</summary>
    internal bool NamesBaseline(ParseResult parsed) => parsed.GetValue(_baseline) is not null;

    /// <summary>The options of a run with these; files by their full path.</summary>
    internal CheckOptions Read(ParseResult parsed, CheckOptions check, Surroundings surroundings)
    {
        string? Full(string? file) => file is null ? null : Path.GetFullPath(file, surroundings.WorkingFolder);
        return check with
        {
            Baseline = Full(parsed.GetValue(_baseline)) ?? check.Configuration.Baseline,
            NewBaseline = Full(parsed.GetValue(_newBaseline)),
            ChangedSince = parsed.GetValue(_changedSince) ?? check.Configuration.ChangedSince,
        };
    }
}
