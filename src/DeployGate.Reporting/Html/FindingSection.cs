using System.Collections.Immutable;
using System.Text;
using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Reports;
using DeployGate.Core.Rules;
using DeployGate.Reporting.Lineages;

namespace DeployGate.Reporting.Html;

/// <summary>The findings by file, with the form that filters them. Without a script, the form stays hidden and all findings are shown.</summary>
internal sealed class FindingSection(HtmlPage page)
{
    internal void Write(ImmutableArray<Diagnostic> findings)
    {
        page.Open("findings", "Findings");
        if (findings.IsEmpty)
        {
            page.Line("<p>There are none.</p>");
            page.Close();
            return;
        }

        var files = findings.Select(finding => finding.Location.Source.Path).Distinct(StringComparer.Ordinal).ToList();
        WriteFilters(findings, files);
        foreach (var (index, file) in findings.Index().GroupBy(one => one.Item.Location.Source.Path, StringComparer.Ordinal).Index())
        {
            page.Line($"<section class=\"file\" aria-labelledby=\"file-{index}\"><h3 id=\"file-{index}\"><code>{HtmlText.Of(file.Key)}</code></h3>");
            foreach (var (number, finding) in file)
                WriteFinding(finding, number + 1, index);
            page.Line("</section>");
        }

        page.Line("<p id=\"nothing\" hidden>No finding fits the filters.</p>");
        page.Close();
    }

    private void WriteFilters(ImmutableArray<Diagnostic> findings, List<string> files)
    {
        page.Line("<form id=\"filter\" hidden aria-label=\"Filter the findings\">");
        page.Line("<fieldset><legend>Severity</legend>");
        foreach (var (severity, group) in findings.GroupBy(finding => finding.Severity).OrderByDescending(group => group.Key).Select(group => (ContractWords.Of(group.Key), group)))
            page.Line($"<label><input type=\"checkbox\" name=\"severity\" value=\"{severity}\" checked> {severity} ({HtmlText.Of(group.Count())})</label>");
        page.Line("</fieldset>");
        page.Line($"<label>Rule <select name=\"rule\"><option value=\"\">all rules</option>{string.Concat(findings.Select(finding => finding.Rule).DistinctBy(rule => rule.Id).OrderBy(rule => rule.Id, StringComparer.Ordinal).Select(Option))}</select></label>");
        page.Line($"<label>File <select name=\"file\"><option value=\"\">all files</option>{string.Concat(files.Select((file, index) => $"<option value=\"{HtmlText.Id(index)}\">{HtmlText.Of(file)}</option>"))}</select></label>");
        page.Line("<label>Text <input type=\"search\" name=\"text\" autocomplete=\"off\"></label>");
        page.Line("<button type=\"reset\">Show all</button>");
        page.Line($"<output role=\"status\">{HtmlText.Of(findings.Length)} of {HtmlText.Of(findings.Length)}</output>");
        page.Line("</form>");
    }

    private static string Option(RuleDescriptor rule) => $"<option value=\"{HtmlText.Of(rule.Id)}\">{HtmlText.Of(rule.Id)} {HtmlText.Of(rule.Name)}</option>";

    private void WriteFinding(Diagnostic finding, int number, int file)
    {
        var severity = ContractWords.Of(finding.Severity);
        var id = $"f{HtmlText.Id(number)}";
        page.Line($"<article class=\"finding {severity}\" id=\"{id}\" aria-labelledby=\"{id}-t\" data-s=\"{severity}\" data-r=\"{HtmlText.Of(finding.Rule.Id)}\" data-f=\"{HtmlText.Id(file)}\">");
        page.Line($"<h4 id=\"{id}-t\"><span class=\"badge {severity}\">{severity}</span> <a href=\"#{RuleSection.IdOf(finding.Rule.Id)}\">{HtmlText.Of(finding.Rule.Id)}</a> {HtmlText.Of(finding.Message)}</h4>");
        page.Line($"<p class=\"where\"><code>{HtmlText.Of(ContractWords.Of(finding.Location))}</code> {FactsOf(finding)}</p>");
        page.Line(SourceExcerpt.Of(finding.Location, finding.Label));
        var picture = LineageSvg.Of(Hop.Of(finding));
        page.Line(picture.Length == 0 ? "<div>" : "<div class=\"beside\">");
        page.Line(Explanation(finding));
        if (picture.Length > 0)
            page.Line(picture);
        page.Line("</div></article>");
    }

    private static string FactsOf(Diagnostic finding)
    {
        string[] facts =
        [
            ContractWords.Of(finding.Stage),
            .. finding.OsType == OsType.Unknown ? (string[])[] : [ContractWords.Of(finding.OsType)],
            $"declared {ContractWords.Of(finding.Declared)}",
            $"actual {finding.Actual}",
            .. finding.Outcome == Outcome.None ? (string[])[] : [ContractWords.Of(finding.Outcome)],
        ];
        return string.Concat(facts.Select(fact => $"<span class=\"fact\">{HtmlText.Of(fact)}</span>"));
    }

    private static string Explanation(Diagnostic finding)
    {
        var text = new StringBuilder("<dl>");
        Add("Why", HtmlText.Of(finding.Why));
        if (finding.AzureAnswer is { } answer)
            Add("Azure would say", $"<samp>{HtmlText.Of(answer)}</samp>");
        Add("Fix", HtmlText.Of(finding.Fix));
        AddList("Hops", "ol", finding.Related.Select(related => $"<code>{HtmlText.Of(ContractWords.Of(related.Place))}</code> {HtmlText.Of(related.Message)}"));
        AddList("Evidence", "ul", finding.Evidence.Select(EvidenceOf));
        AddList("With", "ul", finding.ParameterFiles.Select(file => $"<code>{HtmlText.Of(file)}</code>"));
        Add("Fingerprint", $"<code>{HtmlText.Of(finding.Fingerprint)}</code>");
        return text.Append("</dl>").ToString();

        void Add(string name, string html) => text.Append("<dt>").Append(name).Append("</dt><dd>").Append(html).Append("</dd>");

        void AddList(string name, string element, IEnumerable<string> items)
        {
            var list = string.Concat(items.Select(item => $"<li>{item}</li>"));
            if (list.Length > 0)
                Add(name, $"<{element}>{list}</{element}>");
        }
    }

    private static string EvidenceOf(EvidenceItem item)
    {
        var read = item.ReadAt is { } time ? $", read <time>{ContractWords.Of(time)}</time>" : "";
        return $"{HtmlText.Of(item.Value)} <span class=\"from\">({HtmlText.Of(item.Place)}{read})</span>";
    }
}
