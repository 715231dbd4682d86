namespace DeployGate.EndToEnd.Tests;

/// <summary>Public templates that lie beside the repository, where they do: none of them may find a defect of the tool.</summary>
public class CorpusTests(ITestOutputHelper output)
{
    private static string? Corpus
    {
        get
        {
            var folder = Path.Combine(Path.GetDirectoryName(Tool.Root)!, "shared", "corpus", "templates");
            return Directory.Exists(folder) ? folder : null;
        }
    }

    [Theory]
    [InlineData("resolve", ".", "--summary")]
    [InlineData("check", ".", "--quiet")]
    public void Every_public_template_is_read_without_a_defect(params string[] arguments)
    {
        Assert.SkipWhen(Corpus is null, "the corpus of public templates does not lie beside the repository");
        var run = Tool.Run(Corpus, arguments);
        output.WriteLine(run.Error.Length > 0 ? string.Join('\n', run.Error.TrimEnd().Split('\n').TakeLast(11)) : run.Output.TrimEnd().Split('\n')[^1]);
        Assert.InRange(run.ExitCode, 0, 4);
        Assert.DoesNotContain("a defect of the tool", run.Error, StringComparison.Ordinal);
    }
}
