using System.Text;
using System.Text.RegularExpressions;

namespace DeployGate.Reporting.Tests;

/// <summary>Takes away what Markdown shows as it is (code), and looks for anything that acts in the rest. Knows only the forms that our reports use.</summary>
internal static partial class MarkdownCheck
{
    internal static IReadOnlyList<string> Errors(string markdown)
    {
        var errors = new List<string>();
        string? fence = null;
        var isChart = false;
        foreach (var line in markdown.Split('\n'))
        {
            if (fence is not null)
            {
                if (line.Trim() == fence)
                    fence = null;
                else if (isChart && !ChartLine().IsMatch(line))
                    errors.Add($"in a chart: {line}");
                continue;
            }

            if (Fence().Match(line) is { Success: true } opened)
            {
                (fence, isChart) = (opened.Groups["fence"].Value, line.EndsWith("mermaid", StringComparison.Ordinal));
                continue;
            }

            if (Active().Match(WithoutCode(line)) is { Success: true } active)
                errors.Add($"'{active.Value}' acts in: {line}");
        }

        return fence is null ? errors : [.. errors, "a fence is not closed"];
    }

    // A span ends at the next run of as many backticks as opened it.
    private static string WithoutCode(string line)
    {
        var rest = new StringBuilder();
        for (var at = 0; at < line.Length;)
        {
            if (line[at] != '`')
            {
                rest.Append(line[at++]);
                continue;
            }

            var run = Ticks().Match(line, at).Length;
            var close = Ticks().Matches(line[(at + run)..]).FirstOrDefault(ticks => ticks.Length == run);
            if (close is null)
                return rest + " <a span is not closed";
            at += run + close.Index + run;
        }

        return rest.ToString();
    }

    [GeneratedRegex("^(?<fence>`{3,})(text|mermaid)$")]
    private static partial Regex Fence();

    [GeneratedRegex("`+")]
    private static partial Regex Ticks();

    // Links, markup, mentions, issues, commits, addresses, emphasis other than our own, entities other than the bar.
    [GeneratedRegex(@"[<>\[\]@\\_~]|https?|www\.|\w#|[^#&]#\d|GH-\d|\b[0-9a-f]{7,}\b|&(?!#124;)|(?<!\*)\*(?!\*)|\w\*\*\w")]
    private static partial Regex Active();

    [GeneratedRegex("""^(flowchart LR|  n\d+\["([\p{L}\p{N} .,/_…]|#\d+;|<br>)+"\]|  n\d+ -->(\|"([\p{L}\p{N} .,/_…:]|#\d+;)+"\|)? n\d+|  (classDef broken|linkStyle \d+) stroke:#cf222e,stroke-width:3px|  class n\d+ broken)$""")]
    private static partial Regex ChartLine();
}
