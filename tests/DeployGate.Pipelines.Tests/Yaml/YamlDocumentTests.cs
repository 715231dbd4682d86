using System.Globalization;
using System.Text;
using DeployGate.Core.Text;
using DeployGate.Pipelines.Yaml;
using FsCheck;
using FsCheck.Fluent;

namespace DeployGate.Pipelines.Tests.Yaml;

public class YamlDocumentTests
{
    [Theory]
    [InlineData("a: 1\na: 2", "2:1 the key 'a' is written twice")]
    [InlineData("a: *x", "1:4 the alias '*x' names no anchor before it")]
    [InlineData("a: &x [*x]", "1:8 the alias '*x' names no anchor before it")]
    [InlineData("a: \0", "1:4 the file is not text: it holds a control character")]
    [InlineData("a:\n  b: 1\n\tc: 2", "the file is not valid YAML: a line begins with a tab")]
    [InlineData("a: b: c", "1:5 the file is not valid YAML: while scanning a plain scalar value, found invalid mapping")]
    [InlineData("[a]: 1", "1:1 a key is not a text")]
    [InlineData("a: \"x", "the file is not valid YAML")]
    public void What_is_wrong_with_a_file_is_one_problem(string text, string expected)
    {
        var document = YamlDocument.Read(new SourceText("a.yml", text));
        Assert.Null(document.Root);
        var problem = document.Problem!;
        Assert.Contains(expected, $"{problem.At.Start.Line}:{problem.At.Start.Column} {problem.Message}", StringComparison.Ordinal);
        Assert.NotEmpty(problem.Fix);
    }

    [Fact]
    public void An_alias_is_the_node_of_its_anchor_and_only_the_first_document_counts()
    {
        var root = (YamlMapping)YamlDocument.Read(new SourceText("a.yml", "a: &x {b: 1}\nc: *x\n---\nd: [")).Root!;
        Assert.Same(root["a"], root["c"]);
    }

    [Fact]
    public void Aliases_of_aliases_end_at_the_bound()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 30; i++)
        {
            bomb.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        Assert.Equal("aliases make the YAML larger than 1000000 nodes", YamlDocument.Read(new SourceText("a.yml", bomb.ToString())).Problem!.Message);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    public void Deep_nesting_ends_at_the_bound(string opening)
    {
        var problem = YamlDocument.Read(new SourceText("a.yml", string.Concat(Enumerable.Repeat(opening, 5000)))).Problem!;
        Assert.Equal("the YAML nests deeper than 100 levels", problem.Message);
    }

    [Fact]
    public void Any_text_is_read_without_an_exception_and_every_scalar_maps_back()
    {
        var piece = Gen.Elements("a", ": ", "- ", "\n", "\r\n", "  ", "|", ">", "'", "\"", "\\", "#", "&x ", "*x", "{", "}", "[", "]", ",", "${{ x }}", "\t", "?", "!", "%", "@", "\u0085", "\ud800", "-\n", "---\n");
        var text = Gen.ListOf(piece).Select(pieces => string.Concat(pieces));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(60), Prop.ForAll(text.ToArbitrary(), content => Visit(YamlDocument.Read(new SourceText("a.yml", content)).Root)));
    }

    private static bool Visit(YamlNode? node) => node switch
    {
        YamlScalar scalar => scalar.Text.Content == scalar.Value && scalar.Text.ToScript().Content == scalar.Value,
        YamlSequence list => list.Items.All(Visit),
        YamlMapping map => map.Entries.All(entry => Visit(entry.Key) && Visit(entry.Value)),
        _ => true,
    };
}
