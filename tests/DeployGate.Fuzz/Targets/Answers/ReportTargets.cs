using System.Text;
using DeployGate.Core.Decisions;
using DeployGate.Core.Images;
using DeployGate.Core.Policies;
using DeployGate.Core.Reports;
using DeployGate.Core.Rules;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Core.Uses;
using DeployGate.Fuzz.Running;
using DeployGate.Reporting;
using DeployGate.Reporting.Json;

namespace DeployGate.Fuzz.Targets.Answers;

/// <summary>The reports that <c>merge</c> reads back: they may come from a stranger's job.</summary>
internal static class ReportTargets
{
    private static readonly SourceText s_file = new("a.bicep", "param a string\r\nresource b 'c@d' = {\n  e: a\n}\n");

    internal static IEnumerable<FuzzTarget> All { get; } =
    [
        new TextTarget("report", _ => [Written(Part(1)), Written(Part(2))], Read)
        {
            Dictionary = ["\"line\": 2147483647", "\"column\": 0", "\"endLine\": 4000000", "\"file\": \"../x\"", "\"suppressed\": {", "\"shard\": {", "\"index\": -1", "null", "[]", "{}", "\"severity\": \"error\"", "\"readAt\": \"9999-12-31T23:59:59.9999999Z\"", "\"expires\": \"0001-01-01\"", "\"\\ud800\""],
        },
    ];

    private static void Read(string text, bool isThorough)
    {
        var (report, error) = ReportReader.Read(Encoding.UTF8.GetBytes(text), path => path == s_file.Path ? s_file : null);
        if ((report is null) == (error is null))
        {
            throw new InvalidOperationException("a report is read or refused");
        }

        if (report is null)
        {
            return;
        }

        Written(report);
        var other = Part(report.Part!.Index == 1 ? 2 : 1);
        var (whole, _) = ReportParts.Join([new PartReport("1.json", report), new PartReport("2.json", other with { Templates = report.Templates, Pipelines = report.Pipelines })], null);
        if (isThorough && whole is not null)
        {
            foreach (var format in ReportFormats.All)
            {
                using var output = new StringWriter();
                format.Write(whole, output, new ReportStyle());
            }
        }
    }

    private static string Written(GateReport report)
    {
        using var output = new StringWriter();
        ReportFormats.TryFind("json", out var json);
        json!.Write(report, output, new ReportStyle());
        return output.ToString();
    }

    private static GateReport Part(int index)
    {
        var place = new Place(s_file, new TextSpan(29, 5));
        var finding = new Diagnostic
        {
            Rule = RuleCatalog.All[index].Descriptor,
            Severity = Severity.Error,
            Stage = Stage.Capture,
            Outcome = Outcome.BootFailure,
            OsType = OsType.Linux,
            Declared = OsState.Generalized,
            Actual = "Specialized",
            Message = "m",
            Location = place,
            Subject = place,
            Label = "here",
            Related = [new RelatedPlace(place, "there")],
            Evidence = [new EvidenceItem("p", "v", DateTimeOffset.UnixEpoch)],
            Lineage = [new LineageStep("disk", "d", "s", "f") { ReadAt = DateTimeOffset.UnixEpoch }],
            Why = "w",
            Fix = "f",
            Fingerprint = "0123456789abcdef",
            ParameterFiles = ["p.json"],
        };
        return new GateReport("1.0.0", [finding], [new UseReport(place, Stage.Deploy, "i", null, "Unknown", Verdict.Undecided)], [new InputError("x", new LinePosition(1, 2), "m", "f")], 1, 1)
        {
            Suppressed = [new SuppressedFinding(finding with { Message = "n" }, new Suppression(SuppressionKind.InSource, "r", new DateOnly(2027, 1, 31), place))],
            Remarks = [new StepRemark(place, "m", "c")],
            Part = new ReportPart(index, 2, "0123456789abcdef") { UsedWaivers = [place], UnusedWaivers = [new InputError("y", null, "m", "f", IsUnreadable: false)] },
        };
    }
}
