using System.Text.Json;
using DeployGate.Core.Reports;
using DeployGate.Core.Rules;
using DeployGate.Core.Text;
using DeployGate.Reporting.Tests.Schemas;

namespace DeployGate.Reporting.Tests.Sarif;

public sealed class SarifFormatTests
{
    private const string Schema = "sarif-2.1.0.schema.json";

    [Fact]
    public void The_whole_log_is_written() => Fixture.Equal("report.sarif", Sample.Write("sarif", Sample.Report));

    [Fact]
    public void The_log_keeps_to_the_schema_of_the_standard() =>
        Assert.Empty(JsonSchemaCheck.Errors(Schema, Sample.Write("sarif", Sample.Report)));

    [Fact]
    public void A_report_without_findings_is_a_log_without_results()
    {
        var log = Sample.Write("sarif", new GateReport("0.1.0", [], [], [], 0, 0));

        Assert.Empty(JsonSchemaCheck.Errors(Schema, log));
        Assert.Equal(0, Run(log).GetProperty("results").GetArrayLength());
    }

    [Theory]
    [InlineData("infra/image.bicep", "infra/image.bicep", true)]
    [InlineData("my infra/a#b%20ü.bicep", "my%20infra/a%23b%2520%C3%BC.bicep", true)]
    [InlineData("a:b?c", "a%3Ab%3Fc", true)]
    [InlineData("../shared/a.bicep", "../shared/a.bicep", true)]
    [InlineData("/srv/a b.bicep", "file:///srv/a%20b.bicep", false)]
    [InlineData("C:/src/a b.bicep", "file:///C:/src/a%20b.bicep", false)]
    public void A_path_becomes_an_address(string path, string uri, bool isRelative)
    {
        var finding = Sample.Wrong with { Location = new Place(new SourceText(path, "x"), new TextSpan(0, 1)) };
        var log = Sample.Write("sarif", Sample.Report with { Findings = [finding] });
        var artifact = Run(log).GetProperty("results")[0].GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation");

        Assert.Empty(JsonSchemaCheck.Errors(Schema, log));
        Assert.Equal(uri, artifact.GetProperty("uri").GetString());
        Assert.Equal(isRelative, artifact.TryGetProperty("uriBaseId", out _));
    }

    [Fact]
    public void Findings_of_one_rule_share_its_descriptor()
    {
        var log = Sample.Write("sarif", Sample.Report with { Findings = [Sample.Wrong, Sample.Report.Findings[1], Sample.Wrong with { Severity = Severity.Note }] });
        var results = Run(log).GetProperty("results").EnumerateArray().Select(result => result.GetProperty("ruleIndex").GetInt32());

        Assert.Equal([0, 1, 0], results);
        Assert.Equal(2, Run(log).GetProperty("tool").GetProperty("driver").GetProperty("rules").GetArrayLength());
    }

    [Fact]
    public void A_value_can_neither_be_a_placeholder_nor_a_link()
    {
        var finding = Sample.Wrong with { Message = "{0} [click](https://example.com)" };
        var log = Sample.Write("sarif", Sample.Report with { Findings = [finding] });

        Assert.StartsWith(
            "{{0}} [click]\\(https://example.com)\n",
            Run(log).GetProperty("results")[0].GetProperty("message").GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    private static JsonElement Run(string log) => JsonDocument.Parse(log).RootElement.GetProperty("runs")[0];
}
