using System.Text;
using DeployGate.Core.Images;
using DeployGate.Core.Policies;
using DeployGate.Core.Reports;
using DeployGate.Reporting.Markdown;

namespace DeployGate.Reporting.Tests.Markdown;

public sealed class MarkdownReportTests
{
    [Fact]
    public void The_whole_report_is_written() => Fixture.Equal("report.md", Sample.Write("markdown", Sample.Full));

    [Fact]
    public void Nothing_acts_in_the_whole_report() => Assert.Empty(MarkdownCheck.Errors(Sample.Write("markdown", Sample.Full)));

    [Fact]
    public void The_verdict_stands_first() => Assert.StartsWith(
        "### DeployGate: the gate is incomplete\n\n**0 errors, 0 warnings, 1 unreadable input.**",
        Sample.Write("markdown", Sample.Report with { Findings = [] }), StringComparison.Ordinal);

    [Theory]
    [InlineData(MarkdownReport.CommentBytes)]
    [InlineData(MarkdownReport.SummaryBytes)]
    [InlineData(0)]
    public void A_large_report_keeps_to_its_limit_and_counts_what_it_leaves_out(int limit)
    {
        var report = Sample.Report with { Findings = [.. Enumerable.Repeat(Sample.Wrong with { Message = new string('ü', 500) }, 5_000)] };
        var written = MarkdownReport.Of(report, limit, new ReportStyle { FullReport = "report.html" });
        var shown = written.Split("**error `DG1002`**").Length - 1;

        Assert.InRange(Encoding.UTF8.GetByteCount(written), 8_000, Math.Max(16_000, limit));
        Assert.Contains($" {5_000 - shown} errors", written, StringComparison.Ordinal);
        Assert.Contains("The full report: `report.html`.", written, StringComparison.Ordinal);
        Assert.Empty(MarkdownCheck.Errors(written));
    }

    [Fact]
    public void A_chart_stays_within_what_Mermaid_draws()
    {
        var step = new LineageStep(new string('<', 5_000), new string('"', 5_000), new string('ü', 5_000), new string('%', 5_000));
        var written = Sample.Write("markdown", Sample.Report with { Findings = [Sample.Wrong with { Lineage = [.. Enumerable.Repeat(step, 500)] }] });
        var chart = written.Split("```mermaid\n")[1].Split("```\n")[0];

        Assert.InRange(chart.Length, 1_000, 50_000);
        Assert.Empty(MarkdownCheck.Errors(written));
    }

    [Theory]
    [InlineData("Run sysprep /generalize /oobe in 'vm-build', then stop it.", "Run sysprep `/generalize /oobe` in 'vm-build', then stop it.")]
    [InlineData("ask @team about #12", "ask `@team` about `#12`")]
    [InlineData("see https://a.b/c GH-1 deadbeef1", "see `https://a.b/c GH-1 deadbeef1`")]
    [InlineData("a * b - c", "a `*` b `-` c")]
    [InlineData("", "")]
    public void Words_that_could_act_are_code(string value, string expected) => Assert.Equal(expected, MarkdownText.Prose(value));

    [Theory]
    [InlineData("Generalized", "Specialized", "OSState/generalized", true, "OSState/generalized, really Specialized")]
    [InlineData("Generalized", "Specialized", "Specialized", true, "Specialized")]
    [InlineData("Generalized", "Generalized", "OSState/generalized", false, "OSState/generalized")]
    [InlineData(null, "Specialized", "Specialized", false, "Specialized")]
    [InlineData("Generalized", "Unknown", "mark not known", false, "mark not known")]
    public void The_hop_at_which_declared_and_actual_state_part_is_marked(string? declared, string actual, string state, bool isBroken, string shown)
    {
        var finding = Sample.Wrong with
        {
            Declared = declared is null ? null : Enum.Parse<OsState>(declared),
            Actual = actual,
            Lineage = [new LineageStep("virtual machine", "vm", state, null)],
        };
        var hop = Lineages.Hop.Of(finding)[1];

        Assert.Equal((isBroken, shown), (hop.IsBroken, Lineages.Hop.StateOf(hop)));
    }

    [Fact]
    public void What_is_accepted_is_told() => Assert.Contains(
        "| `DG1002` | `infra/image.bicep:11:14` | configuration | 2026-12-31 | `a`&#124;`b` |",
        Sample.Write("markdown", Sample.Full with { Suppressed = [new SuppressedFinding(Sample.Wrong, new Suppression(SuppressionKind.Configuration, "a|b", new DateOnly(2026, 12, 31), null))] }),
        StringComparison.Ordinal);
}
