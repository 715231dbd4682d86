using DeployGate.Reporting.Tests.Html;
using DeployGate.Reporting.Tests.Schemas;

namespace DeployGate.Reporting.Tests;

/// <summary>The reports of a whole run, rule pages and all, as they stand in <c>tests/golden</c>, against the rules of their formats.</summary>
public sealed class GoldenReportTests
{
    [Fact]
    public void Html_is_strict() => Assert.Empty(HtmlCheck.Errors(Golden("html")));

    [Fact]
    public void Nothing_acts_in_Markdown() => Assert.Empty(MarkdownCheck.Errors(Golden("md")));

    [Fact]
    public void Junit_keeps_to_its_schema() => Assert.Empty(JUnitSchemaCheck.Errors(Golden("junit.xml")));

    [Fact]
    public void Sarif_keeps_to_its_schema() => Assert.Empty(JsonSchemaCheck.Errors("sarif-2.1.0.schema.json", Golden("sarif")));

    private static string Golden(string extension) => File.ReadAllText(Path.Combine(Fixture.Root, "tests", "golden", "reports", "one-run", $"expected.{extension}"));
}
