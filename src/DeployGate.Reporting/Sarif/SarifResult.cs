using System.Text.Json;
using DeployGate.Core.Fixes;
using DeployGate.Core.Policies;
using DeployGate.Core.Reports;
using DeployGate.Reporting.Json;
using DeployGate.Reporting.Lineages;

namespace DeployGate.Reporting.Sarif;

/// <summary>SARIF <c>result</c> objects, one for each finding.</summary>
internal static class SarifResult
{
    internal static void Write(Utf8JsonWriter json, Diagnostic finding, int ruleIndex, Suppression? by) => json.Object(() =>
    {
        json.Text("ruleId", finding.Rule.Id);
        json.WriteNumber("ruleIndex", ruleIndex);
        json.Text("level", ContractWords.Of(finding.Severity));
        SarifText.Message(json, "message", [finding.Message, $"Why: {finding.Why}", $"Fix: {finding.Fix}"]);
        json.Array("locations", [finding.Location], SarifLocation.Write);
        json.Array("relatedLocations", finding.Related.Index(), WriteRelated);
        if (!finding.Related.IsEmpty)
            SarifFlow.Write(json, finding);

        if (Hop.Of(finding) is { IsEmpty: false } hops)
            json.Array("graphs", [hops], (_, one) => SarifFlow.WriteGraph(json, one));

        json.Object("partialFingerprints", () => json.Text("deploygate/v1", finding.Fingerprint));
        if (by is not null)
            json.Array("suppressions", [by], WriteSuppression);

        if (finding.Cure is { } cure)
            json.Array("fixes", [cure], WriteFix);

        json.Object("properties", () => WriteProperties(json, finding));
    });

    // Viewers do not count what is accepted; code scanning shows it as closed.
    private static void WriteSuppression(Utf8JsonWriter json, Suppression by) => json.Object(() =>
    {
        json.Text("kind", by.Kind == SuppressionKind.InSource ? "inSource" : "external");
        json.Text("status", "accepted");
        json.Text("justification", by.Reason);
        if (by.Place is { } place)
        {
            json.WritePropertyName("location");
            SarifLocation.Write(json, place);
        }
    });

    private static void WriteFix(Utf8JsonWriter json, CodeFix fix) => json.Object(() =>
    {
        SarifText.Message(json, "description", [fix.Description]);
        json.Array("artifactChanges", fix.Edits.GroupBy(edit => edit.Place.Source.Path, StringComparer.Ordinal), (_, file) => json.Object(() =>
        {
            SarifLocation.WriteArtifact(json, file.Key);
            json.Array("replacements", file, WriteReplacement);
        }));
    });

    private static void WriteReplacement(Utf8JsonWriter json, TextEdit edit) => json.Object(() =>
    {
        SarifLocation.WriteRegion(json, "deletedRegion", edit.Place);
        json.Object("insertedContent", () => json.Text("text", edit.NewText));
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
