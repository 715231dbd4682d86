using System.Collections.Immutable;
using DeployGate.Cli.Checking;
using DeployGate.Cli.Commands;
using DeployGate.Cli.Files;
using DeployGate.Cli.Output;
using DeployGate.Core.Reports;
using DeployGate.Reporting;

namespace DeployGate.Cli.Fixing;

/// <summary>A run with its safe cures looked for, shown or written.</summary>
internal sealed class FixedRun(CheckRun run, CheckOptions options, Surroundings surroundings)
{
    /// <summary>
    /// The run to report: with its proven cures, or, once they are written, the run that is left. An error for the user when they could not be
    /// written.
    /// </summary>
    internal (GateReport? Report, string? Error) Run(CheckOutcome outcome, FixMode mode)
    {
        // Most runs have nothing that a machine may mend, and are not run again.
        if (options.Paths.Contains("-") || !outcome.Report!.Findings.Any(finding => finding.Cure is not null))
        {
            return (Proven(outcome.Report!, new ProvenFixes([], EditedFiles.None, outcome)), null);
        }

        var before = WithoutFilter(outcome);
        var search = new FixSearch(surroundings.WorkingFolder, edited => run.Run(options, before.Ground!, edited, outcome.Judged!.Live));
        var proven = search.Find(before, outcome.Report.Findings);
        if (mode == FixMode.Write && proven.Fixes.Length > 0)
        {
            return Write(proven, outcome);
        }

        if (mode == FixMode.Show)
        {
            Show(proven);
        }

        return (Proven(outcome.Report!, proven), null);
    }

    // Edits move lines, and what was changed is told by lines.
    private CheckOutcome WithoutFilter(CheckOutcome outcome) => outcome.Ground is { Changes: not null } ground
        ? run.Run(options, ground with { Changes = null }, EditedFiles.None, outcome.Judged!.Live)
        : outcome;

    private (GateReport?, string?) Write(ProvenFixes proven, CheckOutcome outcome)
    {
        if (new FileEdits(surroundings.WorkingFolder).Write(proven.EditsByFile(surroundings.WorkingFolder)) is { } error)
        {
            return (null, $"--fix: {error}");
        }

        foreach (var (fix, mended) in proven.Fixes)
        {
            var rules = string.Join(", ", mended.Select(finding => finding.Rule.Id).Distinct());
            surroundings.Error.WriteLine($"deploygate: fixed {rules} in {ContractWords.Of(fix.Edits[0].Place)}: {fix.Description}");
        }

        // What was touched since the revision is told by the files as they are now.
        var after = outcome.Ground is { Changes: not null } ground
            ? run.Run(options, ground with { Changes = new GitChanges(surroundings.WorkingFolder).Since(options.ChangedSince!).Changes }, EditedFiles.None, outcome.Judged!.Live)
            : proven.After;
        return (Proven(after.Report!, proven with { Fixes = [] }), null);
    }

    private void Show(ProvenFixes proven)
    {
        foreach (var file in proven.Fixes.SelectMany(one => one.Fix.Edits).GroupBy(edit => edit.Place.Source.Path, StringComparer.Ordinal).OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            surroundings.Output.Write(UnifiedDiff.Of(file.Key, file.First().Place.Source, file));
        }
    }

    private static GateReport Proven(GateReport report, ProvenFixes proven)
    {
        var cures = proven.Fixes.Select(one => one.Fix).ToHashSet();
        ImmutableArray<Diagnostic> Checked(ImmutableArray<Diagnostic> findings) =>
            [.. findings.Select(finding => finding.Cure is { } cure && !cures.Contains(cure) ? finding with { Cure = null } : finding)];
        return report with { Findings = Checked(report.Findings) };
    }
}
