using System.Net;

namespace DeployGate.Site;

/// <summary>What stands around every page: head, search, navigation, what is on the page, foot.</summary>
internal static class Layout
{
    // Style and script are files of the site; nothing else is loaded, sent or embedded.
    private const string Policy = "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'";

    internal static string Around(SitePage page, Navigation navigation)
    {
        var root = SiteLinks.RootOf(page.Path);
        var title = WebUtility.HtmlEncode(page.Title);
        return $"""
            <!doctype html>
            <html lang="en" data-root="{root}">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{Policy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <title>{(page.Path == "index.html" ? "DeployGate" : $"{title} - DeployGate")}</title>
            <link rel="stylesheet" href="{root}style.css">
            <script src="{root}site.js" defer></script>
            </head>
            <body class="site">
            <a class="skip" href="#page">To the page</a>
            <header>
            <div class="bar">
            <p class="brand"><a href="{root}index.html">DeployGate</a></p>
            <form id="search" role="search" hidden>
            <label class="seen-not" for="words">Search the documents</label>
            <input id="words" type="search" name="q" placeholder="Search: DG2002, sysprep" autocomplete="off">
            </form>
            </div>
            <section id="found" aria-label="Found" hidden>
            <p role="status"></p>
            <ol></ol>
            </section>
            </header>
            <div class="columns">
            <main id="page" tabindex="-1">
            {Body(page)}</main>
            <nav aria-label="Pages" id="pages">
            {navigation.Html(page)}</nav>
            </div>
            <footer><p>Made of <code>{WebUtility.HtmlEncode(page.Source)}</code> of the repository. This page loads nothing from anywhere else.</p></footer>
            </body>
            </html>

            """;
    }

    // What is on the page stands below its title.
    private static string Body(SitePage page)
    {
        var headings = page.Sections.Where(section => section.Level == 2).ToList();
        var end = page.Body.IndexOf("</h1>\n", StringComparison.Ordinal) + "</h1>\n".Length;
        if (headings.Count < 3)
            return page.Body;

        var items = string.Concat(headings.Select(heading => $"<li><a href=\"#{heading.Anchor}\">{WebUtility.HtmlEncode(heading.Title)}</a></li>\n"));
        return $"{page.Body[..end]}<nav class=\"here\" aria-label=\"On this page\">\n<ul>\n{items}</ul>\n</nav>\n{page.Body[end..]}";
    }
}
