using System.Globalization;
using System.Text;
using DeployGate.Core.Decisions;
using DeployGate.Core.Policies;
using DeployGate.Core.Reports;
using DeployGate.Core.Rules;
using DeployGate.Reporting.Lineages;
using DeployGate.Reporting.Terminal;

namespace DeployGate.Reporting.Markdown;

/// <summary>
/// A report in Markdown, for the summary of a job and for a comment on a pull request: the verdict, what was checked, the findings by file,
/// and what is undecided or accepted. Annotations stop at ten of a kind; here stands the rest.
/// </summary>
public static class MarkdownReport
{
    /// <summary>Bytes of a job's summary: GitHub refuses one beyond 1 MiB, and a step may have written before.</summary>
    /// <seealso href="https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary"/>
    public const int SummaryBytes = 1_000_000;

    /// <summary>Bytes of a comment: GitHub refuses one beyond 65,536 characters, and no character is less than a byte.</summary>
    public const int CommentBytes = 64_000;

    /// <summary>Pictures of images without findings.</summary>
    private const int MostPictures = 20;

    // What is said when something was left out, with the longest name of a file.
    private const int TailBytes = 8_000;

    /// <summary>
    /// The report in at most <paramref name="maxBytes"/> bytes of UTF-8, not less than 16,000: what has no room is counted, and the full
    /// report is named.
    /// </summary>
    public static string Of(GateReport report, int maxBytes, ReportStyle style)
    {
        var pages = new LimitedText(Math.Max(16_000, maxBytes) - TailBytes);
        pages.Add(Head(report));
        WriteFindings(report, pages);
        WriteList(pages, "\n#### Not read\n\n", "inputs", report.Errors, ErrorLine);
        WriteTable(pages, "Undecided", "undecided uses", ["Use", "Stage", "Image", "Declared", "Actual"], report.Uses.Where(use => use.Verdict == Verdict.Undecided), UseCells);
        WriteTable(pages, "Accepted", "accepted findings", ["Rule", "Place", "By", "Until", "Reason"], report.Suppressed, AcceptedCells);
        WriteTable(pages, "All uses", "uses", ["Verdict", "Use", "Stage", "Image", "Declared", "Actual"], report.Uses, use => [ContractWords.Of(use.Verdict), .. UseCells(use)]);
        WritePictures(report, pages);
        return pages + Tail(report, pages, style);
    }

    private static string Head(GateReport report) =>
        $"### DeployGate: the gate is {ClosingWords.State(report)}\n\n**{ClosingWords.Counts(report)}.** Checked {ClosingWords.Checked(report)}.\n";

    private static void WriteFindings(GateReport report, LimitedText pages)
    {
        var headed = "";
        foreach (var file in report.Findings.GroupBy(finding => finding.Location.Source.Path, StringComparer.Ordinal))
        {
            var heading = (headed.Length == 0 ? "\n#### Findings\n" : "") + $"\n##### {MarkdownText.Code(file.Key)}\n";
            foreach (var finding in file)
            {
                var isWritten = pages.TryAdd(heading + FindingMarkdown.Of(finding))
                    || pages.TryAdd(heading + FindingMarkdown.WithoutPicture(finding), "pictures")
                    || pages.TryAdd(heading + FindingMarkdown.Line(finding), "explanations");
                if (!isWritten)
                    pages.Omit(finding.Severity == Severity.Error ? "errors" : "findings");
                (headed, heading) = isWritten ? (file.Key, "") : (headed, heading);
            }
        }
    }

    // The findings have pictures of their own. A page of hundreds would show none.
    private static void WritePictures(GateReport report, LimitedText pages)
    {
        var heading = "\n#### Images without findings\n";
        foreach (var (use, index) in UseFindings.Of(report).Unsaid().Select((use, index) => (use, index)))
        {
            if (index < MostPictures && pages.TryAdd($"{heading}\n{MarkdownText.Code(LineageText.ShortId(use.Image))}, {ContractWords.Of(use.Verdict)}\n\n{MermaidChart.Of(Hop.Of(use))}"))
                heading = "";
            else
                pages.Omit("pictures");
        }
    }

    private static void WriteList<T>(LimitedText pages, string heading, string what, IEnumerable<T> items, Func<T, string> lineOf)
    {
        foreach (var item in items)
        {
            if (pages.TryAdd(heading + lineOf(item)))
                heading = "";
            else
                pages.Omit(what);
        }
    }

    private static void WriteTable<T>(LimitedText pages, string title, string what, string[] columns, IEnumerable<T> items, Func<T, string[]> cellsOf) =>
        WriteList(pages, $"\n#### {title}\n\n| {string.Join(" | ", columns)} |\n|{string.Concat(columns.Select(_ => " --- |"))}\n", what, items, item => $"| {string.Join(" | ", cellsOf(item))} |\n");

    private static string[] UseCells(UseReport use) =>
    [
        MarkdownText.Cell(ContractWords.Of(use.Location)), ContractWords.Of(use.Stage), MarkdownText.Cell(LineageText.ShortId(use.Image)), ContractWords.Of(use.Declared), MarkdownText.Cell(use.Actual),
    ];

    private static string[] AcceptedCells(SuppressedFinding one) =>
    [
        MarkdownText.Cell(one.Finding.Rule.Id), MarkdownText.Cell(ContractWords.Of(one.Finding.Location)), ContractWords.Of(one.By.Kind),
        one.By.Expires is { } day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "", MarkdownText.Cell(one.By.Reason ?? ""),
    ];

    private static string ErrorLine(InputError error) =>
        $"- **{(error.IsUnreadable ? "not read" : "remark")}** {MarkdownText.Code(ContractWords.Of(error.File, error.Position))} {MarkdownText.Prose(error.Message)}. Fix: {MarkdownText.Prose(error.Fix)}\n";

    private static string Tail(GateReport report, LimitedText pages, ReportStyle style)
    {
        var full = $"The full report: {MarkdownText.Code(style.FullReport ?? "deploygate check --report html=FILE")}.";
        var text = new StringBuilder();
        if (pages.Omissions is { Length: > 0 } left)
            text.Append(CultureInfo.InvariantCulture, $"\n**Left out, because it has no room here: {left}.** {full}\n");
        else if (style.FullReport is not null)
            text.Append(CultureInfo.InvariantCulture, $"\n{full}\n");
        return text.Append(CultureInfo.InvariantCulture, $"\nDeployGate {MarkdownText.Code(report.ToolVersion)}\n").ToString();
    }
}
