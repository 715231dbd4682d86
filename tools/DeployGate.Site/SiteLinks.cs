namespace DeployGate.Site;

/// <summary>
/// Where the links of documents lead on the site: to another page, to a copy of a policy, schema or example, to another host over https, or
/// nowhere. What leads nowhere becomes text.
/// </summary>
internal sealed class SiteLinks(string repository, SiteSources sources)
{
    private static readonly string[] s_copiedFolders = ["policies/", "examples/"];
    private static readonly string[] s_copiedTypes = [".yml", ".json", ".bicep"];

    private readonly SortedSet<string> _copies = new(StringComparer.Ordinal);

    /// <summary>The files of the repository that links lead to, so far.</summary>
    internal IReadOnlyCollection<string> Copies => _copies;

    /// <summary>The address on the site, as seen from the page of a document; null for none.</summary>
    internal string? AddressOf(string document, string link)
    {
        if (link.StartsWith("https://", StringComparison.Ordinal) || link.StartsWith('#'))
            return link;

        var path = RepositoryPathOf(document, link.Split('#')[0]);
        var anchor = link.IndexOf('#') is var at and >= 0 ? link[at..] : "";
        if (path is null)
            return null;
        if (sources.PageOf(path) is { } page)
            return Relative(SiteSources.PathOf(document), page) + anchor;
        if (!IsCopied(path))
            return null;
        _copies.Add(path);
        return Relative(SiteSources.PathOf(document), path);
    }

    /// <summary>The file of the repository that a link names, from its root; null when there is none inside of it.</summary>
    internal string? RepositoryPathOf(string document, string link)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Path.GetFullPath(repository), document))!;
        var relative = Path.GetRelativePath(Path.GetFullPath(repository), Path.GetFullPath(link, folder)).Replace('\\', '/').TrimEnd('/');
        return relative.StartsWith("..", StringComparison.Ordinal) || !Path.Exists(Path.Combine(repository, relative)) ? null : relative;
    }

    /// <summary>The way from one page to another, both from the site's root.</summary>
    internal static string Relative(string from, string to) => RootOf(from) + to;

    /// <summary>The way from a page up to the site's root: empty, or <c>../</c> for each folder.</summary>
    internal static string RootOf(string page) => string.Concat(Enumerable.Repeat("../", page.Count(one => one == '/')));

    private bool IsCopied(string path) =>
        s_copiedFolders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal)) && s_copiedTypes.Contains(Path.GetExtension(path)) && File.Exists(Path.Combine(repository, path));
}
