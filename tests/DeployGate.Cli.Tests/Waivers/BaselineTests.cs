using System.Text.Json.Nodes;
using DeployGate.Cli.Tests.Documentation;

namespace DeployGate.Cli.Tests.Waivers;

public sealed class BaselineTests
{
    [Fact]
    public void What_was_there_is_accepted_and_what_is_new_closes_the_gate()
    {
        using var folder = new TemporaryFolder();
        folder.Write("image.bicep", SpecializedImage.Bicep());
        Assert.Equal(0, Repository.Run(folder.Path, "check", "--write-baseline", "baseline.json").Exit);
        Assert.Equal(0, Repository.Run(folder.Path, "check", "--baseline", "baseline.json").Exit);

        folder.Write("new.bicep", SpecializedImage.Bicep("new"));
        var (exit, output, _) = Repository.Run(folder.Path, "check", "--baseline", "baseline.json", "--report", "json");
        Assert.Equal(1, exit);
        var findings = JsonNode.Parse(output)!["findings"]!.AsArray();
        Assert.Equal("new.bicep", (string?)findings[0]!["location"]!["file"]);
        Assert.Null(findings[0]!["suppressed"]);
        Assert.Equal("baseline", (string?)findings[1]!["suppressed"]!["kind"]);
    }

    [Theory]
    [InlineData("moved lines")]
    [InlineData("reformatted")]
    [InlineData("folder renamed")]
    public void A_baseline_outlives(string change)
    {
        using var folder = new TemporaryFolder();
        folder.Write("infra/image.bicep", SpecializedImage.Bicep());
        Repository.Run(folder.Path, "check", "--write-baseline", "baseline.json");
        File.Delete(Path.Combine(folder.Path, "infra", "image.bicep"));
        folder.Write(change == "folder renamed" ? "deploy/azure/image.bicep" : "infra/image.bicep", change switch
        {
            "moved lines" => SpecializedImage.Bicep(before: "// a\n// b\nparam unused string = 'x'\n\n"),
            "reformatted" => SpecializedImage.Bicep().Replace("\n", "\r\n", StringComparison.Ordinal).Replace("  ", "\t", StringComparison.Ordinal),
            _ => SpecializedImage.Bicep(),
        });
        var (exit, output, _) = Repository.Run(folder.Path, "check", "--baseline", "baseline.json");
        Assert.Equal(0, exit);
        Assert.Contains("1 accepted", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_that_are_alike_one_entry_accepts_one_and_the_other_is_the_new_one()
    {
        using var folder = new TemporaryFolder();
        folder.Write("prod/image.bicep", SpecializedImage.Bicep());
        Repository.Run(folder.Path, "check", "--write-baseline", "baseline.json");
        folder.Write("dev/image.bicep", SpecializedImage.Bicep());
        var (exit, output, _) = Repository.Run(folder.Path, "check", "--baseline", "baseline.json");
        Assert.Equal(1, exit);
        Assert.Contains("--> dev/image.bicep", output, StringComparison.Ordinal);
        Assert.DoesNotContain("--> prod/image.bicep", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_waived_finding_needs_no_entry_and_an_expired_waiver_gets_none()
    {
        using var folder = new TemporaryFolder();
        folder.Write("image.bicep", SpecializedImage.Bicep(onLine: " // deploygate: ignore DG2004 -- lab"));
        folder.Write("old.bicep", SpecializedImage.Bicep("old", onLine: " // deploygate: ignore DG2004 until 2020-01-01 -- lab"));
        Assert.Equal(0, Repository.Run(folder.Path, "check", "--write-baseline", "baseline.json").Exit);
        var entry = Assert.Single(JsonNode.Parse(File.ReadAllText(Path.Combine(folder.Path, "baseline.json")))!["findings"]!.AsArray());
        Assert.Equal(("DG2004", "old.bicep"), ((string?)entry!["rule"], (string?)entry["file"]));
    }

    [Theory]
    [InlineData("not json", "it is not JSON: line 1, column 2")]
    [InlineData("{}", "it is no baseline: it needs \"schema\": \"deploygate-baseline/v1\" and \"findings\"")]
    [InlineData("[]", "it is no baseline")]
    [InlineData("""{ "schema": "deploygate-baseline/v1", "findings": [ 1 ] }""", "a finding of it has no fingerprint")]
    public void A_baseline_that_cannot_be_read_is_told_before_anything_is_checked(string text, string reason)
    {
        using var folder = new TemporaryFolder();
        folder.Write("baseline.json", text);
        var (exit, output, error) = Repository.Run(folder.Path, "check", "--baseline", "baseline.json");
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains($"the baseline 'baseline.json' was not read: {reason}", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_baseline_that_is_not_there_is_told()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(2, Repository.Run(folder.Path, "check", "--baseline", "gone.json").Exit);
        Assert.Contains("there is no baseline 'gone.json'; --write-baseline writes one", Repository.Run(folder.Path, "check", "--baseline", "gone.json").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_baseline_with_half_a_character_is_told_as_no_JSON()
    {
        using var folder = new TemporaryFolder();
        folder.Write("image.bicep", SpecializedImage.Bicep());
        folder.Write("baseline.json", """{"schema":"deploygate-baseline/v1","findings":[{"fingerprint":"\ud800"}]}""");
        var (exit, _, error) = Repository.Run(folder.Path, "check", "--baseline", "baseline.json");
        Assert.Equal(2, exit);
        Assert.Contains("half a character", error, StringComparison.Ordinal);
    }
}
