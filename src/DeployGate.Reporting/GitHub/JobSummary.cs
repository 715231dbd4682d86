using System.Globalization;
using System.Text;
using DeployGate.Core.Decisions;
using DeployGate.Core.Reports;

namespace DeployGate.Reporting.GitHub;

/// <summary>
/// The findings as a Markdown list: for the summary of a job, and for a comment on a pull request. Annotations stop at ten of a
/// kind; here stands the rest. Every value stands in a code span, in which neither Markdown, HTML nor a mention acts.
/// </summary>
/// <seealso href="https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary"/>
public static class JobSummary
{
    /// <summary>The list, at most <paramref name="maxCharacters"/> long: findings that have no room are counted instead.</summary>
    public static string Of(GateReport report, int maxCharacters)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"### DeployGate: the gate is {(report.IsClosed ? "closed" : "open")}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{report.Uses.Length} uses of images: {report.Count(Verdict.Blocked)} blocked, {report.Count(Verdict.Warned)} warned, ");
        text.Append(CultureInfo.InvariantCulture, $"{report.Count(Verdict.Allowed)} allowed, {report.Count(Verdict.Undecided)} undecided\n\n");
        string[] entries = [.. report.Findings.OrderByDescending(finding => finding.Severity).Select(Entry), .. report.Errors.Select(Entry)];
        var written = 0;
        foreach (var entry in entries)
        {
            if (text.Length + entry.Length + 100 > maxCharacters)
                break;
            text.Append(entry);
            written++;
        }

        if (written < entries.Length)
            text.Append(CultureInfo.InvariantCulture, $"- {entries.Length - written} more are in the full report\n");
        return text.ToString();
    }

    private static string Entry(Diagnostic finding) =>
        $"- **{ContractWords.Of(finding.Severity)} {finding.Rule.Id}** {Code(ContractWords.Of(finding.Location))}: {Code(finding.Message)}\n  - Fix: {Code(finding.Fix)}\n";

    private static string Entry(InputError error) =>
        $"- **{(error.IsUnreadable ? "not read" : "remark")}** {Code(ContractWords.Of(error.File, error.Position))}: {Code(error.Message)}\n  - Fix: {Code(error.Fix)}\n";

    // The fence is longer than every run of backticks inside; the blanks part it from a backtick at an edge.
    private static string Code(string value)
    {
        var line = SafeText.Line(value);
        var longest = 0;
        for (int index = 0, run = 0; index < line.Length; index++)
        {
            run = line[index] == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        var fence = new string('`', longest + 1);
        return line.Length == 0 ? "" : longest == 0 ? $"{fence}{line}{fence}" : $"{fence} {line} {fence}";
    }
}
