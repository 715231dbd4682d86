using System.Text.Json;
using DeployGate.Core.Policies;
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

    public bool ShowsFixes => true;

    public void Write(GateReport report, TextWriter output, ReportStyle style) =>
        JsonText.Write(output, json => json.Object(() =>
        {
            json.Text("$schema", Schema);
            json.Text("version", "2.1.0");
            json.Array("runs", [report], (_, run) => WriteRun(json, run, style));
        }));

    private static void WriteRun(Utf8JsonWriter json, GateReport report, ReportStyle style)
    {
        var rules = SarifRules.Of(report);
        json.Object(() =>
        {
            json.Object("tool", () => json.Object("driver", () =>
            {
                json.Text("name", "DeployGate");
                json.Text("version", report.ToolVersion);
                rules.Write(json, style.PageOf);
            }));
            json.Array("invocations", [report], WriteInvocation);
            if (style.Checkout is { } checkout)
                json.Array("versionControlProvenance", [checkout], WriteCheckout);

            json.Text("columnKind", "utf16CodeUnits");
            json.Array("results", Results(report), (_, result) => SarifResult.Write(json, result.Finding, rules.IndexOf(result.Finding.Rule), result.By));
        });
    }

    private static void WriteCheckout(Utf8JsonWriter json, Checkout checkout) => json.Object(() =>
    {
        json.Text("repositoryUri", checkout.Repository.AbsoluteUri);
        if (checkout.Revision is { } revision)
            json.Text("revisionId", revision);

        json.Object("mappedTo", () => json.Text("uriBaseId", SarifLocation.Root));
    });

    private static IEnumerable<(Diagnostic Finding, Suppression? By)> Results(GateReport report) =>
        [.. report.Findings.Select(finding => (finding, (Suppression?)null)), .. report.Suppressed.Select(one => (one.Finding, (Suppression?)one.By))];

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
