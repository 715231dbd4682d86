using System.Text.Json.Nodes;

namespace DeployGate.Golden.Tests.Cells;

/// <summary>
/// The founding matrix as pipelines: one file builds the machine, prepares it or does not, and makes the image. Each cell in
/// four forms: on GitHub with bash and with PowerShell, on Azure Pipelines with the Azure CLI and with Azure PowerShell.
/// </summary>
public sealed class PipelineCellsTests
{
    private const string Start = "start-after-generalize";
    private static readonly string[] s_forms = ["azure-cli", "azure-powershell", "github-bash", "github-pwsh"];

    public static TheoryData<string, string> Cells { get; } = Product(Cell.All.Select(cell => cell.Name));

    public static TheoryData<string> Forms { get; } = [.. s_forms];

    [Fact]
    public void Folders_are_the_cells_and_the_start_in_four_forms() => Assert.Equal(
        Cell.All.Select(cell => cell.Name).Append(Start).SelectMany(name => s_forms.Select(form => $"{Scenario.PipelineCellGroup}/{name}/{form}")).Order(StringComparer.Ordinal),
        Scenario.Below(Scenario.PipelineCellGroup).Select(scenario => scenario.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cells))]
    public void Gate_says_of_a_pipeline_what_it_says_of_templates(string name, string form)
    {
        var cell = Cell.Of(name);
        var (report, exitCode) = Run(name, form);
        var use = Assert.Single(report["uses"]!.AsArray(), one => (string)one!["stage"]! == cell.Stage)!;
        var finding = report["findings"]!.AsArray().SingleOrDefault();

        Assert.Empty(report["errors"]!.AsArray());
        Assert.Equal((cell.VerdictExpected, cell.RuleExpected("both")), ((string)use["verdict"]!, (string?)finding?["rule"] ?? "-"));
        Assert.Equal(cell.VerdictExpected == "allowed" ? 0 : 1, exitCode);
        Assert.Equal((cell.Declared, cell.Actual), ((string?)use["declared"], (string)use["actual"]!));
        Assert.StartsWith(cell.Declared, TextAt(name, form, use["location"]!), StringComparison.Ordinal);
        if (finding is not null)
        {
            Assert.Equal(cell.OutcomeExpected("both"), (string)finding["outcome"]!);
            Assert.StartsWith(cell.Declared, TextAt(name, form, finding["location"]!), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_start_after_the_mark_is_found_at_the_start_and_names_the_mark(string form)
    {
        var (report, exitCode) = Run(Start, form);
        var finding = Assert.Single(report["findings"]!.AsArray())!;

        Assert.Equal(("DG4001", 1), ((string)finding["rule"]!, exitCode));
        Assert.Contains(TextAt(Start, form, finding["location"]!).Split(' ')[0], (string[])["az", "Start-AzVM"]);
        Assert.Contains(finding["related"]!.AsArray(), related => TextAt(Start, form, related!["location"]!).Contains("eneralize", StringComparison.Ordinal));
    }

    [Fact]
    public void Table_is_as_reviewed()
    {
        var lines = Cell.All.Select(cell => cell.Name).Append(Start).SelectMany(name => s_forms.Select(form => Line(name, form)));
        Expectation.Check(Path.Combine(Repository.Golden, Scenario.PipelineCellGroup, "table.txt"), string.Concat(lines.Select(line => line + "\n")));
    }

    private static string Line(string name, string form)
    {
        var (report, exitCode) = Run(name, form);
        var findings = report["findings"]!.AsArray().Select(finding => $"{finding!["rule"]} {finding["location"]!["line"]}:{finding["location"]!["column"]}");
        return $"{name,-44} {form,-16} exit {exitCode}  {string.Join(", ", findings)}".TrimEnd();
    }

    private static (JsonObject Report, int ExitCode) Run(string name, string form)
    {
        var run = GoldenRun.Of(new Scenario($"{Scenario.PipelineCellGroup}/{name}/{form}"), "", "json");
        return (run.Report, run.ExitCode);
    }

    private static string TextAt(string name, string form, JsonNode location)
    {
        var file = Path.Combine(Repository.Golden, Scenario.PipelineCellGroup, name, form, (string)location["file"]!);
        return File.ReadAllLines(file)[(int)location["line"]! - 1][((int)location["column"]! - 1)..];
    }

    private static TheoryData<string, string> Product(IEnumerable<string> names)
    {
        var data = new TheoryData<string, string>();
        foreach (var name in names)
        {
            foreach (var form in s_forms)
            {
                data.Add(name, form);
            }
        }

        return data;
    }
}
