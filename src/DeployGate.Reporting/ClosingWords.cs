using DeployGate.Core.Decisions;
using DeployGate.Core.Reports;
using DeployGate.Core.Rules;

namespace DeployGate.Reporting;

/// <summary>The verdict of a run and what it looked at, in the words that all reports for people share.</summary>
internal static class ClosingWords
{
    /// <summary>closed, incomplete or open. A gate that could not look everywhere is not open: the exit code says so, and so must the word.</summary>
    internal static string State(GateReport report) => report.IsClosed ? "closed" : Unreadable(report) > 0 ? "incomplete" : "open";

    /// <summary>How many findings there are of each kind: <c>1 error, 0 warnings</c>.</summary>
    internal static string Counts(GateReport report)
    {
        var counts = new List<string>
        {
            Count(Findings(report, Severity.Error), "error"), Count(Findings(report, Severity.Warning), "warning"),
        };
        if (Findings(report, Severity.Note) is > 0 and var notes)
            counts.Add(Count(notes, "note"));

        if (report.Suppressed.Length > 0)
            counts.Add($"{report.Suppressed.Length} accepted");

        if (Unreadable(report) is > 0 and var unreadable)
            counts.Add(Count(unreadable, "unreadable input"));
        return string.Join(", ", counts);
    }

    /// <summary>What was looked at, and what came of it; of a divided run, which part that was.</summary>
    internal static string Checked(GateReport report) =>
        $"{Count(report.Templates, "template")}, {Count(report.Pipelines, "pipeline")}, {Count(report.Uses.Length, "use")}: "
        + $"{report.Count(Verdict.Blocked)} blocked, {report.Count(Verdict.Warned)} warned, "
        + $"{report.Count(Verdict.Allowed)} allowed, {report.Count(Verdict.Undecided)} undecided"
        + (report.Untouched == 0 ? "" : $"; {report.Untouched} left out, untouched")
        + (report.Part is { } part ? $"; part {part.Index} of {part.Count}" : "");

    /// <summary>A number with its noun, in the plural but for one.</summary>
    internal static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    internal static int Findings(GateReport report, Severity severity) => report.Findings.Count(finding => finding.Severity == severity);

    private static int Unreadable(GateReport report) => report.Errors.Count(error => error.IsUnreadable);
}
