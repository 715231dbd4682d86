using System.Xml.Linq;
using DeployGate.Core.Decisions;
using DeployGate.Core.Policies;
using DeployGate.Core.Reports;
using DeployGate.Core.Rules;
using DeployGate.Reporting.Tests.Schemas;

namespace DeployGate.Reporting.Tests.JUnit;

public sealed class JUnitFormatTests
{
    [Fact]
    public void The_whole_report_is_written() => Fixture.Equal("report.junit.xml", Sample.Write("junit", Sample.Full));

    [Fact]
    public void The_report_keeps_to_the_schema() => Assert.Empty(JUnitSchemaCheck.Errors(Sample.Write("junit", Sample.Full)));

    [Fact]
    public void A_report_without_uses_is_one_without_tests()
    {
        var written = Sample.Write("junit", new GateReport("0.1.0", [], [], [], 0, 0));

        Assert.Empty(JUnitSchemaCheck.Errors(written));
        Assert.Equal("0", XDocument.Parse(written).Root!.Attribute("tests")!.Value);
    }

    [Theory]
    [InlineData("<testsuites><testsuite tests=\"0\" failures=\"0\" errors=\"0\"/></testsuites>")]
    [InlineData("<testsuites><testsuite name=\"a\" tests=\"1\" failures=\"0\" errors=\"0\"/></testsuites>")]
    [InlineData("<testsuites><testsuite name=\"a\" tests=\"1\" failures=\"0\" errors=\"0\"><testcase name=\"a\" line=\"1\"/></testsuite></testsuites>")]
    [InlineData("<testsuites><testsuite name=\"a\" tests=\"1\" failures=\"0\" errors=\"0\"><testcase name=\"a\"><failure/></testcase></testsuite></testsuites>")]
    public void The_check_finds_what_is_wrong(string document) => Assert.NotEmpty(JUnitSchemaCheck.Errors(document));

    [Theory]
    [InlineData(Verdict.Blocked, Severity.Error, "failure")]
    [InlineData(Verdict.Undecided, Severity.Warning, "skipped")]
    [InlineData(Verdict.Undecided, Severity.Error, "failure")]
    [InlineData(Verdict.Warned, Severity.Warning, "system-out")]
    public void A_use_has_the_result_of_its_verdict(Verdict verdict, Severity severity, string element)
    {
        var report = One(verdict) with { Findings = [Sample.Wrong with { Severity = severity }] };

        Assert.Equal([element], CaseOf(report).Elements().Select(one => one.Name.LocalName));
    }

    [Fact]
    public void A_use_whose_finding_is_accepted_passes_and_says_so()
    {
        var report = One(Verdict.Blocked) with { Suppressed = [new SuppressedFinding(Sample.Wrong, new Suppression(SuppressionKind.InSource, "lab only", null, null))] };
        var remark = Assert.Single(CaseOf(report).Elements());

        Assert.Equal("system-out", remark.Name.LocalName);
        Assert.StartsWith("\naccepted (in-source): DG1002: osState is 'Generalized'", remark.Value, StringComparison.Ordinal);
        Assert.EndsWith("; reason: lab only\n", remark.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_blocked_use_fails_even_without_its_finding() => Assert.Equal("failure", Assert.Single(CaseOf(One(Verdict.Blocked)).Elements()).Name.LocalName);

    [Fact]
    public void Uses_of_one_place_keep_their_findings_apart()
    {
        var (one, other) = (Sample.Wrong with { Lineage = [new LineageStep("VHD", "a.vhd", "", null)] }, Sample.Wrong with { Lineage = [new LineageStep("VHD", "b.vhd", "", null)], Message = "other" });
        var use = Sample.Report.Uses[0];
        var report = Sample.Report with { Findings = [one, other], Errors = [], Uses = [use with { Image = "b.vhd" }, use with { Image = "a.vhd" }] };
        var messages = XDocument.Parse(Sample.Write("junit", report)).Descendants("failure").Select(failure => failure.Attribute("message")!.Value);

        Assert.Equal(["other", Sample.Wrong.Message], messages);
    }

    private static GateReport One(Verdict verdict) => Sample.Report with { Findings = [], Errors = [], Uses = [Sample.Report.Uses[0] with { Verdict = verdict }] };

    private static XElement CaseOf(GateReport report) => Assert.Single(XDocument.Parse(Sample.Write("junit", report)).Descendants("testcase"));
}
