using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace DeployGate.Reporting.Html;

/// <summary>
/// A rule's page as HTML. Reads the part of Markdown that such pages are written in: headings, paragraphs, lists, tables, fences, code, bold
/// and links. Anything else stays text, and HTML in a page is text too.
/// </summary>
/// <seealso href="https://spec.commonmark.org/"/>
internal sealed partial class PageHtml
{
    private readonly HtmlPage _page;
    private readonly ImmutableHashSet<string> _rules;
    private readonly List<string> _paragraph = [];
    private readonly List<string> _items = [];
    private readonly List<string> _rows = [];

    private PageHtml(HtmlPage page, ImmutableHashSet<string> rules) => (_page, _rules) = (page, rules);

    /// <summary>Writes a page below the heading of its rule; links to pages of <paramref name="rules"/> stay in the document.</summary>
    internal static void Write(HtmlPage page, string markdown, ImmutableHashSet<string> rules)
    {
        var writer = new PageHtml(page, rules);
        List<string>? code = null;
        foreach (var line in markdown.Split('\n').Select(line => line.TrimEnd('\r')))
        {
            var isFence = line.StartsWith("```", StringComparison.Ordinal);
            if (code is not null && isFence)
            {
                writer.WriteCode(code);
                code = null;
            }
            else if (code is not null)
                code.Add(line);
            else if (isFence)
            {
                writer.Flush();
                code = [];
            }
            else
                writer.Read(line);
        }

        writer.Flush();
        if (code is not null)
            writer.WriteCode(code);
    }

    private void Read(string line)
    {
        if (line.StartsWith('#'))
        {
            Flush();

            // The title of the page is the rule's name, which stands above already.
            if (line.StartsWith("##", StringComparison.Ordinal))
                _page.Line($"<h4>{Inline(line.TrimStart('#').Trim())}</h4>");
        }
        else if (line.StartsWith("- ", StringComparison.Ordinal))
        {
            FlushUnless(_items);
            _items.Add(line[2..]);
        }
        else if (line.StartsWith('|'))
        {
            FlushUnless(_rows);
            _rows.Add(line);
        }
        else if (line.Trim().Length == 0)
            Flush();
        else if (_items.Count > 0)
            _items[^1] += " " + line.Trim();
        else
            _paragraph.Add(line.Trim());
    }

    private void FlushUnless(List<string> open)
    {
        if (open.Count == 0)
            Flush();
    }

    private void Flush()
    {
        if (_paragraph.Count > 0)
            _page.Line($"<p>{Inline(string.Join(' ', _paragraph))}</p>");
        if (_items.Count > 0)
            _page.Line($"<ul>{string.Concat(_items.Select(item => $"<li>{Inline(item)}</li>"))}</ul>");
        if (_rows.Count > 0)
            WriteTable();
        _paragraph.Clear();
        _items.Clear();
        _rows.Clear();
    }

    private void WriteTable()
    {
        var rows = _rows.Select(row => row.Trim('|', ' ').Split('|').Select(cell => cell.Trim()).ToArray()).ToList();
        _page.Line($"<div class=\"wide\"><table aria-label=\"Table in the page of the rule\"><thead><tr>{string.Concat(rows[0].Select(cell => $"<th scope=\"col\">{Inline(cell)}</th>"))}</tr></thead><tbody>");
        foreach (var row in rows.Skip(2))
            _page.Line($"<tr>{string.Concat(row.Select(cell => $"<td>{Inline(cell)}</td>"))}</tr>");
        _page.Line("</tbody></table></div>");
    }

    private void WriteCode(List<string> lines) =>
        _page.Line($"<pre class=\"sample\">{string.Join('\n', lines.Select(line => $"<span>{HtmlText.Of(line)}</span>"))}</pre>");

    private string Inline(string text)
    {
        var html = new StringBuilder();
        var from = 0;
        foreach (Match match in Mark().Matches(text))
        {
            html.Append(HtmlText.Of(text[from..match.Index])).Append(MarkOf(match));
            from = match.Index + match.Length;
        }

        return html.Append(HtmlText.Of(text[from..])).ToString();
    }

    private string MarkOf(Match match)
    {
        if (match.Groups["code"] is { Success: true } code)
            return $"<code>{HtmlText.Of(code.Value)}</code>";
        if (match.Groups["bold"] is { Success: true } bold)
            return $"<strong>{HtmlText.Of(bold.Value)}</strong>";

        var (words, target) = (HtmlText.Of(match.Groups["words"].Value), match.Groups["target"].Value);
        if (target.StartsWith("https://", StringComparison.Ordinal))
            return $"<a href=\"{HtmlText.Of(target)}\" rel=\"noreferrer\">{words}</a>";

        var rule = target.EndsWith(".md", StringComparison.Ordinal) ? target[..^3] : "";
        return _rules.Contains(rule) ? $"<a href=\"#{RuleSection.IdOf(rule)}\">{words}</a>" : words;
    }

    [GeneratedRegex(@"`(?<code>[^`]+)`|\*\*(?<bold>[^*]+)\*\*|\[(?<words>[^\[\]]*)\]\((?<target>[^()\s]*)\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Mark();
}
