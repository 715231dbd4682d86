using System.Text.RegularExpressions;
using DeployGate.Cli.Hosts;
using DeployGate.Cli.Output;
using DeployGate.Cli.Tests.Documentation;

namespace DeployGate.Cli.Tests.Hosts;

public sealed partial class ActionTests
{
    private const string Image = "examples/golden-image";

    [Fact]
    public void Inputs_of_action_yml_are_those_the_entry_reads_and_the_guide_explains()
    {
        var read = ActionInput.All.Select(input => input.Name).ToList();
        Assert.Equal(read, NamesIn("inputs"));
        Assert.Equal(read, RowsOf("## Inputs"));
    }

    [Fact]
    public void Outputs_of_action_yml_are_those_the_entry_writes_and_the_guide_explains()
    {
        Assert.Equal(["verdict", "findings", "blocked", "undecided", "report", "sarif"], NamesIn("outputs"));
        Assert.Equal(NamesIn("outputs"), RowsOf("## Outputs"));
        using var runner = new Runner();
        runner.Run(("paths", Image));
        Assert.Equal(NamesIn("outputs"), runner.Outputs().Keys);
    }

    [Fact]
    public void Every_option_of_check_is_an_input_unless_it_makes_no_sense_there()
    {
        var (_, help, _) = Repository.Run(Repository.Root, "check", "--help");

        // A baseline and fixes are written by people, the container holds no Git, and a part has no verdict to comment on.
        var options = LongOption().Matches(help).Select(match => match.Value[2..]).Distinct().Except(["help", "no-color", "write-baseline", "changed-since", "fix", "shard"]);
        Assert.Subset(ActionInput.All.Select(input => input.Name).ToHashSet(), options.ToHashSet());
    }

    [Fact]
    public void A_closed_gate_fails_the_step_with_annotations_outputs_and_a_summary()
    {
        using var runner = new Runner();
        var (exit, output, error) = runner.Run(("paths", Image), ("state", Image + "/facts"), ("report", "text\njson=report.json\nsarif=gate.sarif\n"), ("quiet", "false"));
        Assert.Equal((1, ""), (exit, error));
        Assert.Contains($"\n::error file={Image}/image.json,line=8,", output, StringComparison.Ordinal);
        var outputs = runner.Outputs();
        Assert.Equal(("closed", "1", "1", "0", "report.json", "gate.sarif"), (outputs["verdict"], outputs["findings"], outputs["blocked"], outputs["undecided"], outputs["report"], outputs["sarif"]));
        Assert.True(File.Exists(Path.Combine(runner.Folder, "gate.sarif")));
        Assert.EndsWith("\nThe full report: `report.json`.\n\nDeployGate `" + ToolVersion.Number + "`\n\n", runner.Summary, StringComparison.Ordinal);
        Assert.StartsWith("### DeployGate: the gate is closed\n\n**1 error, 0 warnings.** Checked 1 template, 0 pipelines, 1 use: 1 blocked, 0 warned, 0 allowed, 0 undecided.\n\n#### Findings\n\n##### `examples/golden-image/image.json`\n\n**error `DG2002`** ", runner.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_is_a_value_and_never_an_option()
    {
        using var runner = new Runner();
        var (exit, _, _) = runner.Run(("paths", "--on-unknown=fail"), ("location", "--help"));
        Assert.Equal(3, exit);
        Assert.Equal("incomplete", runner.Outputs()["verdict"]);
    }

    [Fact]
    public void A_switch_that_is_neither_true_nor_false_is_refused()
    {
        using var runner = new Runner();
        var (exit, _, error) = runner.Run(("offline", "yes"));
        Assert.Equal((2, "deploygate: input offline: 'yes': write true or false\n"), (exit, error.ReplaceLineEndings("\n")));
    }

    [Fact]
    public void A_hostile_name_stays_inside_its_output_and_its_line_of_the_summary()
    {
        using var runner = new Runner();
        var template = Repository.Read("examples/golden-image/image.json").Replace("vm-build", "vm`\\n</details>@octocat ![x](https://e.test/x)", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(runner.Folder, "bad.json"), template);
        runner.Run(("paths", "bad.json"), ("report", "json=a\nverdict=open"), ("on-unknown", "fail"));
        Assert.All(runner.Summary.Split('\n'), line => Assert.True(line.Length == 0 || line.StartsWith("- ", StringComparison.Ordinal) || line.StartsWith("  - Fix: `", StringComparison.Ordinal) || line.StartsWith("### ", StringComparison.Ordinal) || line.Contains(" uses of images: ", StringComparison.Ordinal), line));
        Assert.DoesNotContain("</details>", CodeSpan().Replace(runner.Summary, ""), StringComparison.Ordinal);
    }

    [Fact]
    public void A_runners_file_that_cannot_be_written_is_said()
    {
        using var runner = new Runner();
        Directory.CreateDirectory(runner.OutputFile);
        var (exit, _, error) = runner.Run(("paths", Image));
        Assert.Equal(2, exit);
        Assert.Contains($"the runner's file '{runner.OutputFile}' was not written: ", error, StringComparison.Ordinal);
    }

    private static List<string> NamesIn(string section)
    {
        var lines = Repository.Read("action.yml").Split('\n');
        return [.. lines.SkipWhile(line => line != section + ":").Skip(1).TakeWhile(line => line.Length == 0 || line[0] == ' ')
            .Select(line => Key().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value)];
    }

    private static List<string> RowsOf(string heading) =>
        [.. Repository.Read("docs/github-action.md").Split('\n').SkipWhile(line => line != heading).Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1])];

    [GeneratedRegex("^  ([a-z-]+):$")]
    private static partial Regex Key();

    [GeneratedRegex("--[a-z][a-z-]+")]
    private static partial Regex LongOption();

    [GeneratedRegex("(`+).+?\\1(?!`)")]
    private static partial Regex CodeSpan();
}

/// <summary>A step of GitHub Actions: its workspace, its files and its environment.</summary>
internal sealed class Runner : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment;

    internal Runner()
    {
        _folder.CopyOf("examples");
        File.WriteAllText(Path.Combine(Folder, ".summary"), "");
        _environment = new Dictionary<string, string>
        {
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_WORKSPACE"] = Folder,
            ["GITHUB_OUTPUT"] = OutputFile,
            ["GITHUB_STEP_SUMMARY"] = Path.Combine(Folder, ".summary"),
            ["GITHUB_REPOSITORY"] = "contoso/images",
            ["GITHUB_EVENT_NAME"] = "pull_request",
            ["GITHUB_EVENT_PATH"] = Path.Combine(Folder, ".event"),
        };
        File.WriteAllText(Path.Combine(Folder, ".event"), """{ "action": "synchronize", "pull_request": { "number": 7 } }""");
    }

    internal string Folder => _folder.Path;

    internal string OutputFile => Path.Combine(Folder, ".output");

    internal string Summary => File.ReadAllText(Path.Combine(Folder, ".summary"));

    internal Runner With(string name, string value)
    {
        _environment[name] = value;
        return this;
    }

    internal (int Exit, string Output, string Error) Run(params (string Name, string Value)[] inputs)
    {
        foreach (var (name, value) in inputs)
        {
            _environment["INPUT_" + name.ToUpperInvariant()] = value;
        }

        using var output = new StringWriter();
        using var error = new StringWriter();
        var surroundings = new Surroundings
        {
            Input = new StringReader(""),
            Output = output,
            Error = error,
            WorkingFolder = Folder,
            Environment = _environment.GetValueOrDefault,
        };
        return (new Application(surroundings).Run(["action"]), output.ToString(), error.ToString());
    }

    /// <summary>The outputs, read as the runner reads them.</summary>
    internal Dictionary<string, string> Outputs()
    {
        var outputs = new Dictionary<string, string>();
        var lines = new Queue<string>(File.ReadAllText(OutputFile).Split('\n'));
        while (lines.TryDequeue(out var line) && line.Length > 0)
        {
            var (name, delimiter) = line.Split("<<") is [var before, var after] ? (before, after) : throw new InvalidOperationException(line);
            var value = new List<string>();
            while (lines.Dequeue() is var next && next != delimiter)
            {
                value.Add(next);
            }

            outputs[name] = string.Join('\n', value);
        }

        return outputs;
    }

    public void Dispose() => _folder.Dispose();
}
