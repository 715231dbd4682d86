using System.Diagnostics;
using System.Text.Json;
using DeployGate.Core.Reports;
using DeployGate.Core.Rules;
using DeployGate.Core.Text;
using DeployGate.Reporting.Tests.Schemas;

namespace DeployGate.Reporting.Tests.Sarif;

public sealed class SarifFormatTests
{
    private const string Schema = "sarif-2.1.0.schema.json";

    private static readonly ReportStyle s_style = new()
    {
        PageOf = id => id == "DG1002" ? "# DG1002\n\n```json\n{ \"a\": [] }\n```\n" : null,
        Checkout = new Checkout(new Uri("https://github.com/contoso/images"), "0123456789abcdef0123456789abcdef01234567"),
    };

    [Fact]
    public void The_whole_log_is_written() => Fixture.Equal("report.sarif", Sample.Write("sarif", Sample.Full, s_style));

    [Fact]
    public void The_log_keeps_to_the_schema_of_the_standard() =>
        Assert.Empty(JsonSchemaCheck.Errors(Schema, Sample.Write("sarif", Sample.Full, s_style)));

    [Fact]
    public void Microsofts_own_validator_finds_no_error()
    {
        var tool = Environment.GetEnvironmentVariable("DEPLOYGATE_SARIF_MULTITOOL");
        Assert.SkipWhen(string.IsNullOrEmpty(tool), "DEPLOYGATE_SARIF_MULTITOOL does not name the command of npm's @microsoft/sarif-multitool.");
        var file = Path.Combine(Path.GetTempPath(), $"deploygate-{Guid.NewGuid():N}.sarif");
        File.WriteAllText(file, Sample.Write("sarif", Sample.Full, s_style));
        try
        {
            using var process = Process.Start(new ProcessStartInfo(tool, ["validate", file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var said = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
            process.WaitForExit();

            Assert.DoesNotContain(": error ", said, StringComparison.Ordinal);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void The_flow_goes_from_the_first_place_to_the_finding()
    {
        var locations = Run(Sample.Write("sarif", Sample.Full)).GetProperty("results")[0].GetProperty("codeFlows")[0].GetProperty("threadFlows")[0].GetProperty("locations");

        Assert.Equal(
            [(1, "the source is named here"), (11, "declared here")],
            locations.EnumerateArray().Select(one => one.GetProperty("location")).Select(one =>
                (one.GetProperty("physicalLocation").GetProperty("region").GetProperty("startLine").GetInt32(), one.GetProperty("message").GetProperty("text").GetString()!)));
    }

    [Fact]
    public void A_page_is_the_help_of_its_rule_and_stays_as_it_is()
    {
        var help = Run(Sample.Write("sarif", Sample.Full, s_style)).GetProperty("tool").GetProperty("driver").GetProperty("rules")[0].GetProperty("help");

        Assert.Equal("# DG1002\n\n```json\n{ \"a\": [] }\n```\n", help.GetProperty("markdown").GetString());
    }

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
