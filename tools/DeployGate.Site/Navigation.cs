using System.Globalization;
using System.Net;
using System.Text;

namespace DeployGate.Site;

/// <summary>The groups of pages that stand beside every page.</summary>
internal sealed record Navigation(IReadOnlyList<(string Group, IReadOnlyList<SitePage> Pages)> Groups)
{
    private static readonly string[] s_project = ["CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "docs/adr/README.md"];
    private static readonly string[] s_guides = ["first-gate", "reading-a-verdict", "golden-image-pipeline", "fork-pull-requests", "air-gapped", "writing-a-policy", "alongside-other-tools"];

    /// <summary>Rules and decisions are many: each has an index, which stands here for them.</summary>
    internal static Navigation Of(IReadOnlyList<SitePage> pages) => new(
    [
        ("Start", Pick(pages, page => page.Source is "README.md" or "docs/README.md")),
        ("Guides", [.. Pick(pages, page => page.Source.StartsWith("docs/guides/", StringComparison.Ordinal)).OrderBy(page => Array.IndexOf(s_guides, Path.GetFileNameWithoutExtension(page.Source)))]),
        ("Reference", [.. Pick(pages, page => Path.GetDirectoryName(page.Source) == "docs" && page.Source != "docs/README.md"), .. Pick(pages, page => page.Path is "action/azure-pipelines/index.html" or "policies/index.html" or SiteSources.Rules)]),
        ("Project", Pick(pages, page => s_project.Contains(page.Source))),
    ]);

    internal string Html(SitePage current)
    {
        var html = new StringBuilder();
        foreach (var (group, pages) in Groups)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"group\">{group}</p>\n<ul>\n");
            foreach (var page in pages)
            {
                var mark = page.Path == current.Path ? " aria-current=\"page\"" : IsIndexOf(page, current) ? " aria-current=\"true\"" : "";
                html.Append(CultureInfo.InvariantCulture, $"<li><a href=\"{SiteLinks.Relative(current.Path, page.Path)}\"{mark}>{WebUtility.HtmlEncode(page.Title)}</a></li>\n");
            }

            html.Append("</ul>\n");
        }

        return html.ToString();
    }

    // A rule or a decision is found below its index, which is marked in its place.
    private static bool IsIndexOf(SitePage index, SitePage page) =>
        index.Path is SiteSources.Rules or "docs/adr/index.html" && Path.GetDirectoryName(index.Path) == Path.GetDirectoryName(page.Path);

    private static IReadOnlyList<SitePage> Pick(IReadOnlyList<SitePage> pages, Func<SitePage, bool> isWanted) => [.. pages.Where(isWanted)];
}
