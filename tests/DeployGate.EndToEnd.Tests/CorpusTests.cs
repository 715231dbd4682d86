using System.Text.Json.Nodes;

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

    /// <summary>
    /// Every finding in public templates and pipelines, without facts, below a sentence that says why findings of its kind are true. A finding that
    /// no sentence covers fails, and so does one that comes or goes. DEPLOYGATE_UPDATE_GOLDEN=1 rewrites the places, never the sentences.
    /// </summary>
    [Fact]
    public void Every_finding_in_public_templates_is_known_and_true()
    {
        Assert.SkipWhen(Corpus is null, "the corpus of public templates does not lie beside the repository");
        var run = Tool.Run(Path.GetDirectoryName(Corpus)!, ["check", ".", "--report", "json"]);
        var findings = JsonNode.Parse(run.Output)!["findings"]!.AsArray();
        Assert.DoesNotContain(findings, finding => KindOf(finding!) is null);
        var text = string.Join("\n", s_kinds.Select(kind => $"# {kind.Rule}: {kind.WhyTrue}\n" + string.Concat(findings.Where(finding => KindOf(finding!) == kind).Select(Place).Distinct().Order(StringComparer.Ordinal))));
        var file = Path.Combine(Tool.Root, "tests", "DeployGate.EndToEnd.Tests", "corpus-findings.txt");
        if (Environment.GetEnvironmentVariable("DEPLOYGATE_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(file, text);
        }

        output.WriteLine($"{findings.Count} findings of {s_kinds.Length} kinds");
        Assert.Equal(File.ReadAllText(file), text);
    }

    private static readonly Kind[] s_kinds =
    [
        new("DG3002", "Marketplace image", "The machine is created from a Marketplace image, which is Generalized, and the template gives no osProfile: Azure asks for one. These are fragments of tests for other rules."),
        new("DG7001", "", "The image is the latest version, by 'latest' or by a definition's id, and no automatic upgrade of a scale set asks for it: a note."),
        new("DG9001", "has no value", "The image is a parameter without a default, and no parameter file comes with it: which image it is is not known."),
        new("DG9001", "was not inspected", "The source is a VHD that nobody inspected: nothing tells whether its guest was prepared."),
        new("DG9001", "nothing is known of", "The source is a resource or placeholder that no template declares and no facts describe."),
        new("DG9001", "is known when it runs", "The image is what a command of the pipeline prints."),
        new("DG9001", "not an object of a known form", "The image reference is no object: which image is meant cannot be told."),
        new("DG9002", "it is another value each time", "The definition's name holds the time of the deployment."),
        new("DG9002", "nothing is known of", "The definition is a placeholder that no template declares and no facts describe: its osState is not known."),
    ];

    private static Kind? KindOf(JsonNode finding) => Array.Find(s_kinds, kind => (string?)finding["rule"] == kind.Rule && $"{finding["message"]} {finding["why"]}".Contains(kind.Words, StringComparison.Ordinal));

    private static string Place(JsonNode? finding) => $"{finding!["location"]!["file"]}:{finding["location"]!["line"]}\n";

    private sealed record Kind(string Rule, string Words, string WhyTrue);
}
