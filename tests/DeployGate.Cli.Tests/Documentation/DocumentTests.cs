using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

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
    public void Yaml_block_can_be_read_and_gives_the_action_inputs_that_it_has(string file)
    {
        var inputs = ((YamlMappingNode)((YamlMappingNode)Yaml(Repository.Read("action.yml")))["inputs"]).Children.Keys.Select(key => key.ToString()).ToHashSet();
        foreach (var block in Markdown.BlocksOf(Repository.Read(file)).Where(block => block.Language == "yaml"))
        {
            var steps = Yaml(block.Content).AllNodes.OfType<YamlMappingNode>().Where(node => Member(node, "uses")?.ToString().StartsWith("OWNER/deploygate@", StringComparison.Ordinal) == true);
            Assert.All(steps.Select(step => Member(step, "with")).OfType<YamlMappingNode>().SelectMany(with => with.Children.Keys), key => Assert.Contains(key.ToString(), inputs));
        }
    }

    [Fact]
    public void Index_lists_every_document()
    {
        var index = Repository.Read("docs/README.md");
        var documents = Repository.MarkdownFiles().Where(file => file.StartsWith("docs/", StringComparison.Ordinal) && !DecisionFile().IsMatch(file) && file != "docs/README.md");
        Assert.All(documents, file => Assert.Contains($"]({file["docs/".Length..]})", index, StringComparison.Ordinal));
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

    private static YamlNode Yaml(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents[0].RootNode;
    }

    private static YamlNode? Member(YamlMappingNode node, string name) => node.Children.TryGetValue(new YamlScalarNode(name), out var value) ? value : null;

    private static IEnumerable<string> HeadingsOf(string file) => Markdown.WithoutBlocks(File.ReadAllText(file))
        .Where(line => line.StartsWith('#'))
        .Select(line => new string([.. line.TrimStart('#').Trim().ToLowerInvariant().Where(one => char.IsLetterOrDigit(one) || one is ' ' or '-' or '_')]).Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^docs/adr/\d{4}-[a-z0-9-]+\.md$")]
    private static partial Regex DecisionFile();
}
