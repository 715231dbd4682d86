using System.Text.Json;
using DeployGate.Core.Reports;
using DeployGate.Reporting.Json;

namespace DeployGate.Reporting.Sarif;

/// <summary>SARIF <c>result</c> objects, one for each finding.</summary>
internal static class SarifResult
{
    internal static void Write(Utf8JsonWriter json, Diagnostic finding, int ruleIndex) => json.Object(() =>
    {
        json.Text("ruleId", finding.Rule.Id);
        json.WriteNumber("ruleIndex", ruleIndex);
        json.Text("level", ContractWords.Of(finding.Severity));
        SarifText.Message(json, "message", [finding.Message, $"Why: {finding.Why}", $"Fix: {finding.Fix}"]);
        json.Array("locations", [finding.Location], SarifLocation.Write);
        json.Array("relatedLocations", finding.Related.Index(), WriteRelated);
        json.Object("partialFingerprints", () => json.Text("deploygate/v1", finding.Fingerprint));
        json.Object("properties", () => WriteProperties(json, finding));
    });

    private static void WriteRelated(Utf8JsonWriter json, (int Index, RelatedPlace Related) item) =>
        SarifLocation.Write(json, item.Related.Place, item.Index + 1, item.Related.Message);

    private static void WriteProperties(Utf8JsonWriter json, Diagnostic finding)
    {
        json.Text("stage", ContractWords.Of(finding.Stage));
        json.Text("outcome", ContractWords.Of(finding.Outcome));
        json.Text("osType", ContractWords.Of(finding.OsType));
        json.Text("declared", ContractWords.Of(finding.Declared));
        json.Text("actual", finding.Actual);
        json.Text("fix", finding.Fix);
        if (finding.AzureAnswer is not null)
            json.Text("azure", finding.AzureAnswer);
    }
}
