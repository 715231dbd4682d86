using System.Text.RegularExpressions;
using DeployGate.TestKit.Disks;

namespace DeployGate.Cli.Tests.Documentation;

public sealed partial class ReadmeTests
{
    private const string OwnCommand = "dotnet run --project src/DeployGate.Cli -- ";

    private static readonly string[] s_dotnetCommands = ["build", "test", "pack", "new", "tool", "deploygate", "run"];

    /// <summary>The blocks of command lines in the documents: those of one block are run one after the other in one folder.</summary>
    public static TheoryData<string> CommandBlocks { get; } =
    [
        .. Repository.MarkdownFiles()
            .Where(file => !file.StartsWith("policies/rules/", StringComparison.Ordinal)) // what is typed inside of a guest
            .SelectMany(file => Markdown.BlocksOf(Repository.Read(file)))
            .Where(block => block.Language == "sh")
            .Select(block => block.Content.TrimEnd('\n'))
            .Distinct(),
    ];

    public static TheoryData<string> Outputs { get; } = [.. OutputBlock().Matches(Repository.Read("README.md")).Select(match => match.Groups["arguments"].Value)];

    [Fact]
    public void Readme_shows_an_output_that_is_checked() => Assert.NotEmpty(Outputs);

    /// <summary><c>DEPLOYGATE_UPDATE_GOLDEN=1</c> writes what the tool prints now into the README.</summary>
    [Theory]
    [MemberData(nameof(Outputs))]
    public void Output_is_what_the_tool_prints(string arguments)
    {
        var readme = Repository.Read("README.md");
        var shown = OutputBlock().Matches(readme).Single(match => match.Groups["arguments"].Value == arguments).Groups["output"];
        var (_, output, error) = Repository.Run(Repository.Root, arguments.Split(' '));
        Assert.Empty(error);
        output = WithTypicalTime(output);
        if (Environment.GetEnvironmentVariable("DEPLOYGATE_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(Path.Combine(Repository.Root, "README.md"), readme[..shown.Index] + output + readme[(shown.Index + shown.Length)..]);
            return;
        }

        Assert.Equal(output, shown.Value);
    }

    // The one thing in an output that differs from run to run.
    private static string WithTypicalTime(string output) => Duration().Replace(output, "(in 0.2 s)");

    [Fact]
    public void Example_of_the_first_screen_holds_what_the_whole_one_says()
    {
        var shown = Markdown.BlocksOf(Repository.Read("README.md")).First(block => block.Language == "json").Content;
        var whole = Squeeze(Repository.Read("examples/golden-image/image.json"));
        Assert.All(shown.Split('"').Where(text => text.Any(char.IsLetter)), text => Assert.Contains($"\"{text}\"", whole, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(CommandBlocks))]
    public void Command_lines_are_understood(string block)
    {
        using var folder = new TemporaryFolder();
        folder.CopyOf("examples");
        folder.CopyOf("policies");
        DiskBuilder.FixedVhd(WindowsGuest.InUse.Disk()).SaveAs(Path.Combine(folder.Path, "win2022.vhd"));
        foreach (var line in block.Split('\n'))
        {
            Understood(folder, line.Split(" | ")[0]);
        }
    }

    private static void Understood(TemporaryFolder folder, string line)
    {
        var words = line.StartsWith(OwnCommand, StringComparison.Ordinal) ? ["deploygate", .. line[OwnCommand.Length..].Split(' ')] : line.Split(' ');
        if (words[0] == "dotnet")
        {
            Assert.Contains(words[1], s_dotnetCommands);
            return;
        }

        Assert.Equal("deploygate", words[0]);
        var (exit, _, error) = Repository.Run(folder.Path, words[1..]);
        Assert.True(exit is ExitCodes.Open or ExitCodes.Closed, $"{line}: exit {exit}: {error}");
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

    [GeneratedRegex(@"\(in [^)]+\)$", RegexOptions.Multiline)]
    private static partial Regex Duration();

    [GeneratedRegex("<!-- output: (?<arguments>.+?) -->\n```text\n(?<output>.*?)```\n<!-- /output -->", RegexOptions.Singleline)]
    private static partial Regex OutputBlock();

    [GeneratedRegex("--[a-z][a-z-]+")]
    private static partial Regex LongOption();
}
