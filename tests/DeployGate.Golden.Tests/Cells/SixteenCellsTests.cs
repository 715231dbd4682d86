using System.Globalization;

namespace DeployGate.Golden.Tests.Cells;

/// <summary>
/// The founding matrix: an image is uploaded or captured, of Windows or Linux, Generalized or Specialized, declared as
/// either; what is known of it is Azure's mark, the guest, or both, as the REST API or as az prints it.
/// </summary>
/// <seealso href="https://learn.microsoft.com/troubleshoot/azure/virtual-machines/windows/custom-image-provisioning-errors"/>
public sealed class SixteenCellsTests
{
    private const string FullVariant = "rest-both";

    public static TheoryData<string> Names { get; } = [.. Cell.All.Select(cell => cell.Name)];

    [Fact]
    public void Folders_are_the_sixteen_cells() => Assert.Equal(
        Cell.All.Select(cell => cell.Scenario.Name).Order(StringComparer.Ordinal),
        Scenario.Below(Scenario.CellGroup).Select(scenario => scenario.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_variant_is_there(string name) =>
        Assert.Equal(Cell.Variants.Order(StringComparer.Ordinal), Cell.Of(name).Scenario.Variants);

    [Theory]
    [MemberData(nameof(Names))]
    public void Output_is_as_expected(string name)
    {
        var cell = Cell.Of(name);
        var text = GoldenRun.Of(cell.Scenario, FullVariant, "text");
        var verdicts = string.Concat(Cell.Variants.Select(variant => CellRun.Of(cell, variant).Line.TrimEnd() + "\n"));
        string[] files = [.. ((string[])["txt", "exit", "verdicts.txt"]).Select(extension => cell.Scenario.ExpectationOf("", extension))];
        Expectation.Check(files[0], text.Output);
        Expectation.Check(files[1], text.ExitCode.ToString(CultureInfo.InvariantCulture) + "\n");
        Expectation.Check(files[2], verdicts);
        Expectation.CheckNoOthers(cell.Scenario.Folder, files);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gate_says_what_the_articles_say(string name)
    {
        var cell = Cell.Of(name);
        foreach (var variant in Cell.Variants)
        {
            var run = CellRun.Of(cell, variant);
            Assert.Equal((variant, cell.VerdictExpected, cell.RuleExpected(variant), cell.OutcomeExpected(variant)), (variant, run.Verdict, run.Rule, run.Outcome));
            Assert.Equal((variant, cell.Declared, cell.Actual), (variant, run.Declared, run.Actual));
            Assert.Equal(cell.VerdictExpected == "allowed" ? 0 : 1, run.ExitCode);
            Assert.Contains("\"osState\"", LineAt(cell, run.Place), StringComparison.Ordinal);
            if (run.Rule != "-")
            {
                Assert.Equal(cell.System, run.OsType);
                Assert.Contains(cell.Words.Own, word => run.Texts.Contains(word, StringComparison.Ordinal));
                Assert.DoesNotContain(cell.Words.Foreign, run.Texts, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Table_is_as_reviewed()
    {
        string[] head =
        [
            "stage    system   actual       declared     known from  verdict  rule    place             outcome               explained by",
            "-------  -------  -----------  -----------  ----------  -------  ------  ----------------  --------------------  ------------",
        ];
        var lines = Cell.All.SelectMany(cell => Cell.Variants.Select(variant => TableLine(cell, CellRun.Of(cell, variant))));
        var table = string.Concat(head.Concat(lines).Select(line => line.TrimEnd() + "\n"));
        Assert.Equal(head.Length + 96, table.Count(c => c == '\n'));
        Expectation.Check(Path.Combine(Repository.Golden, Scenario.CellGroup, "table.txt"), table);
    }

    private static string TableLine(Cell cell, CellRun run) => string.Join(
        "  ",
        cell.Stage.PadRight(7),
        cell.System.PadRight(7),
        cell.Actual.PadRight(11),
        cell.Declared.PadRight(11),
        run.Variant.PadRight(10),
        run.Verdict.PadRight(7),
        run.Rule.PadRight(6),
        run.Place.PadRight(16),
        run.Outcome.PadRight(20),
        run.Row);

    private static string LineAt(Cell cell, string place)
    {
        var parts = place.Split(':');
        return File.ReadAllLines(Path.Combine(cell.Scenario.Folder, parts[0]))[int.Parse(parts[1], CultureInfo.InvariantCulture) - 1];
    }
}
