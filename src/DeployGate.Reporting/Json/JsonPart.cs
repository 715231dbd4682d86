using System.Text.Json;
using DeployGate.Core.Reports;
using DeployGate.Core.Rules;

namespace DeployGate.Reporting.Json;

/// <summary>
/// The member <c>shard</c> of a part's report: which part it is, and what other formats show that this one does not, so that
/// <c>merge</c> can write them all. Its lists stand beside the report's own, element by element.
/// </summary>
internal static class JsonPart
{
    internal static void Write(Utf8JsonWriter json, GateReport report, ReportPart part) => json.Object("shard", () =>
    {
        json.WriteNumber("index", part.Index);
        json.WriteNumber("count", part.Count);
        json.Text("inputs", part.Inputs);
        json.WriteNumber("askedResources", report.AskedResources);
        json.Array("findings", report.Findings.Concat(report.Suppressed.Select(one => one.Finding)), WriteFinding);
        json.Array("uses", report.Uses, WriteUse);
        json.Array("unreadable", report.Errors, (_, error) => json.WriteBooleanValue(error.IsUnreadable));
        json.Array("usedWaivers", part.UsedWaivers, (_, place) => json.Object(() => JsonFormat.WriteLocation(json, place)));
        json.Array("unusedWaivers", part.UnusedWaivers, JsonFormat.WriteError);
    });

    private static void WriteFinding(Utf8JsonWriter json, Diagnostic finding) => json.Object(() =>
    {
        json.Text("label", finding.Label);
        if (finding.Subject is { } subject)
        {
            json.Object("subject", () => JsonFormat.WriteLocation(json, subject));
        }

        // Rules of the tool are known by their id; those of a user's own policies are not.
        if (RuleCatalog.Find(finding.Rule.Id) is null)
        {
            json.Text("summary", finding.Rule.Summary);
            json.Text("defaultSeverity", ContractWords.Of(finding.Rule.Severity));
        }

        WriteReadAt(json, finding.Lineage);
    });

    private static void WriteUse(Utf8JsonWriter json, UseReport use) => json.Object(() =>
    {
        json.Text("osType", ContractWords.Of(use.OsType));
        json.Array("lineage", use.Lineage, JsonFinding.WriteLineage);
        WriteReadAt(json, use.Lineage);
    });

    private static void WriteReadAt(Utf8JsonWriter json, IEnumerable<LineageStep> lineage) =>
        json.Array("readAt", lineage, (_, step) => json.WriteStringValue(step.ReadAt is { } time ? ContractWords.Of(time) : ""));
}
