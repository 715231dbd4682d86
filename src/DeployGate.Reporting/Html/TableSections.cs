using System.Collections.Immutable;
using System.Globalization;
using DeployGate.Core.Decisions;
using DeployGate.Core.Reports;
using DeployGate.Reporting.Lineages;

namespace DeployGate.Reporting.Html;

/// <summary>What is told in tables: inputs, undecided uses, what is accepted, and all uses.</summary>
internal static class TableSections
{
    /// <summary>Pictures of images without findings; the table above them has all.</summary>
    private const int MostPictures = 200;

    internal static void WriteErrors(HtmlPage page, GateReport report)
    {
        if (report.Errors.IsEmpty)
            return;

        page.Open("inputs", "Inputs");
        page.Table("What could not be read, and remarks on what could", ["", "Where", "What", "Fix"], report.Errors.Select(error => (string[])
        [
            error.IsUnreadable ? "<span class=\"badge error\">not read</span>" : "<span class=\"badge warning\">remark</span>",
            Code(ContractWords.Of(error.File, error.Position)), HtmlText.Of(error.Message), HtmlText.Of(error.Fix),
        ]));
        page.Close();
    }

    internal static void WriteUndecided(HtmlPage page, UseFindings joined, IReadOnlyDictionary<Diagnostic, int> numbers)
    {
        var uses = joined.Uses.Where(one => one.Use.Verdict == Verdict.Undecided).ToList();
        if (uses.Count == 0)
            return;

        page.Open("undecided", "Undecided");
        page.Table("Uses of which not enough is known, and why", ["Use", "Stage", "Image", "Why"], uses.Select(one => (string[])
        [
            Code(ContractWords.Of(one.Use.Location)), ContractWords.Of(one.Use.Stage), Code(one.Use.Image),
            one.Findings.IsEmpty ? "not reported, as the settings say" : string.Join("<br>", one.Findings.Select(finding => $"<a href=\"#f{HtmlText.Id(numbers[finding])}\">{HtmlText.Of(finding.Message)}</a>")),
        ]));
        page.Close();
    }

    internal static void WriteAccepted(HtmlPage page, GateReport report)
    {
        if (report.Suppressed.IsEmpty)
            return;

        page.Open("accepted", "Accepted");
        page.Table("Findings that waivers or the baseline accept", ["Rule", "Where", "Finding", "By", "Until", "Reason"], report.Suppressed.Select(one => (string[])
        [
            $"<a href=\"#{RuleSection.IdOf(one.Finding.Rule.Id)}\">{HtmlText.Of(one.Finding.Rule.Id)}</a>", Code(ContractWords.Of(one.Finding.Location)), HtmlText.Of(one.Finding.Message),
            ContractWords.Of(one.By.Kind), one.By.Expires is { } day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "no end", HtmlText.Of(one.By.Reason),
        ]));
        page.Close();
    }

    internal static void WriteUses(HtmlPage page, GateReport report, UseFindings joined)
    {
        page.Open("uses", "All uses");
        if (report.Uses.IsEmpty)
            page.Line("<p>No use of an image was found.</p>");
        else
        {
            page.Table("Every use of an image that was looked at", ["Verdict", "Use", "Stage", "Image", "Declared", "Actual"], report.Uses.Select(use => (string[])
            [
                Badge(use.Verdict), Code(ContractWords.Of(use.Location)), ContractWords.Of(use.Stage), Code(use.Image), ContractWords.Of(use.Declared), HtmlText.Of(use.Actual),
            ]));
        }

        WritePictures(page, [.. joined.Unsaid()]);
        page.Close();
    }

    private static void WritePictures(HtmlPage page, ImmutableArray<UseReport> uses)
    {
        foreach (var use in uses.Take(MostPictures))
            page.Line($"<details><summary>Lineage of {Code(use.Image)}, {ContractWords.Of(use.Verdict)}</summary>{LineageSvg.Of(Hop.Of(use))}</details>");

        if (uses.Length > MostPictures)
            page.Line($"<p>{HtmlText.Id(uses.Length - MostPictures)} more images have no finding; their lineage is left out.</p>");
    }

    private static string Badge(Verdict verdict) => $"<span class=\"badge {ContractWords.Of(verdict)}\">{ContractWords.Of(verdict)}</span>";

    private static string Code(string value) => $"<code>{HtmlText.Of(value)}</code>";
}
