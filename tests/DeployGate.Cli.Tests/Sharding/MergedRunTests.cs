using System.Globalization;
using System.Text.Json.Nodes;
using DeployGate.Cli.Tests.Commands;
using DeployGate.Cli.Tests.Documentation;
using DeployGate.Cli.Tests.Waivers;
using DeployGate.TestKit;

namespace DeployGate.Cli.Tests.Sharding;

/// <summary>The reports of the parts, joined, are the report of the whole run.</summary>
public sealed class MergedRunTests
{
    private static readonly string[] s_formats = ["json", "text", "markdown", "html", "junit", "github", "azure-pipelines"];

    /// <summary>All golden folders as one repository: every rule, pipelines, modules, links, waivers, broken files.</summary>
    [Theory]
    [InlineData(1, "warn")]
    [InlineData(3, "fail")]
    [InlineData(7, "pass")]
    public void Every_format_is_the_same_byte_for_byte(int count, string onUnknown)
    {
        using var reports = new TemporaryFolder();
        string[] check = ["check", "tests/golden", "--state", "tests/golden/facts", "--on-unknown", onUnknown];
        var whole = Repository.Run(Repository.Root, [.. check, .. Reports(reports.Path)]);
        var written = s_formats.ToDictionary(format => format, format => reports.Read(format));
        var merged = Merge(Repository.Root, reports, check, count, Reports(reports.Path));
        Assert.Equal(whole.Exit, merged.Exit);
        Assert.All(s_formats, format => Assert.Equal(written[format], reports.Read(format)));
    }

    [Fact]
    public void Parts_are_joined_where_their_files_are_not()
    {
        using var reports = new TemporaryFolder();
        string[] check = ["check", "tests/golden/pipelines", "tests/golden/bicep"];
        var whole = Repository.Run(Repository.Root, [.. check, "--report", "json"]);
        var merged = Merge(Repository.Root, reports, check, 4, ["--report", "json"], reports.Path);
        Assert.Equal(whole.Output, merged.Output);
    }

    [Fact]
    public void A_waiver_that_covers_a_finding_of_another_part_is_not_called_useless()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.bicep", SpecializedImage.Bicep("a", onLine: " // deploygate: ignore DG2004 -- lab"));
        folder.Write("b.bicep", SpecializedImage.Bicep("b", onLine: " // deploygate: ignore DG2002 -- nothing of that kind"));
        folder.Write("deploygate.yml", "version: 1\nwaivers:\n  - rule: DG2004\n    file: b.bicep\n    reason: lab\n  - rule: DG2004\n    file: c.bicep\n    reason: gone\n");
        var (whole, parts, merged) = Both(folder, 2);
        Assert.Equal(whole, merged);
        Assert.Contains("2 accepted", merged.Output, StringComparison.Ordinal);
        Assert.Contains("the waiver of DG2002 covers no finding", merged.Output, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.DoesNotContain("covers no finding", part.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void An_expired_waiver_is_told_once()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.bicep", SpecializedImage.Bicep("a"));
        folder.Write("b.bicep", SpecializedImage.Bicep("b"));
        folder.Write("deploygate.yml", "version: 1\nwaivers:\n  - rule: DG2004\n    file: '*.bicep'\n    reason: lab\n    expires: 2020-01-31\n");
        var (whole, _, merged) = Both(folder, 2);
        Assert.Equal(whole, merged);
        Assert.Equal(2, merged.Output.Split("[DG9003]").Length);
    }

    [Fact]
    public void A_baseline_counts_over_the_whole_run()
    {
        using var folder = new TemporaryFolder();
        folder.Write("prod/image.bicep", SpecializedImage.Bicep());
        Repository.Run(folder.Path, "check", "--write-baseline", "baseline.json");
        folder.Write("dev/image.bicep", SpecializedImage.Bicep());
        folder.Write("deploygate.yml", "version: 1\nbaseline: baseline.json\n");
        var (whole, parts, merged) = Both(folder, 2);
        Assert.Equal(whole, merged);
        Assert.Equal(1, merged.Exit);
        Assert.Contains("1 accepted", merged.Output, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Equal(1, part.Exit));
    }

    [Fact]
    public void A_finding_of_a_module_that_two_parts_deploy_is_one()
    {
        using var folder = new TemporaryFolder();
        folder.Write("modules/image.bicep", "param x string\n" + SpecializedImage.Bicep());
        foreach (var name in (string[])["a", "b", "c"])
        {
            folder.Write($"{name}.bicep", $"param size string = '{name}'\nmodule image 'modules/image.bicep' = {{ name: 'image', params: {{ x: size }} }}\n");
            folder.Write($"{name}.bicepparam", $"using '{name}.bicep'\nparam size = 'large'\n");
        }

        var (whole, _, merged) = Both(folder, 3);
        Assert.Equal(whole, merged);
        Assert.Contains("1 error", merged.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_of_the_user_s_own_is_known_in_the_merged_report()
    {
        using var reports = new TemporaryFolder();
        string[] check = ["check", "tests/golden/policies", "--policy", "tests/golden/policies/uses-fire"];
        var whole = Repository.Run(Repository.Root, [.. check, "--report", "html"]);
        Assert.Contains("CONTOSO001", whole.Output, StringComparison.Ordinal);
        Assert.Equal(whole.Output, Merge(Repository.Root, reports, check, 3, ["--report", "html"]).Output);
    }

    [Fact]
    public void Parts_without_a_use_open_the_gate_and_a_whole_without_any_says_so()
    {
        using var folder = new TemporaryFolder();
        folder.Write("network.bicep", "resource net 'Microsoft.Network/virtualNetworks@2024-05-01' = { name: 'net', location: 'westeurope' }\n");
        var (whole, parts, merged) = Both(folder, 3);
        Assert.Equal(whole, merged);
        Assert.Equal(4, merged.Exit);
        Assert.All(parts, part => Assert.Equal(0, part.Exit));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("markdown")]
    [InlineData("html")]
    public void A_report_for_people_says_which_part_it_tells_of(string format)
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.bicep", SpecializedImage.Bicep("a"));
        var part = Repository.Run(folder.Path, "check", "--shard", "1/2", "--report", format, "--report", "json=1.report").Output;
        Repository.Run(folder.Path, "check", "--shard", "2/2", "--report", "json=2.report");
        Assert.Contains("undecided; part 1 of 2", part, StringComparison.Ordinal);
        Assert.DoesNotContain("part 1 of 2", Repository.Run(folder.Path, "merge", "1.report", "2.report", "--report", format).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_asks_Azure_for_what_it_judges_alone()
    {
        using var folder = new TemporaryFolder();
        using var reports = new TemporaryFolder();
        using var azure = new LoopbackAzure();
        for (var number = 1; number <= 4; number++)
        {
            var machine = Runs.Machine.Replace("vm-build", string.Create(CultureInfo.InvariantCulture, $"vm{number}"), StringComparison.Ordinal);
            folder.Write($"image{number}.bicep", $$"""
                resource image 'Microsoft.Compute/images@2024-07-01' = {
                  name: 'image{{number}}'
                  location: 'westeurope'
                  properties: { sourceVirtualMachine: { id: '{{machine}}' } }
                }

                """);
        }

        string[] check = ["check", "--state", "azure"];
        var whole = Runs.Run(folder.Path, "", azure, [.. check, "--report", "json"]);
        var asked = azure.Requests.Count;
        var first = Runs.Run(folder.Path, "", azure, [.. check, "--shard", "1/2", "--report", $"json={reports.Path}/1.json"]);
        Assert.Equal(asked / 2, azure.Requests.Count - asked);
        var second = Runs.Run(folder.Path, "", azure, [.. check, "--shard", "2/2", "--report", $"json={reports.Path}/2.json"]);
        Assert.Equal(2 * asked, azure.Requests.Count);
        Assert.Equal((whole.Exit, whole.Exit), (first.Exit, second.Exit));
        Assert.Equal(JsonNode.Parse(whole.Output)!["summary"]!.ToJsonString(), JsonNode.Parse(Runs.Run(folder.Path, "", null, "merge", reports.Path, "--report", "json").Output)!["summary"]!.ToJsonString());
    }

    private static string[] Reports(string folder) => [.. s_formats.SelectMany(format => (string[])["--report", $"{format}={folder}/{format}"])];

    /// <summary>A whole run and a divided one, whose JSON is the same, in words; and the parts.</summary>
    private static ((int Exit, string Output) Whole, List<(int Exit, string Output)> Parts, (int Exit, string Output) Merged) Both(TemporaryFolder folder, int count)
    {
        using var reports = new TemporaryFolder();
        var whole = Repository.Run(folder.Path, "check", "--report", "json");
        var parts = Parts(folder.Path, reports, ["check"], count);
        var json = Repository.Run(folder.Path, "merge", reports.Path, "--report", "json");
        Assert.Equal((whole.Exit, whole.Output), (json.Exit, json.Output));
        var wholeText = Repository.Run(folder.Path, "check", "--report", $"text={reports.Path}/whole.txt");
        var mergedText = Repository.Run(folder.Path, "merge", reports.Path, "--report", $"text={reports.Path}/merged.txt");
        return ((wholeText.Exit, reports.Read("whole.txt")), parts, (mergedText.Exit, reports.Read("merged.txt")));
    }

    private static List<(int Exit, string Output)> Parts(string folder, TemporaryFolder reports, string[] check, int count)
    {
        var parts = new List<(int, string)>();
        for (var index = 1; index <= count; index++)
        {
            var part = Repository.Run(folder, [.. check, "--shard", $"{index}/{count}", "--report", "text", "--report", $"json={reports.Path}/{index}.json"]);
            parts.Add((part.Exit, part.Output));
        }

        return parts;
    }

    private static (int Exit, string Output, string Error) Merge(string folder, TemporaryFolder reports, string[] check, int count, string[] formats, string? where = null)
    {
        Parts(folder, reports, check, count);
        return Repository.Run(where ?? folder, ["merge", .. Enumerable.Range(1, count).Reverse().Select(index => $"{reports.Path}/{index}.json"), .. formats]);
    }
}
