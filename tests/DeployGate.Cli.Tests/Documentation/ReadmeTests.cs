using System.Text.RegularExpressions;

namespace DeployGate.Cli.Tests.Documentation;

public sealed partial class ReadmeTests
{
    [Fact]
    public void Example_of_the_first_screen_holds_what_the_whole_one_says()
    {
        var shown = Markdown.BlocksOf(Repository.Read("README.md")).First(block => block.Language == "json").Content;
        var whole = Squeeze(Repository.Read("examples/golden-image/image.json"));
        Assert.All(shown.Split('"').Where(text => text.Any(char.IsLetter)), text => Assert.Contains($"\"{text}\"", whole, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("check")]
    [InlineData("resolve")]
    [InlineData("explain")]
    [InlineData("rules")]
    [InlineData("record")]
    [InlineData("diagnose")]
    [InlineData("inspect")]
    [InlineData("init")]
    [InlineData("completion")]
    [InlineData("policy")]
    [InlineData("policy test")]
    [InlineData("policy lint")]
    public void Readme_names_every_option_of(string command)
    {
        var (_, help, _) = Repository.Run(Repository.Root, [.. command.Split(' '), "--help"]);
        var readme = Repository.Read("README.md");
        Assert.All(LongOption().Matches(help), option => Assert.Contains($"`{option.Value}", readme, StringComparison.Ordinal));
    }

    [Fact]
    public void Readme_names_no_option_that_is_not_there()
    {
        var help = string.Concat(((string[])["check", "resolve", "record", "diagnose", "inspect", "explain", "rules", "init", "completion"]).Select(command => Repository.Run(Repository.Root, command, "--help").Output));
        var options = Markdown.WithoutBlocks(Repository.Read("README.md"))
            .Where(line => line.StartsWith("| `-", StringComparison.Ordinal))
            .SelectMany(line => LongOption().Matches(line.Split(" | ")[0]))
            .Select(option => option.Value);
        Assert.All(options, option => Assert.Contains(option, help + "--version", StringComparison.Ordinal));
    }

    private static string Squeeze(string text) => text.ReplaceLineEndings(" ");

    [GeneratedRegex("--[a-z][a-z-]+")]
    private static partial Regex LongOption();
}
