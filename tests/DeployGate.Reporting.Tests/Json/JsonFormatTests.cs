using System.Text.Json;
using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Rules;
using DeployGate.Core.Uses;
using DeployGate.Reporting.Tests.Schemas;

namespace DeployGate.Reporting.Tests.Json;

public sealed class JsonFormatTests
{
    private const string Schema = "deploygate-report.v1.schema.json";

    [Fact]
    public void The_whole_report_is_written() => Fixture.Equal("report.json", Sample.Write("json", Sample.Report));

    [Fact]
    public void The_report_keeps_to_its_schema() => Assert.Empty(JsonSchemaCheck.Errors(Schema, Sample.Write("json", Sample.Report)));

    [Fact]
    public void Every_word_of_the_domain_is_a_word_of_the_schema()
    {
        foreach (var outcome in Enum.GetValues<Outcome>())
        {
            foreach (var stage in Enum.GetValues<Stage>().Cast<Stage?>().Append(null))
            {
                var finding = Sample.Wrong with { Outcome = outcome, Stage = stage, OsType = OsType.Linux, Declared = OsState.Specialized, Severity = Severity.Note };
                Assert.Empty(JsonSchemaCheck.Errors(Schema, Sample.Write("json", Sample.Report with { Findings = [finding] })));
            }
        }
    }

    [Fact]
    public void Members_stand_in_the_order_of_the_contract()
    {
        using var report = JsonDocument.Parse(Sample.Write("json", Sample.Report));
        var finding = report.RootElement.GetProperty("findings")[0];

        Assert.Equal("schema tool summary findings uses errors", Names(report.RootElement));
        Assert.Equal(
            "rule name severity stage outcome osType declared actual message location related evidence lineage fix help fingerprint parameterFiles why azure",
            Names(finding));
        Assert.Equal("file line column endLine endColumn", Names(finding.GetProperty("location")));
        Assert.Equal("location stage image declared actual verdict", Names(report.RootElement.GetProperty("uses")[0]));
    }

    [Fact]
    public void Remarks_are_written_behind_the_rest_and_are_bounded()
    {
        var json = Sample.Write("json", Sample.WithRemarks(103));
        using var report = JsonDocument.Parse(json);
        Assert.Equal("schema tool summary findings uses errors remarks", Names(report.RootElement));
        var remarks = report.RootElement.GetProperty("remarks");
        Assert.Equal((100, "location message code"), (remarks.GetArrayLength(), Names(remarks[0])));
        Assert.Empty(JsonSchemaCheck.Errors(Schema, json));
    }

    private static string Names(JsonElement element) => string.Join(' ', element.EnumerateObject().Select(member => member.Name));
}
