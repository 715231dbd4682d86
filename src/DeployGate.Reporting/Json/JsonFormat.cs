using System.Text.Json;
using DeployGate.Core.Decisions;
using DeployGate.Core.Policies;
using DeployGate.Core.Reports;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;

namespace DeployGate.Reporting.Json;

/// <summary>
/// <c>json</c>: the schema <c>deploygate-report/v1</c>, described by
/// <c>policies/schemas/deploygate-report.v1.schema.json</c>. Names and order of members are fixed; new members follow the
/// old ones. Lines and columns count from 1, columns in UTF-16 code units; the end is the position after the range.
/// </summary>
internal sealed class JsonFormat : IReportFormat
{
    internal const string Schema = "deploygate-report/v1";

    public string Name => "json";

    public void Write(GateReport report, TextWriter output, ReportStyle style) =>
        JsonText.Write(output, json => json.Object(() =>
        {
            json.Text("schema", Schema);
            json.Object("tool", () =>
            {
                json.Text("name", "deploygate");
                json.Text("version", report.ToolVersion);
            });
            json.Object("summary", () => WriteSummary(json, report));
            json.Array("findings", [.. report.Findings.Select(Written), .. report.Suppressed.Select(Written)], (_, write) => write(json));
            json.Array("uses", report.Uses, WriteUse);
            json.Array("errors", report.Errors, WriteError);
            if (!report.Remarks.IsEmpty)
                json.Array("remarks", report.Remarks.Take(GateReport.MostRemarks), WriteRemark);

            if (report.Part is { } part)
                JsonPart.Write(json, report, part);
        }));

    private static Action<Utf8JsonWriter> Written(Diagnostic finding) => json => JsonFinding.Write(json, finding);

    private static Action<Utf8JsonWriter> Written(SuppressedFinding finding) => json => JsonFinding.Write(json, finding);

    internal static void WriteLocation(Utf8JsonWriter json, Place place) => json.Object("location", () =>
    {
        json.Text("file", place.Source.Path);
        json.WriteNumber("line", place.Start.Line);
        json.WriteNumber("column", place.Start.Column);
        json.WriteNumber("endLine", place.End.Line);
        json.WriteNumber("endColumn", place.End.Column);
    });

    private static void WriteSummary(Utf8JsonWriter json, GateReport report)
    {
        json.WriteNumber("templates", report.Templates);
        json.WriteNumber("pipelines", report.Pipelines);
        json.WriteNumber("uses", report.Uses.Length);
        json.WriteNumber("blocked", report.Count(Verdict.Blocked));
        json.WriteNumber("warned", report.Count(Verdict.Warned));
        json.WriteNumber("allowed", report.Count(Verdict.Allowed));
        json.WriteNumber("undecided", report.Count(Verdict.Undecided));
        if (!report.Suppressed.IsEmpty)
            json.WriteNumber("suppressed", report.Suppressed.Length);

        if (report.Untouched > 0)
            json.WriteNumber("untouched", report.Untouched);
    }

    private static void WriteUse(Utf8JsonWriter json, UseReport use) => json.Object(() =>
    {
        WriteLocation(json, use.Location);
        json.Text("stage", ContractWords.Of(use.Stage));
        json.Text("image", use.Image);
        json.Text("declared", ContractWords.Of(use.Declared));
        json.Text("actual", use.Actual);
        json.Text("verdict", ContractWords.Of(use.Verdict));
    });

    internal static void WriteError(Utf8JsonWriter json, InputError error) => json.Object(() =>
    {
        json.Text("file", error.File);
        WriteNumberOrNull(json, "line", error.Position?.Line);
        WriteNumberOrNull(json, "column", error.Position?.Column);
        json.Text("message", error.Message);
        json.Text("fix", error.Fix);
    });

    private static void WriteRemark(Utf8JsonWriter json, StepRemark remark) => json.Object(() =>
    {
        WriteLocation(json, remark.Place);
        json.Text("message", remark.Message);
        json.Text("code", remark.Code);
    });

    private static void WriteNumberOrNull(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
