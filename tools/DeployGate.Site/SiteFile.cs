namespace DeployGate.Site;

/// <summary>A file of the site: its path from the site's root, with forward slashes, and its content.</summary>
internal sealed record SiteFile(string Path, string Content);

/// <summary>A heading of a page with the text below it: for the search, and for the list of what is on the page.</summary>
/// <param name="Level">1 for the page's title.</param>
/// <param name="Anchor">The id of the heading.</param>
/// <param name="Title">The heading as plain text.</param>
/// <param name="Text">What stands below it, up to the next heading, as plain text.</param>
internal sealed record PageSection(int Level, string Anchor, string Title, string Text);

/// <summary>A page before it gets the layout around it.</summary>
/// <param name="Path">From the site's root.</param>
/// <param name="Source">The file of the repository it is made of.</param>
/// <param name="Body">HTML.</param>
/// <param name="Sections">Never empty.</param>
internal sealed record SitePage(string Path, string Source, string Body, IReadOnlyList<PageSection> Sections)
{
    internal string Title => Sections[0].Title;
}
