using DeployGate.Core.Decisions;
using DeployGate.Core.Reports;
using DeployGate.Core.Rules;

namespace DeployGate.Reporting.Terminal;

/// <summary>The last lines: whether the gate is open, then what was looked at. No timing, so that outputs compare.</summary>
internal static class ClosingBlock
{
    internal static string GateLine(GateReport report, Palette palette)
    {
        var unreadable = report.Errors.Count(error => error.IsUnreadable);

        // A gate that could not look everywhere is not open: the exit code says so, and so must the word.
        var state = report.IsClosed ? palette.Error("CLOSED") : unreadable > 0 ? palette.Error("INCOMPLETE") : palette.Good("OPEN");
        var counts = new List<string>
        {
            Count(Findings(report, Severity.Error), "error"), Count(Findings(report, Severity.Warning), "warning"),
        };
        if (Findings(report, Severity.Note) is > 0 and var notes)
            counts.Add(Count(notes, "note"));

        if (unreadable > 0)
            counts.Add(Count(unreadable, "unreadable input"));
        return $"gate: {state} - {string.Join(", ", counts)}";
    }

    internal static string CheckedLine(GateReport report) =>
        $"checked: {Count(report.Templates, "template")}, {Count(report.Pipelines, "pipeline")}, {Count(report.Uses.Length, "use")}: "
        + $"{report.Count(Verdict.Blocked)} blocked, {report.Count(Verdict.Warned)} warned, "
        + $"{report.Count(Verdict.Allowed)} allowed, {report.Count(Verdict.Undecided)} undecided";

    private static int Findings(GateReport report, Severity severity) =>
        report.Findings.Count(finding => finding.Severity == severity);

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
