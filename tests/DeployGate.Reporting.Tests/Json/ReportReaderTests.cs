using System.Globalization;
using System.Text;
using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Policies;
using DeployGate.Core.Reports;
using DeployGate.Core.Rules;
using DeployGate.Core.Text;
using DeployGate.Core.Uses;
using DeployGate.Reporting.Json;
using DeployGate.Reporting.Tests.Schemas;

namespace DeployGate.Reporting.Tests.Json;

public sealed class ReportReaderTests
{
    private const string Schema = "deploygate-report.v1.schema.json";
    private static readonly string[] s_formats = ["text", "markdown", "html", "junit", "github", "azure-pipelines", "json"];

    /// <summary>With the rule as the catalogue has it, since the reader takes it from there.</summary>
    private static readonly Diagnostic s_wrong = Sample.Wrong with { Rule = RuleCatalog.Find(Sample.Wrong.Rule.Id)!.Descriptor };

    /// <summary>A report with everything that a report can hold.</summary>
    private static readonly GateReport s_part = Sample.WithRemarks(3) with
    {
        Findings = [s_wrong],
        Suppressed =
        [
            new SuppressedFinding(s_wrong, new Suppression(SuppressionKind.InSource, "lab", new DateOnly(2027, 1, 31), s_wrong.Location)),
            new SuppressedFinding(s_wrong with { Rule = new RuleDescriptor("CONTOSO1", "own-rule", Severity.Warning, [], Outcome.None, "A rule of ours.") { Page = "policies.yml" } }, new Suppression(SuppressionKind.Configuration, "known", null, null)),
        ],
        Untouched = 2,
        AskedResources = 7,
        Part = new ReportPart(2, 3, "0123456789abcdef")
        {
            UsedWaivers = [s_wrong.Location],
            UnusedWaivers = [new InputError("x.bicep", new LinePosition(3, 4), "the waiver covers nothing", "Remove it.", IsUnreadable: false)],
        },
    };

    [Fact]
    public void A_part_keeps_to_the_schema_of_reports() => Assert.Empty(JsonSchemaCheck.Errors(Schema, Sample.Write("json", s_part)));

    [Fact]
    public void What_was_written_is_read_back_for_every_format()
    {
        var (read, error) = Read(Sample.Write("json", s_part), _ => s_wrong.Location.Source);
        Assert.Null(error);
        Assert.All(s_formats, format => Assert.Equal(Sample.Write(format, s_part), Sample.Write(format, read!)));
    }

    [Fact]
    public void Without_the_files_every_place_has_its_line_and_column()
    {
        var (read, _) = Read(Sample.Write("json", s_part), _ => null);
        Assert.Equal(Sample.Write("json", s_part), Sample.Write("json", read!));
    }

    [Fact]
    public void A_file_that_has_become_shorter_is_not_quoted_at_the_wrong_place()
    {
        var (read, _) = Read(Sample.Write("json", s_part), path => new SourceText(path, "x"));
        Assert.Equal(Sample.Write("json", s_part), Sample.Write("json", read!));
        Assert.DoesNotContain('x', read!.Findings[0].Location.Source.Content);
    }

    [Fact]
    public void Every_word_of_the_domain_is_read_back()
    {
        var findings = from outcome in Enum.GetValues<Outcome>()
                       from stage in Enum.GetValues<Stage>().Cast<Stage?>().Append(null)
                       from severity in (Severity[])[Severity.Note, Severity.Warning, Severity.Error]
                       from type in Enum.GetValues<OsType>()
                       from state in Enum.GetValues<OsState>().Cast<OsState?>().Append(null)
                       select s_wrong with { Outcome = outcome, Stage = stage, Severity = severity, OsType = type, Declared = state };
        var written = Sample.Write("json", s_part with { Findings = [.. findings] });
        Assert.Equal(written, Sample.Write("json", Read(written, _ => null).Report!));
    }

    [Fact]
    public void Times_keep_their_fractions()
    {
        var time = DateTimeOffset.Parse("2026-11-20T10:00:00.1234567Z", CultureInfo.InvariantCulture);
        var finding = s_wrong with { Evidence = [new EvidenceItem("a", "b", time)], Lineage = [new LineageStep("disk", "os", "prepared", null) { ReadAt = time }] };
        var read = Read(Sample.Write("json", s_part with { Findings = [finding] }), _ => null).Report!.Findings[0];
        Assert.Equal((time, time), (read.Evidence[0].ReadAt, read.Lineage[0].ReadAt));
    }

    private static (GateReport? Report, string? Error) Read(string text, Func<string, SourceText?> textOf) => ReportReader.Read(Encoding.UTF8.GetBytes(text), textOf);
}
