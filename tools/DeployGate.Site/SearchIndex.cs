using System.Text.Json;

namespace DeployGate.Site;

/// <summary>
/// What the search looks in: a script that hands over a list of sections, each with its address, the page's title, the heading and the text.
/// A script, because a page that is opened from a folder may load one and may not fetch a file.
/// </summary>
internal static class SearchIndex
{
    internal static string Of(IEnumerable<SitePage> pages)
    {
        var sections = pages.SelectMany(page => page.Sections.Select(section => new[]
        {
            section.Level == 1 ? page.Path : $"{page.Path}#{section.Anchor}", page.Title, section.Level == 1 ? "" : section.Title, section.Text,
        }));
        return $"deploygateSearch({JsonSerializer.Serialize(sections)});\n";
    }
}
