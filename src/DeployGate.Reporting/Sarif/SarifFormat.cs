using System.Text.Json;
using DeployGate.Core.Reports;
using DeployGate.Reporting.Json;

namespace DeployGate.Reporting.Sarif;

/// <summary><c>sarif</c>: a SARIF 2.1.0 log with one run, as GitHub code scanning and the SARIF viewers take it.</summary>
/// <seealso href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html"/>
/// <seealso href="https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning"/>
internal sealed class SarifFormat : IReportFormat
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    public string Name => "sarif";

    public void Write(GateReport report, TextWriter output, ReportStyle style) =>
        JsonText.Write(output, json => json.Object(() =>
        {
            json.Text("$schema", Schema);
            json.Text("version", "2.1.0");
            json.Array("runs", [report], WriteRun);
        }));

    private static void WriteRun(Utf8JsonWriter json, GateReport report)
    {
        var rules = SarifRules.Of(report);
        json.Object(() =>
        {
            json.Object("tool", () => json.Object("driver", () =>
            {
                json.Text("name", "DeployGate");
                json.Text("version", report.ToolVersion);
                rules.Write(json);
            }));
            json.Array("invocations", [report], WriteInvocation);
            json.Text("columnKind", "utf16CodeUnits");
            json.Array("results", report.Findings, (_, finding) => SarifResult.Write(json, finding, rules.IndexOf(finding.Rule)));
        });
    }

    private static void WriteInvocation(Utf8JsonWriter json, GateReport report) => json.Object(() =>
    {
        json.WriteBoolean("executionSuccessful", !report.Errors.Any(error => error.IsUnreadable));
        json.Array("toolExecutionNotifications", report.Errors, WriteNotification);
    });

    private static void WriteNotification(Utf8JsonWriter json, InputError error) => json.Object(() =>
    {
        json.Text("level", error.IsUnreadable ? "error" : "warning");
        SarifText.Message(json, "message", [error.Message, $"Fix: {error.Fix}"]);
        json.Array("locations", [error], (_, at) => SarifLocation.Write(json, at.File, at.Position));
    });
}
