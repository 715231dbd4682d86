using System.Globalization;
using System.Text;
using DeployGate.Core.Reports;
using DeployGate.Reporting.Lineages;
using DeployGate.Reporting.Terminal;

namespace DeployGate.Reporting.Markdown;

/// <summary>One finding in Markdown: whole, without its picture, or as a line of a list.</summary>
internal static class FindingMarkdown
{
    // Wider code would have to be scrolled on the pages of the hosts.
    private const int FrameWidth = 110;

    internal static string Of(Diagnostic finding) => WithoutPicture(finding) + Picture(finding);

    internal static string WithoutPicture(Diagnostic finding)
    {
        var text = new StringBuilder("\n");
        text.Append(CultureInfo.InvariantCulture, $"**{ContractWords.Of(finding.Severity)} {MarkdownText.Code(finding.Rule.Id)}** {MarkdownText.Prose(finding.Message)} ({MarkdownText.Code(ContractWords.Of(finding.Location))})\n\n");
        text.Append(Frame(finding)).Append('\n');
        foreach (var (name, said) in Details(finding))
            text.Append(CultureInfo.InvariantCulture, $"- **{name}** {said}\n");
        return text.ToString();
    }

    internal static string Line(Diagnostic finding) =>
        $"\n- **{ContractWords.Of(finding.Severity)} {MarkdownText.Code(finding.Rule.Id)}** {MarkdownText.Code(ContractWords.Of(finding.Location))}: {MarkdownText.Prose(finding.Message)}\n";

    // The chart takes no part in the list above it.
    private static string Picture(Diagnostic finding) => MermaidChart.Of(Hop.Of(finding)) is { Length: > 0 } chart ? $"\n{chart}" : "";

    private static IEnumerable<(string Name, string Text)> Details(Diagnostic finding)
    {
        yield return ("Why", MarkdownText.Prose(finding.Why));
        if (finding.AzureAnswer is { } answer)
            yield return ("Azure would say", MarkdownText.Code(answer));
        yield return ("Fix", MarkdownText.Prose(finding.Fix));
        foreach (var item in finding.Evidence)
            yield return ("Evidence", $"{MarkdownText.Code(item.Value)} ({MarkdownText.Code(item.Place)}{(item.ReadAt is { } time ? $", read {ContractWords.Of(time)}" : "")})");
        foreach (var related in finding.Related)
            yield return ("At", $"{MarkdownText.Code(ContractWords.Of(related.Place))} {MarkdownText.Prose(related.Message)}");
        if (!finding.ParameterFiles.IsEmpty)
            yield return ("With", string.Join(", ", finding.ParameterFiles.Select(MarkdownText.Code)));
        yield return ("Rule", $"{MarkdownText.Code(finding.Rule.Page)}, fingerprint {MarkdownText.Code(finding.Fingerprint)}");
    }

    private static string Frame(Diagnostic finding)
    {
        var number = finding.Location.Start.Line.ToString(CultureInfo.InvariantCulture);
        var frame = CodeFrame.Of(finding.Location, FrameWidth - number.Length);
        var margin = new string(' ', number.Length);
        var marks = $"{margin} | {new string(' ', frame.MarkColumn)}{new string('^', frame.MarkWidth)} {SafeText.Line(finding.Label)}".TrimEnd();
        var code = $"{number} | {frame.Code}".TrimEnd();
        var fence = new string('`', Math.Max(3, Math.Max(MarkdownText.LongestRun(code), MarkdownText.LongestRun(marks)) + 1));
        return $"{fence}text\n{code}\n{marks}\n{fence}\n";
    }
}
