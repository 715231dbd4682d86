using System.Text;
using System.Text.RegularExpressions;

namespace DeployGate.Golden.Tests;

/// <summary>
/// The failures that people met, as docs/failure-cases.md lists them: each that can be seen has a scenario in which its rule fires and
/// quotes Azure's answer; each other has a reason, and the texts it names stand on the page it names.
/// </summary>
public sealed partial class FailureCaseTests
{
    private const string Group = "failure-cases";
    private const int Cases = 48;

    public static TheoryData<int> Seen { get; } = [.. Rows().Where(row => row.Rule is not null).Select(row => row.Case)];

    [Theory]
    [MemberData(nameof(Seen))]
    public void Scenario_shows_the_rule_and_the_text(int number)
    {
        var row = Rows().Single(row => row.Case == number);
        var run = GoldenRun.Of(new Scenario($"{Group}/{number:00}"), "", "json");
        var findings = run.Report["findings"]!.AsArray().Where(finding => (string?)finding!["rule"] == row.Rule).ToList();
        Assert.NotEmpty(findings);
        Assert.True(row.Quote is null || findings.Exists(finding => ((string[])["message", "azure", "why"]).Any(member => ((string?)finding![member])?.Contains(row.Quote, StringComparison.Ordinal) == true)), run.Output);
    }

    [Fact]
    public void Every_case_is_listed_once_in_order() => Assert.Equal(Enumerable.Range(1, Cases), Rows().Select(row => row.Case));

    [Fact]
    public void Every_case_has_a_scenario_or_a_reason()
    {
        var folders = Directory.EnumerateDirectories(Path.Combine(Repository.Golden, Group)).Select(Path.GetFileName).Order(StringComparer.Ordinal);
        Assert.Equal(Rows().Where(row => row.Rule is not null).Select(row => $"{row.Case:00}"), folders);
        Assert.All(Rows().Where(row => row.Rule is null), row => Assert.InRange(row.Last.Length, 9, 400));
    }

    [Fact]
    public void Pages_that_are_named_quote_the_texts_of_cases_that_are_not_seen()
    {
        static string Page(string rule) => File.ReadAllText(Path.Combine(Repository.Root, "policies", "rules", $"{rule}.md"));
        Assert.All(
            (string[])["Parameter OSProfile is not allowed with a specialized image.", "Parameter error: admin_username required when creating a virtual machine.", "ERROR: Please specify password in non-interactive mode."],
            text => Assert.Contains(text, Page("DG3001"), StringComparison.Ordinal));
        Assert.Contains("Capture operation cannot be completed because the VM is not generalized.", Page("DG2003"), StringComparison.Ordinal);
    }

    [Fact]
    public void Table_of_the_cases()
    {
        var table = new StringBuilder("case  rule    scenario                      answer\n");
        foreach (var row in Rows())
        {
            table.Append(System.Globalization.CultureInfo.InvariantCulture, $"{row.Case,4}  {row.Rule ?? "-",-6}  {(row.Rule is null ? "-" : $"{Group}/{row.Case:00}"),-28}  {row.Quote ?? row.Last}\n");
        }

        var seen = Rows().Count(row => row.Rule is not null);
        table.Append(System.Globalization.CultureInfo.InvariantCulture, $"{seen} of {Cases} are seen beforehand, {Rows().Count(row => row.Rule is not null && row.Quote is not null)} with the answer that follows\n");
        Expectation.Check(Path.Combine(Repository.Golden, Group, "table.txt"), table.ToString());
    }

    private static List<Row> Rows() =>
    [
        .. File.ReadAllLines(Path.Combine(Repository.Root, "docs", "failure-cases.md"))
            .Select(line => Line().Match(line))
            .Where(match => match.Success)
            .Select(match => new Row(
                int.Parse(match.Groups["case"].Value, System.Globalization.CultureInfo.InvariantCulture),
                match.Groups["rule"] is { Success: true, Value: var rule } ? rule : null,
                match.Groups["quote"] is { Success: true, Value: var quote } ? quote : null,
                match.Groups["last"].Value)),
    ];

    private sealed record Row(int Case, string? Rule, string? Quote, string Last);

    [GeneratedRegex(@"^\| (?<case>\d+) \| [^|]+ \| (not seen|\[(?<rule>DG\d{4})\]\([^)]*\), \[scenario\]\([^)]*\)) \| (?<last>`(?<quote>[^`]+)`|.+) \|$")]
    private static partial Regex Line();
}
