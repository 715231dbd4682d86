namespace DeployGate.Site;

/// <summary>Makes a static site of the repository's documents. Nothing is fetched, and nothing but the repository is read.</summary>
internal static class SiteBuilder
{
    /// <summary>All files of the site.</summary>
    /// <param name="repository">The repository's root.</param>
    internal static IReadOnlyList<SiteFile> Build(string repository)
    {
        var sources = new SiteSources(repository);
        var links = new SiteLinks(repository, sources);
        var pages = sources.Documents.Select(source => MarkdownPage.Read(source, sources.Read(source), links)).Append(RuleIndex.Page()).ToList();
        var navigation = Navigation.Of(pages);
        return
        [
            .. pages.Select(page => new SiteFile(page.Path, Layout.Around(page, navigation))),
            .. links.Copies.Select(path => new SiteFile(path, sources.Read(path))),
            new SiteFile("style.css", Asset("report.css") + Asset("site.css")),
            new SiteFile("site.js", Asset("site.js")),
            new SiteFile("search-index.js", SearchIndex.Of(pages)),
        ];
    }

    private static string Asset(string name)
    {
        using var reader = new StreamReader(typeof(SiteBuilder).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
