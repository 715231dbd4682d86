using System.Globalization;
using System.Text.Json;
using DeployGate.Core.Diagnosis;
using DeployGate.Reporting.Inspections;
using DeployGate.Reporting.Json;

namespace DeployGate.Reporting.Diagnoses;

/// <summary>Writes diagnoses for scripts: <c>deploygate-diagnosis/v1</c>.</summary>
public static class DiagnosisJson
{
    /// <summary>Writes the document of some failures, each with its subject, its causes, and what was found inside disks.</summary>
    public static void Write(TextWriter output, IEnumerable<Diagnosis> failures, Func<string, string?> ruleName) => JsonText.Write(output, json => json.Object(() =>
    {
        json.WriteString("schema", "deploygate-diagnosis/v1");
        json.Array("failures", failures, (_, failure) => json.Object(() =>
        {
            json.Text("subject", failure.Subject);
            json.Array("causes", failure.Findings, (_, finding) => WriteCause(json, finding, ruleName));
            json.Array("disks", failure.Disks, (_, disk) => json.Object(() =>
            {
                json.Text("disk", disk.File);
                json.WriteString("state", InspectionJson.WordOf(disk.State));
                json.Text("reason", disk.Reason);
            }));
        }));
    }));

    private static void WriteCause(Utf8JsonWriter json, Finding finding, Func<string, string?> ruleName) => json.Object(() =>
    {
        json.WriteString("cause", finding.Cause.Name);
        json.Text("what", finding.What);
        json.Array("evidence", finding.Evidence, (_, item) => json.Object(() =>
        {
            json.Text("place", item.Place);
            json.Text("value", item.Value);
            json.WriteString("at", item.ReadAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        }));
        json.Text("now", finding.Now);
        json.Array("rules", finding.Cause.Rules, (_, id) => json.Object(() =>
        {
            json.WriteString("id", id);
            json.WriteString("name", ruleName(id));
        }));
    });
}
