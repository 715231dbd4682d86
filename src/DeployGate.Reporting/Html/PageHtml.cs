using System.Collections.Immutable;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace DeployGate.Reporting.Html;

/// <summary>
/// A rule's page as HTML. Markdig reads the Markdown; what is written stays ours, so that every value is escaped in one place, links lead to
/// https or to a rule of the same document, and no element is there that the report does not have. HTML in a page is text.
/// </summary>
/// <seealso href="https://spec.commonmark.org/"/>
internal sealed class PageHtml
{
    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();

    private readonly ImmutableHashSet<string> _rules;

    private PageHtml(ImmutableHashSet<string> rules) => _rules = rules;

    /// <summary>Writes a page below the heading of its rule; links to pages of <paramref name="rules"/> stay in the document.</summary>
    internal static void Write(HtmlPage page, string markdown, ImmutableHashSet<string> rules)
    {
        var writer = new PageHtml(rules);
        foreach (var html in Markdig.Markdown.Parse(markdown, s_pipeline).Select(writer.Of).Where(html => html.Length > 0))
            page.Line(html);
    }

    private string Of(Block block) => block switch
    {
        // The title of the page is the rule's name, which stands above already.
        HeadingBlock { Level: 1 } => "",
        HeadingBlock heading => $"<h4>{Of(heading.Inline)}</h4>",
        ParagraphBlock paragraph => $"<p>{Of(paragraph.Inline)}</p>",
        CodeBlock code => OfCode(code),
        ListBlock { IsOrdered: true } list => $"<ol>{ItemsOf(list)}</ol>",
        ListBlock list => $"<ul>{ItemsOf(list)}</ul>",
        Table table => OfTable(table),
        ContainerBlock other => string.Concat(other.Select(Of)),
        _ => "",
    };

    private string ItemsOf(ListBlock list) => string.Concat(list.OfType<ListItemBlock>().Select(item =>
        $"<li>{string.Concat(item.Select(block => block is ParagraphBlock paragraph && !list.IsLoose ? Of(paragraph.Inline) : Of(block)))}</li>"));

    private static string OfCode(CodeBlock code) =>
        $"<pre class=\"sample\">{string.Join('\n', code.Lines.ToString().Split('\n').Select(line => $"<span>{HtmlText.Of(line)}</span>"))}</pre>";

    private string OfTable(Table table)
    {
        var rows = table.OfType<TableRow>().ToLookup(row => row.IsHeader, row => row.OfType<TableCell>().Select(OfCell).ToList());
        var head = string.Concat(rows[true].SelectMany(row => row).Select(cell => $"<th scope=\"col\">{cell}</th>"));
        var body = string.Concat(rows[false].Select(row => $"<tr>{string.Concat(row.Select(cell => $"<td>{cell}</td>"))}</tr>\n"));
        return $"<div class=\"wide\"><table aria-label=\"Table in the page of the rule\"><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table></div>";
    }

    private string OfCell(TableCell cell) => string.Join(' ', cell.OfType<LeafBlock>().Select(leaf => Of(leaf.Inline)));

    private string Of(ContainerInline? inline) => inline is null ? "" : string.Concat(inline.Select(Of));

    private string Of(Inline inline) => inline switch
    {
        LiteralInline literal => HtmlText.Of(literal.Content.ToString()),
        CodeInline code => $"<code>{HtmlText.Of(code.Content)}</code>",
        LineBreakInline => " ",
        HtmlEntityInline entity => HtmlText.Of(entity.Transcoded.ToString()),
        EmphasisInline { DelimiterCount: 2 } strong => $"<strong>{Of((ContainerInline)strong)}</strong>",
        LinkInline { IsImage: false } link => OfLink(link.Url ?? "", Of((ContainerInline)link)),
        AutolinkInline { IsEmail: false } link => OfLink(link.Url, HtmlText.Of(link.Url)),
        ContainerInline other => Of(other),
        _ => "",
    };

    private string OfLink(string target, string words)
    {
        if (target.StartsWith("https://", StringComparison.Ordinal))
            return $"<a href=\"{HtmlText.Of(target)}\" rel=\"noreferrer\">{words}</a>";

        var rule = target.EndsWith(".md", StringComparison.Ordinal) ? target[..^3] : "";
        return _rules.Contains(rule) ? $"<a href=\"#{RuleSection.IdOf(rule)}\">{words}</a>" : words;
    }
}
