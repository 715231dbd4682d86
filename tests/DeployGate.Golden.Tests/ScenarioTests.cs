using System.Globalization;

namespace DeployGate.Golden.Tests;

/// <summary>Runs every scenario and compares its whole text report, its JSON report, its exit code and what it says on standard error.</summary>
public sealed class ScenarioTests
{
    private const int FewestScenarios = 85;

    // The other formats of the same run.
    private static readonly (string Format, string Extension)[] s_reports = [("markdown", "md"), ("html", "html"), ("junit", "junit.xml"), ("sarif", "sarif")];

    public static TheoryData<string> Names { get; } = [.. Scenario.Groups.Where(group => group is not (Scenario.CellGroup or Scenario.PipelineCellGroup)).SelectMany(Scenario.Below).Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Output_is_as_expected(string name)
    {
        var scenario = new Scenario(name);
        Assert.Contains(Directory.EnumerateFiles(scenario.Folder), file => !Path.GetFileName(file).StartsWith("expected.", StringComparison.Ordinal));
        var compared = new List<string>();
        foreach (var variant in scenario.Variants)
        {
            string File(string extension)
            {
                var file = scenario.ExpectationOf(variant, extension);
                compared.Add(file);
                return file;
            }

            var text = GoldenRun.Of(scenario, variant, "text");
            var json = GoldenRun.Of(scenario, variant, "json");
            Assert.Equal((text.ExitCode, text.Error), (json.ExitCode, json.Error));
            Expectation.CheckOptional(File("txt"), text.Output);
            Expectation.CheckOptional(File("json"), json.OutputWithoutVersion);
            Expectation.CheckOptional(File("stderr"), text.Error);
            Expectation.Check(File("exit"), text.ExitCode.ToString(CultureInfo.InvariantCulture) + "\n");
        }

        foreach (var (format, extension) in scenario.Name.StartsWith("reports/", StringComparison.Ordinal) ? s_reports : [])
        {
            var file = scenario.ExpectationOf(scenario.Variants[0], extension);
            compared.Add(file);
            Expectation.Check(file, GoldenRun.Of(scenario, scenario.Variants[0], format).OutputWithoutVersion);
        }

        Expectation.CheckNoOthers(scenario.Folder, compared);
    }

    // A search that finds nothing would be a test run without tests, and green.
    [Fact]
    public void The_scenarios_are_found() => Assert.InRange(Names.Count, FewestScenarios, int.MaxValue);
}
