using DeployGate.Cli.Output;
using DeployGate.Cli.Tests.Documentation;

namespace DeployGate.Cli.Tests.Hosts;

/// <summary>Plain <c>check</c> where a host runs it: the summary of the job comes by itself.</summary>
public sealed class JobSummaryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public JobSummaryTests() => _folder.CopyOf("examples");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void On_GitHub_the_report_is_appended_to_what_other_steps_wrote()
    {
        _folder.Write("summary.md", "before\n");
        var (exit, _, error) = Check(("GITHUB_ACTIONS", "true"), ("GITHUB_STEP_SUMMARY", Path.Combine(_folder.Path, "summary.md")));
        Assert.Equal((1, ""), (exit, error));
        Assert.StartsWith("before\n### DeployGate: the gate is closed\n", _folder.Read("summary.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void On_Azure_Pipelines_the_agent_is_told_a_file_of_its_temporary_folder()
    {
        var (exit, output, error) = Check(("TF_BUILD", "True"), ("AGENT_TEMPDIRECTORY", _folder.Path));
        Assert.Equal((1, ""), (exit, error));
        var command = output.Split('\n').Single(line => line.StartsWith("##vso[task.uploadsummary]", StringComparison.Ordinal));
        Assert.StartsWith("### DeployGate: the gate is closed\n", File.ReadAllText(command["##vso[task.uploadsummary]".Length..]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "missing/summary.md")]
    [InlineData("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "examples")]
    [InlineData("TF_BUILD", "AGENT_TEMPDIRECTORY", "file")]
    public void A_summary_that_cannot_be_written_is_told_and_changes_no_verdict(string host, string name, string path)
    {
        _folder.Write("file", "");
        var (exit, output, error) = Check((host, "true"), (name, Path.Combine(_folder.Path, path)));
        Assert.Equal(1, exit);
        Assert.Contains("gate: CLOSED", output, StringComparison.Ordinal);
        Assert.StartsWith("deploygate: the summary of the job was not written: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Elsewhere_nothing_is_written()
    {
        _ = Check(("GITHUB_STEP_SUMMARY", Path.Combine(_folder.Path, "summary.md")), ("AGENT_TEMPDIRECTORY", _folder.Path));
        Assert.Equal([Path.Combine(_folder.Path, "examples")], Directory.GetFileSystemEntries(_folder.Path));
    }

    private (int Exit, string Output, string Error) Check(params (string Name, string Value)[] environment)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var surroundings = new Surroundings
        {
            Input = TextReader.Null,
            Output = output,
            Error = error,
            WorkingFolder = _folder.Path,
            Environment = environment.ToDictionary(one => one.Name, one => one.Value).GetValueOrDefault,
        };
        var exit = new Application(surroundings).Run(["check", "examples/golden-image", "--state", "examples/golden-image/facts"]);
        return (exit, output.ToString(), error.ToString());
    }
}
