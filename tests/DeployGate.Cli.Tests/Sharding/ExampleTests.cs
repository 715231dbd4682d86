using System.Globalization;
using DeployGate.Cli.Output;
using DeployGate.Cli.Tests.Documentation;
using YamlDotNet.RepresentationModel;

namespace DeployGate.Cli.Tests.Sharding;

/// <summary>The commands of <c>examples/divided-run</c> are run as the workflow and the pods would run them.</summary>
public sealed class ExampleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ExampleTests() => _folder.CopyOf("examples/golden-image");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_matrix_gives_the_verdict_of_one_run()
    {
        var jobs = Load("github-actions.yml")["jobs"];
        var parts = ((YamlSequenceNode)jobs["part"]["strategy"]["matrix"]["part"]).Select(part => part.ToString()).ToList();
        var check = Command(jobs["part"]);
        foreach (var part in parts)
        {
            Run(check.Replace("${{ matrix.part }}", part, StringComparison.Ordinal), _ => null);
        }

        // The artifacts of all parts, downloaded into one folder.
        Directory.CreateDirectory(Path.Combine(_folder.Path, "parts"));
        foreach (var report in Directory.EnumerateFiles(_folder.Path, "part-*.json").ToList())
        {
            File.Move(report, Path.Combine(_folder.Path, "parts", Path.GetFileName(report)));
        }

        Assert.Equal(parts.Count, Directory.GetFiles(Path.Combine(_folder.Path, "parts")).Length);
        var (exit, _) = Run(Command(jobs["gate"]), _ => null);
        var whole = Repository.Run(_folder.Path, "check", "--report", "json");
        Assert.Equal((whole.Exit, whole.Output), (exit, _folder.Read("deploygate.json")));
    }

    [Fact]
    public void The_indexed_job_gives_the_verdict_of_one_run()
    {
        var spec = Load("kubernetes-parts.yaml")["spec"];
        Assert.Equal("Indexed", spec["completionMode"].ToString());
        var completions = int.Parse(spec["completions"].ToString(), CultureInfo.InvariantCulture);
        using var reports = new TemporaryFolder();
        for (var index = 0; index < completions; index++)
        {
            var number = index.ToString(CultureInfo.InvariantCulture);
            var arguments = Arguments(spec).Replace("$(JOB_COMPLETION_INDEX)", number, StringComparison.Ordinal).Replace("/reports", reports.Path, StringComparison.Ordinal);
            Run(arguments, name => name == "JOB_COMPLETION_INDEX" ? number : null);
        }

        Assert.Equal(completions, Directory.GetFiles(reports.Path, "*.json").Length);
        var (exit, _) = Run(Arguments(Load("kubernetes-merge.yaml")["spec"]).Replace("/reports", reports.Path, StringComparison.Ordinal), _ => null);
        var whole = Repository.Run(_folder.Path, "check", "--report", "html");
        Assert.Equal((whole.Exit, whole.Output), (exit, reports.Read("deploygate.html")));
    }

    private static YamlNode Load(string name)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Repository.Read($"examples/divided-run/{name}")));
        return yaml.Documents.Single().RootNode;
    }

    /// <summary>The command line of the step that runs the tool.</summary>
    private static string Command(YamlNode job) => ((YamlSequenceNode)job["steps"]).OfType<YamlMappingNode>()
        .Select(step => step.Children.TryGetValue("run", out var run) ? run.ToString() : "")
        .Single(run => run.StartsWith("dotnet deploygate ", StringComparison.Ordinal))["dotnet deploygate ".Length..];

    private static string Arguments(YamlNode spec) => string.Join(' ', (YamlSequenceNode)spec["template"]["spec"]["containers"][0]["args"]);

    private (int Exit, string Output) Run(string arguments, Func<string, string?> environment)
    {
        using var output = new StringWriter();
        var surroundings = new Surroundings
        {
            Input = TextReader.Null,
            Output = output,
            Error = output,
            WorkingFolder = _folder.Path,
            Environment = environment,
        };
        return (new Application(surroundings).Run(arguments.Split(' ')), output.ToString());
    }
}
