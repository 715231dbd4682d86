using System.Text;
using DeployGate.Core.Text;

namespace DeployGate.Reporting.Html;

/// <summary>The lines around a place, the place itself marked.</summary>
internal static class SourceExcerpt
{
    private const int Around = 2;

    // A minified template is one line of megabytes.
    private const int MostBefore = 120;
    private const int MostAfter = 240;

    internal static string Of(Place place, string label)
    {
        var (first, last) = (place.Start.Line, place.End.Line);
        var lines = new StringBuilder("<figure class=\"source\"><pre>");
        for (var line = Math.Max(1, first - Around); line <= first + Around && place.Source.Exists(line); line++)
        {
            var text = QuotedLine.Of(place.Source, line);
            var code = line == first ? Marked(text, place) : Part(text, 0, Math.Min(text.Length, MostAfter)) + (text.Length > MostAfter ? "…" : "");
            lines.Append(line == first ? "<span class=\"hit\"><i>" : "<span><i>").Append(HtmlText.Id(line)).Append("</i>").Append(code).Append("</span>");
        }

        lines.Append("</pre>");
        var end = last == first ? "" : $" (ends at {HtmlText.Id(last)}:{HtmlText.Id(place.End.Column)})";
        var caption = HtmlText.Of(label) + end;
        return lines.Append(caption.Length == 0 ? "</figure>" : $"<figcaption>{caption}</figcaption></figure>").ToString();
    }

    private static string Marked(string text, Place place)
    {
        var start = Math.Min(place.Start.Column - 1, text.Length);
        var end = place.End.Line == place.Start.Line ? Math.Clamp(place.End.Column - 1, start, text.Length) : text.Length;
        var from = Whole(text, Math.Max(0, start - MostBefore));
        end = Whole(text, Math.Min(end, start + MostAfter));
        var to = Whole(text, Math.Min(text.Length, end + MostBefore));
        return $"{(from > 0 ? "…" : "")}{Part(text, from, start)}<mark>{Part(text, start, end)}</mark>{Part(text, end, to)}{(to < text.Length ? "…" : "")}";
    }

    // Not inside a pair of surrogates.
    private static int Whole(string text, int index) => index > 0 && index < text.Length && char.IsLowSurrogate(text[index]) ? index + 1 : index;

    private static string Part(string text, int from, int to) =>
        from >= to ? "" : HtmlText.Of(text[from..Whole(text, to)].Replace("\t", "    ", StringComparison.Ordinal));
}
