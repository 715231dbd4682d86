using System.Text.Json;
using DeployGate.Core.Decisions;
using DeployGate.Core.Rules;
using DeployGate.Reporting;

namespace DeployGate.Cli.Tests.Documentation;

public sealed class RulePageTests
{
    private static readonly string[] s_sections =
        ["What it finds", "Why it fails", "What Azure says", "Example", "Fix", "When it does not fire", "References"];

    public static TheoryData<string> Ids { get; } = [.. RuleCatalog.All.Select(rule => rule.Descriptor.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Page_begins_with_the_rule_and_has_every_section(string id)
    {
        var rule = RuleCatalog.Find(id)!.Descriptor;
        var page = Repository.Read(rule.Page);
        var lines = page.Split('\n');
        var stages = rule.Stages.IsEmpty ? "any" : string.Join(", ", rule.Stages.Select(stage => ContractWords.Of(stage)));
        Assert.Equal($"# {rule.Id}: {rule.Name}", lines[0]);
        Assert.Equal($"{ContractWords.Of(rule.Severity)} · {stages} · {ContractWords.Of(rule.Outcome)}", lines[2]);
        Assert.Equal(s_sections, Markdown.SectionsOf(page));
        Assert.InRange(lines.Length, 40, 92);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Page_quotes_what_Azure_says_unless_Azure_says_nothing(string id)
    {
        var rule = RuleCatalog.Find(id)!.Descriptor;
        var quotes = Markdown.BlocksOf(Repository.Read(rule.Page)).Where(block => block.Section == "What Azure says").ToList();
        Assert.All(quotes, quote => Assert.Equal("text", quote.Language));
        Assert.Equal(rule.Outcome != Outcome.None, quotes.Count > 0);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Example_is_found_by_the_rule(string id)
    {
        var page = new RulePage(id);

        // A finding of another rule is there only where the example itself speaks of that rule, as a waiver does.
        var rules = page.Findings(isFixed: false).Select(finding => finding!["rule"]!.GetValue<string>());
        Assert.Single(rules.Where(rule => rule == id || !page.ExampleNames(rule)), id);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Fixed_example_has_no_finding(string id) => Assert.Empty(new RulePage(id).Findings(isFixed: true));

    [Fact]
    public void Every_page_belongs_to_a_rule()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(Repository.Root, "policies", "rules")).Select(Path.GetFileNameWithoutExtension);
        Assert.Equal(Ids.Select(row => row.Data), pages.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Rules_lists_every_rule()
    {
        var (exit, output, _) = Repository.Run(Repository.Root, "rules");
        var table = output.TrimEnd('\n').Split('\n');
        var lines = table[2..];
        Assert.Equal(ExitCodes.Open, exit);
        Assert.StartsWith("rule    severity  stage ", table[0], StringComparison.Ordinal);
        Assert.Equal(Ids.Select(row => row.Data), lines.Select(line => line.Split(' ')[0]));
        Assert.All(lines, line => Assert.EndsWith($" {RuleCatalog.Find(line.Split(' ')[0])!.Descriptor.Name}", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Rules_as_json_name_pages_that_exist()
    {
        var (exit, output, _) = Repository.Run(Repository.Root, "rules", "--format", "json");
        using var rules = JsonDocument.Parse(output);
        Assert.Equal(ExitCodes.Open, exit);
        Assert.Equal(Ids.Count, rules.RootElement.GetArrayLength());
        Assert.All(rules.RootElement.EnumerateArray(), rule => Assert.True(File.Exists(Path.Combine(Repository.Root, rule.GetProperty("help").GetString()!))));
    }

    [Fact]
    public void Explain_all_prints_every_page()
    {
        var (exit, output, _) = Repository.Run(Repository.Root, "explain", "all");
        Assert.Equal(ExitCodes.Open, exit);
        Assert.All(RuleCatalog.All, rule => Assert.Contains(Repository.Read(rule.Descriptor.Page), output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("DG1002")]
    [InlineData("dg1002")]
    [InlineData("Upload-Specialized-As-Generalized")]
    public void Explain_takes_id_and_name_in_any_case(string rule)
    {
        var (exit, output, _) = Repository.Run(Repository.Root, "explain", rule);
        Assert.Equal(ExitCodes.Open, exit);
        Assert.Equal(Repository.Read("policies/rules/DG1002.md"), output);
    }

    [Fact]
    public void Explain_refuses_a_rule_that_is_not_there()
    {
        var (exit, output, error) = Repository.Run(Repository.Root, "explain", "DG0000");
        Assert.Equal(ExitCodes.WrongUsage, exit);
        Assert.Empty(output);
        Assert.Equal("deploygate: there is no rule 'DG0000'; 'deploygate rules' lists them", error.TrimEnd());
    }
}
