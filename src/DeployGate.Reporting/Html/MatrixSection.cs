using DeployGate.Core.Images;
using DeployGate.Core.Reports;
using DeployGate.Core.Rules;
using DeployGate.Core.Uses;

namespace DeployGate.Reporting.Html;

/// <summary>
/// The sixteen founding cells (stage, system, actual and declared state) with the run's uses in theirs. What lies outside of them is counted
/// below: nothing is put into a cell by a guess.
/// </summary>
internal sealed class MatrixSection(HtmlPage page, IReadOnlyDictionary<Diagnostic, int> numbers)
{
    private const int MostLinks = 4;

    private static readonly OsState[] s_states = [OsState.Generalized, OsState.Specialized];

    internal void Write(UseFindings joined)
    {
        var cells = joined.Uses.ToLookup(MatrixCell.Of);
        page.Open("matrix", "Decision matrix");
        page.Line("<p>What the image really is, against what it is declared to be. Cells with uses of this run are framed.</p>");
        page.Line("<div class=\"wide\" role=\"region\" aria-label=\"Decision matrix\" tabindex=\"0\"><table class=\"matrix\"><caption>Sixteen cells: stage, system, actual and declared state</caption>");
        page.Line("<thead><tr><td colspan=\"2\" rowspan=\"2\"></td><th colspan=\"2\" scope=\"colgroup\">really Generalized</th><th colspan=\"2\" scope=\"colgroup\">really Specialized</th></tr>");
        page.Line($"<tr>{string.Concat(Enumerable.Repeat("<th scope=\"col\">declared Generalized</th><th scope=\"col\">declared Specialized</th>", 2))}</tr></thead>");
        foreach (var stage in (Stage[])[Stage.Upload, Stage.Capture])
            WriteStage(stage, cells);
        page.Line("</table></div>");
        WriteOutside(joined, cells);
        page.Close();
    }

    private void WriteStage(Stage stage, ILookup<MatrixCell?, JudgedUse> cells)
    {
        // A row for uses whose system is not known stands there only when the run has any.
        var isUnknownShown = cells.Any(group => group.Key is { System: OsType.Unknown } cell && cell.Stage == stage);
        OsType[] systems = [OsType.Windows, OsType.Linux, .. isUnknownShown ? (OsType[])[OsType.Unknown] : []];
        page.Line("<tbody>");
        foreach (var (index, system) in systems.Index())
        {
            var head = index == 0 ? $"<th rowspan=\"{systems.Length}\" scope=\"rowgroup\">{ContractWords.Of(stage)}</th>" : "";
            page.Line($"<tr>{head}<th scope=\"row\">{(system == OsType.Unknown ? "system not known" : ContractWords.Of(system))}</th>");
            foreach (var cell in s_states.SelectMany(actual => s_states.Select(declared => new MatrixCell(stage, system, actual, declared))))
                page.Line(CellOf(cell, [.. cells[cell]]));
            page.Line("</tr>");
        }

        page.Line("</tbody>");
    }

    private string CellOf(MatrixCell cell, List<JudgedUse> uses)
    {
        var rule = cell.RuleId is { } id ? RuleCatalog.Find(id)?.Descriptor : null;
        var words = rule is null ? "<b>agree</b>" : $"<b>contradict</b> <span class=\"from\">{ContractWords.Of(rule.Outcome)}</span>";
        return $"<td class=\"{(rule is null ? "agree" : "contradict")}{(uses.Count == 0 ? "" : " here")}\">{words}{CasesOf(uses)}</td>";
    }

    private string CasesOf(List<JudgedUse> uses)
    {
        if (uses.Count == 0)
            return "";

        var findings = uses.SelectMany(one => one.Findings).Distinct().ToList();
        var links = findings.Take(MostLinks).Select(finding => $"<a href=\"#f{HtmlText.Id(numbers[finding])}\">{HtmlText.Of(finding.Rule.Id)}<span class=\"seen-not\"> at {HtmlText.Of(ContractWords.Of(finding.Location))}</span></a>");
        var more = findings.Count > MostLinks ? $" and {HtmlText.Of(findings.Count - MostLinks)} more" : "";
        var accepted = uses.Count(one => !one.Accepted.IsEmpty);
        return $"<span class=\"cases\">{HtmlText.Of(ClosingWords.Count(uses.Count, "use"))}{(accepted == 0 ? "" : $", {HtmlText.Of(accepted)} accepted")}{(findings.Count == 0 ? "" : ": ")}{string.Join(", ", links)}{more}</span>";
    }

    private void WriteOutside(UseFindings joined, ILookup<MatrixCell?, JudgedUse> cells)
    {
        var outside = cells[null].Select(one => one.Use).ToList();
        if (joined.Uses.IsEmpty)
            page.Line("<p>This run found no use of an image.</p>");
        if (outside.Count == 0)
            return;

        var kinds = outside.GroupBy(Reason, StringComparer.Ordinal).Select(group => $"<li>{HtmlText.Of(group.Count())}: {group.Key}</li>");
        page.Line($"<p>{HtmlText.Of(ClosingWords.Count(outside.Count, "use"))} of this run outside of the sixteen cells:</p><ul>{string.Concat(kinds)}</ul>");
    }

    private static string Reason(UseReport use) =>
        use.Stage is not (Stage.Upload or Stage.Capture) ? $"stage {ContractWords.Of(use.Stage)}, {ContractWords.Of(use.Verdict)}"
        : use.Declared is null ? $"stage {ContractWords.Of(use.Stage)}, declared state not known"
        : $"stage {ContractWords.Of(use.Stage)}, actual state neither Generalized nor Specialized";
}
