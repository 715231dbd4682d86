using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace DeployGate.Site;

/// <summary>A Markdown document as a page. HTML in it stays text; the comments that mark a block for the tests are left out.</summary>
/// <seealso href="https://spec.commonmark.org/"/>
internal static partial class MarkdownPage
{
    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseAutoIdentifiers(AutoIdentifierOptions.GitHub)
        .DisableHtml()
        .Build();

    internal static SitePage Read(string source, string text, SiteLinks links)
    {
        var document = Markdown.Parse(Marker().Replace(text, ""), s_pipeline);
        foreach (var link in document.Descendants<LinkInline>().ToList())
            Lead(link, source, links);
        foreach (var cell in document.Descendants<TableRow>().Where(row => row.IsHeader).SelectMany(row => row))
            cell.GetAttributes().AddProperty("scope", "col");
        return new SitePage(SiteSources.PathOf(source), source, Html(document), SectionsOf(document));
    }

    private static void Lead(LinkInline link, string source, SiteLinks links)
    {
        var written = link.Url ?? "";
        if (!link.IsImage && links.AddressOf(source, written) is { } address)
        {
            link.Url = address;
            if (address.StartsWith("https://", StringComparison.Ordinal))
                link.GetAttributes().AddProperty("rel", "noreferrer");
            return;
        }

        // A file that the site does not hold: its words stay, and its path where they do not say it.
        var words = PlainText.Of(link);
        var path = links.RepositoryPathOf(source, written) ?? written;
        link.ReplaceBy(new LiteralInline(words.Contains(Path.GetFileName(path), StringComparison.Ordinal) ? words : $"{words} ({path})"), copyChildren: false);
    }

    private static string Html(MarkdownDocument document)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var renderer = new HtmlRenderer(writer);
        s_pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<HtmlTableRenderer>(new WideTable());
        renderer.Render(document);
        return writer.ToString();
    }

    private static List<PageSection> SectionsOf(MarkdownDocument document)
    {
        var sections = new List<PageSection>();
        foreach (var block in document)
        {
            if (block is HeadingBlock heading)
                sections.Add(new PageSection(heading.Level, heading.GetAttributes().Id ?? "", PlainText.Of(heading), ""));
            else if (sections.Count > 0 && PlainText.Of(block) is { Length: > 0 } text)
                sections[^1] = sections[^1] with { Text = $"{sections[^1].Text} {text}".Trim() };
        }

        return sections;
    }

    [GeneratedRegex("^<!-- (file|output): [^\n]+ -->\n", RegexOptions.Multiline)]
    private static partial Regex Marker();

    /// <summary>A table that can be scrolled where the screen is narrow.</summary>
    private sealed class WideTable : HtmlTableRenderer
    {
        protected override void Write(HtmlRenderer renderer, Table table)
        {
            renderer.EnsureLine();
            renderer.WriteLine("<div class=\"wide\" role=\"region\" aria-label=\"Table\" tabindex=\"0\">");
            base.Write(renderer, table);
            renderer.WriteLine("</div>");
        }
    }
}
