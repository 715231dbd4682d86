using DeployGate.Core.Decisions;
using DeployGate.Core.Reports;
using DeployGate.Core.Rules;

namespace DeployGate.Reporting.Html;

/// <summary>
/// <c>html</c>: the whole report as one page that loads nothing. It is complete without a script; the script only filters the findings and
/// turns the colours.
/// </summary>
/// <seealso href="https://html.spec.whatwg.org/multipage/"/>
/// <seealso href="https://www.w3.org/TR/WCAG22/"/>
internal sealed class HtmlFormat : IReportFormat
{
    public string Name => "html";

    public void Write(GateReport report, TextWriter output, ReportStyle style)
    {
        var page = new HtmlPage(output);
        var joined = UseFindings.Of(report);
        var numbers = NumbersOf(report);
        var rules = RulesOf(report);
        WriteHead(page, report);
        WriteHeader(page, report, style);
        page.Line("<main>");
        new MatrixSection(page, numbers).Write(joined);
        new FindingSection(page).Write(report.Findings);
        TableSections.WriteErrors(page, report);
        TableSections.WriteUndecided(page, joined, numbers);
        TableSections.WriteAccepted(page, report);
        TableSections.WriteUses(page, report, joined);
        RuleSection.Write(page, rules, style.PageOf);
        page.Line("</main>");
        page.Line($"<footer><p>Written by DeployGate {HtmlText.Of(report.ToolVersion)}. This page loads nothing and sends nothing.</p></footer>");
        page.Line($"<script>{HtmlAssets.Script}</script>");
        page.Line("</body>");
        page.Line("</html>");
    }

    // The same finding may stand in a report twice; a link leads to the first.
    private static Dictionary<Diagnostic, int> NumbersOf(GateReport report)
    {
        var numbers = new Dictionary<Diagnostic, int>(ReferenceEqualityComparer.Instance);
        foreach (var (index, finding) in report.Findings.Index())
            numbers.TryAdd(finding, index + 1);
        return numbers;
    }

    private static List<RuleDescriptor> RulesOf(GateReport report) =>
    [
        .. report.Findings.Concat(report.Suppressed.Select(one => one.Finding)).Select(finding => finding.Rule).DistinctBy(rule => rule.Id).OrderBy(rule => rule.Id, StringComparer.Ordinal),
    ];

    private static void WriteHead(HtmlPage page, GateReport report)
    {
        page.Line("<!doctype html>");
        page.Line($"<html lang=\"en\" data-gate=\"{ClosingWords.State(report)}\">");
        page.Line("<head>");
        page.Line("<meta charset=\"utf-8\">");
        page.Line($"<meta http-equiv=\"Content-Security-Policy\" content=\"{HtmlAssets.Policy}\">");
        page.Line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        page.Line("<meta name=\"color-scheme\" content=\"light dark\">");
        page.Line("<meta name=\"referrer\" content=\"no-referrer\">");
        page.Line($"<title>DeployGate: the gate is {ClosingWords.State(report)}</title>");
        page.Line($"<style>{HtmlAssets.Style}</style>");
        page.Line("</head>");
        page.Line("<body>");
    }

    private static void WriteHeader(HtmlPage page, GateReport report, ReportStyle style)
    {
        page.Line("<a class=\"skip\" href=\"#findings\">Skip to the findings</a>");
        page.Line("<header>");
        page.Line("<div class=\"bar\"><p class=\"brand\">DeployGate</p><button type=\"button\" id=\"theme\" hidden>Dark colours</button></div>");
        page.Line("<div class=\"verdict\">");
        page.Line(GateSign(ClosingWords.State(report)));
        page.Line($"<div><h1>The gate is <strong>{ClosingWords.State(report)}</strong></h1>");
        page.Line($"<p class=\"counts\">{HtmlText.Of(ClosingWords.Counts(report))}</p>");
        page.Line($"<p>Checked {HtmlText.Of(ClosingWords.Checked(report))}.{CommitOf(style)}</p></div>");
        page.Line("</div>");
        page.Line("<nav aria-label=\"Sections\"><ul>");
        foreach (var (id, title) in Sections(report))
            page.Line($"<li><a href=\"#{id}\">{title}</a></li>");
        page.Line("</ul></nav>");
        page.Line("</header>");
    }

    private static IEnumerable<(string Id, string Title)> Sections(GateReport report)
    {
        yield return ("matrix", "Decision matrix");
        yield return ("findings", "Findings");
        if (!report.Errors.IsEmpty)
            yield return ("inputs", "Inputs");
        if (report.Uses.Any(use => use.Verdict == Verdict.Undecided))
            yield return ("undecided", "Undecided");
        if (!report.Suppressed.IsEmpty)
            yield return ("accepted", "Accepted");
        yield return ("uses", "All uses");
        if (!report.Findings.IsEmpty || !report.Suppressed.IsEmpty)
            yield return ("rules", "Rules");
    }

    private static string CommitOf(ReportStyle style) => style.Checkout is { } checkout
        ? $" Commit {HtmlText.Of(checkout.Revision ?? "not known")} of {HtmlText.Of(checkout.Repository.AbsoluteUri)}."
        : "";

    // A barrier across the road, or lifted; the words beside it say the same.
    private static string GateSign(string state)
    {
        var beam = state == "open" ? "M20 46 L68 10" : "M20 40 H96";
        return $"<svg class=\"sign\" viewBox=\"0 0 104 72\" aria-hidden=\"true\" focusable=\"false\"><path class=\"post\" d=\"M12 68 V34 a8 8 0 0 1 16 0 V68 Z\"/><path class=\"beam\" d=\"{beam}\"/><path class=\"stripes\" d=\"{beam}\"/></svg>";
    }
}
