using System.Text.Json;
using DeployGate.Core.Policies;
using DeployGate.Core.Reports;

namespace DeployGate.Reporting.Json;

/// <summary>One element of <c>findings</c>.</summary>
internal static class JsonFinding
{
    internal static void Write(Utf8JsonWriter json, Diagnostic finding) => json.Object(() => WriteMembers(json, finding));

    /// <summary>A finding that is accepted: <c>suppressed</c> says by whom and why.</summary>
    internal static void Write(Utf8JsonWriter json, SuppressedFinding finding) => json.Object(() =>
    {
        WriteMembers(json, finding.Finding);
        json.Object("suppressed", () =>
        {
            json.Text("kind", ContractWords.Of(finding.By.Kind));
            json.Text("reason", finding.By.Reason);
            json.Text("expires", finding.By.Expires is { } day ? $"{day:yyyy-MM-dd}" : null);
            if (finding.By.Place is { } place)
                JsonFormat.WriteLocation(json, place);
        });
    });

    private static void WriteMembers(Utf8JsonWriter json, Diagnostic finding)
    {
        WriteRule(json, finding);
        json.Text("message", finding.Message);
        JsonFormat.WriteLocation(json, finding.Location);
        json.Array("related", finding.Related, WriteRelated);
        json.Array("evidence", finding.Evidence, WriteEvidence);
        json.Array("lineage", finding.Lineage, WriteLineage);
        json.Text("fix", finding.Fix);
        json.Text("help", finding.Rule.Page);
        json.Text("fingerprint", finding.Fingerprint);
        json.Array("parameterFiles", finding.ParameterFiles, (_, file) => json.WriteStringValue(file));
        json.Text("why", finding.Why);
        json.Text("azure", finding.AzureAnswer);
    }

    private static void WriteRule(Utf8JsonWriter json, Diagnostic finding)
    {
        json.Text("rule", finding.Rule.Id);
        json.Text("name", finding.Rule.Name);
        json.Text("severity", ContractWords.Of(finding.Severity));
        json.Text("stage", ContractWords.Of(finding.Stage));
        json.Text("outcome", ContractWords.Of(finding.Outcome));
        json.Text("osType", ContractWords.Of(finding.OsType));
        json.Text("declared", ContractWords.Of(finding.Declared));
        json.Text("actual", finding.Actual);
    }

    private static void WriteRelated(Utf8JsonWriter json, RelatedPlace related) => json.Object(() =>
    {
        JsonFormat.WriteLocation(json, related.Place);
        json.Text("message", related.Message);
    });

    private static void WriteEvidence(Utf8JsonWriter json, EvidenceItem item) => json.Object(() =>
    {
        json.Text("place", item.Place);
        json.Text("value", item.Value);
        json.Text("readAt", item.ReadAt is { } time ? ContractWords.Of(time) : null);
    });

    internal static void WriteLineage(Utf8JsonWriter json, LineageStep step) => json.Object(() =>
    {
        json.Text("kind", step.Kind);
        json.Text("id", step.Id);
        json.Text("state", step.State);
        json.Text("from", step.From);
    });
}
