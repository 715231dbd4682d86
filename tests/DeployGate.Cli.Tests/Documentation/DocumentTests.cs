using System.Text.Json;
using System.Text.RegularExpressions;

namespace DeployGate.Cli.Tests.Documentation;

public sealed partial class DocumentTests
{
    private static readonly string[] s_decisionSections = ["Context", "Decision", "Consequences"];

    public static TheoryData<string> Files { get; } = [.. Repository.MarkdownFiles()];

    public static TheoryData<string> Decisions { get; } = [.. Repository.MarkdownFiles().Where(file => DecisionFile().IsMatch(file))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Json_block_is_an_object(string file)
    {
        foreach (var block in Markdown.BlocksOf(Repository.Read(file)).Where(block => block.Language == "json"))
        {
            using var document = JsonDocument.Parse(block.Content);
            Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Link_leads_to_a_file_or_heading(string file)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, file))!;
        var links = Markdown.WithoutBlocks(Repository.Read(file)).SelectMany(line => Link().Matches(line)).Select(match => match.Groups["target"].Value);
        foreach (var link in links.Where(link => !link.StartsWith("https://", StringComparison.Ordinal)))
        {
            var (path, heading) = link.Split('#') is [var before, var after] ? (before, after) : (link, null);
            var target = path.Length == 0 ? Path.Combine(Repository.Root, file) : Path.GetFullPath(path, folder);
            Assert.True(Path.Exists(target), $"{file}: '{link}' leads nowhere");
            Assert.True(heading is null || HeadingsOf(target).Contains(heading), $"{file}: '{link}' names a heading that is not there");
        }
    }

    [Fact]
    public void Decision_numbers_are_unique_and_have_no_gap() => Assert.Equal(
        Enumerable.Range(1, Decisions.Count).Select(number => $"{number:0000}"),
        Decisions.Select(row => Path.GetFileName(row.Data)[..4]));

    [Theory]
    [MemberData(nameof(Decisions))]
    public void Decision_has_status_date_and_sections(string file)
    {
        var text = Repository.Read(file);
        var lines = text.Split('\n');
        Assert.StartsWith($"# {Path.GetFileName(file)[..4]}: ", lines[0], StringComparison.Ordinal);
        Assert.Matches("^- Status: (proposed|accepted|replaced by \\[\\d{4}\\])", lines[2]);
        Assert.Matches("^- Date: \\d{4}-\\d{2}-\\d{2}$", lines[3]);
        Assert.Equal(s_decisionSections, Markdown.SectionsOf(text));
    }

    [Theory]
    [MemberData(nameof(Decisions))]
    public void Index_lists_the_decision_with_its_title(string file)
    {
        var name = Path.GetFileName(file);
        var title = Repository.Read(file).Split('\n')[0][8..];
        Assert.Contains($"| [{name[..4]}]({name}) | {title} |\n", Repository.Read("docs/adr/README.md"), StringComparison.Ordinal);
    }

    private static IEnumerable<string> HeadingsOf(string file) => Markdown.WithoutBlocks(File.ReadAllText(file))
        .Where(line => line.StartsWith('#'))
        .Select(line => line.TrimStart('#').Trim().ToLowerInvariant().Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^docs/adr/\d{4}-[a-z0-9-]+\.md$")]
    private static partial Regex DecisionFile();
}
