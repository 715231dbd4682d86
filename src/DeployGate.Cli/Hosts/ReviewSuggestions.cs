using DeployGate.Core.Fixes;
using DeployGate.Core.Policies;
using DeployGate.Core.Reports;
using DeployGate.Core.Text;
using DeployGate.Reporting;
using DeployGate.Reporting.Markdown;

namespace DeployGate.Cli.Hosts;

/// <summary>The proven cures of a run as suggestions on its pull request, which a reader takes with a click.</summary>
internal static class ReviewSuggestions
{
    /// <summary>One suggestion for each cure of a file below the working folder, which is the repository's root there.</summary>
    internal static IReadOnlyList<Suggestion> Of(GateReport report) =>
    [
        .. report.Findings.Where(finding => finding.Cure is { Edits: [_] }).GroupBy(finding => finding.Cure!)
            .Select(group => Of(group.Key.Edits[0], [.. group]))
            .OfType<Suggestion>().Where(one => !one.Path.StartsWith("../", StringComparison.Ordinal)),
    ];

    // A suggestion is what the reader takes over: it is shown as it is, or not at all. What hides in a line cannot be shown as it is.
    private static Suggestion? Of(TextEdit edit, IReadOnlyList<Diagnostic> findings)
    {
        var (source, span) = (edit.Place.Source, edit.Place.Span);
        var first = source.PositionOf(span.Start).Line;
        var isWhole = span.Length > 0 && source.PositionOf(span.End).Column == 1;
        var last = isWhole ? source.PositionOf(span.End).Line - 1 : source.PositionOf(span.End).Line;
        var (start, end) = (source.StartOf(first), source.StartOf(last + 1));
        var moved = edit with { Place = new Place(source, new TextSpan(span.Start - start, span.Length)) };
        var lines = TextEdit.Apply(source.Content[start..end], [moved]).Replace("\r", "", StringComparison.Ordinal);
        if (!SafeText.IsPlain(lines))
        {
            return null;
        }

        var said = string.Join('\n', findings.Select(finding => $"**{finding.Rule.Id}**: {MarkdownText.Code(finding.Message)}").Distinct());
        var fence = new string('`', Math.Max(3, MarkdownText.LongestRun(lines) + 1));
        return new Suggestion(source.Path, new LineRange(first, last), $"{said}\n\n{fence}suggestion\n{Lines(lines)}{fence}\n");
    }

    private static string Lines(string lines) => lines.Length == 0 || lines.EndsWith('\n') ? lines : lines + "\n";
}
