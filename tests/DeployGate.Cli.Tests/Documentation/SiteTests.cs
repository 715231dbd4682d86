using System.Net;
using System.Text.RegularExpressions;
using DeployGate.Core.Rules;
using DeployGate.Site;

namespace DeployGate.Cli.Tests.Documentation;

public sealed partial class SiteTests
{
    private static readonly Dictionary<string, string> s_site = SiteBuilder.Build(Repository.Root).ToDictionary(file => file.Path, file => file.Content, StringComparer.Ordinal);

    public static TheoryData<string> Pages { get; } = [.. s_site.Keys.Where(path => path.EndsWith(".html", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_address_leads_to_a_file_and_anchor_of_the_site(string page)
    {
        foreach (var address in Address().Matches(s_site[page]).Select(match => WebUtility.HtmlDecode(match.Groups["value"].Value)).Where(one => !IsElsewhere(one)))
        {
            var (path, anchor) = address.Split('#') is [var before, var after] ? (before, after) : (address, null);
            var target = path.Length == 0 ? page : Path.GetRelativePath("/", Path.GetFullPath(path, Path.GetDirectoryName("/" + page)!)).Replace('\\', '/');
            Assert.True(s_site.TryGetValue(target, out var content), $"{page}: '{address}' leads nowhere");
            Assert.True(anchor is null || content.Contains($" id=\"{anchor}\"", StringComparison.Ordinal), $"{page}: '{address}' names an anchor that is not there");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Another_host_stands_in_plain_links_only(string page)
    {
        var html = s_site[page];
        Assert.All(Element().Matches(html), element => Assert.True(
            element.Groups["name"].Value == "a" || !Address().Matches(element.Value).Any(match => IsElsewhere(match.Groups["value"].Value)), element.Value));
        Assert.DoesNotMatch("<[^>]*\\s(style|on[a-z]+)=", html);
        Assert.Contains("content=\"default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_has_one_title_and_no_id_twice_and_every_table_heading_has_a_scope(string page)
    {
        var html = s_site[page];
        Assert.Single(Regex.Matches(html, "<h1[ >]"));
        var ids = Regex.Matches(html, " id=\"([^\"]*)\"").Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.DoesNotContain("<th>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<!-- ", html.Replace("&lt;", "<", StringComparison.Ordinal).Replace("<code><!-- ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rule_has_its_page_and_a_line_in_the_index() => Assert.All(RuleCatalog.All, rule =>
    {
        var id = rule.Descriptor.Id;
        Assert.Contains($"<h1 id=\"{id.ToLowerInvariant()}-{rule.Descriptor.Name}\">{id}: {rule.Descriptor.Name}</h1>", s_site[$"policies/rules/{id}.html"], StringComparison.Ordinal);
        Assert.Contains("aria-current=\"true\">Rules</a>", s_site[$"policies/rules/{id}.html"], StringComparison.Ordinal);
        Assert.Contains($"<a href=\"../../policies/rules/{id}.html\">{id}</a></th><td>{rule.Descriptor.Name}</td>", s_site["policies/rules/index.html"], StringComparison.Ordinal);
    });

    [Fact]
    public void Every_document_that_is_linked_is_a_page() => Assert.Empty(Repository.MarkdownFiles()
        .Where(file => file != "packaging/README.md") // the text of the package, which says less than the README
        .Select(SiteSources.PathOf)
        .Except(s_site.Keys));

    [Fact]
    public void Html_in_a_document_stays_text_and_other_schemes_are_no_links()
    {
        const string Hostile = "# A <b>title</b>\n\n<script>alert(1)</script>\n\n[a](javascript:alert(1)) [b](data:text/html,x) [c](http://example.com) ![d](https://example.com/d.png)\n\n[e](../../../etc/passwd)\n";
        var page = MarkdownPage.Read("docs/hostile.md", Hostile, new SiteLinks(Repository.Root, new SiteSources(Repository.Root)));
        Assert.DoesNotMatch("<(script|b|img|a)\\b", page.Body);
        Assert.Contains("&lt;script&gt;", page.Body, StringComparison.Ordinal);
    }

    private static bool IsElsewhere(string address) => address.Contains("://", StringComparison.Ordinal) || address.StartsWith("//", StringComparison.Ordinal);

    [GeneratedRegex(" (href|src|action|data|srcset|poster)=\"(?<value>[^\"]*)\"")]
    private static partial Regex Address();

    [GeneratedRegex("<(?<name>[a-z][a-z0-9]*)[^>]*>")]
    private static partial Regex Element();
}
