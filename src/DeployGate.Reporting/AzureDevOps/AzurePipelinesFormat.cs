using DeployGate.Core.Reports;
using DeployGate.Core.Rules;

namespace DeployGate.Reporting.AzureDevOps;

/// <summary>
/// <c>azure-pipelines</c>: issues of an Azure Pipelines run, by logging commands on standard output. The run fails by the
/// tool's exit code; <c>task.complete</c> would overrule the user's own handling of it, and is not written.
/// </summary>
/// <seealso href="https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands"/>
internal sealed class AzurePipelinesFormat : IReportFormat
{
    public string Name => "azure-pipelines";

    public void Write(GateReport report, TextWriter output, ReportStyle style)
    {
        var lines = new LineWriter(output);
        WriteType(lines, "error", Findings(report, Severity.Error).Concat(Inputs(report, isUnreadable: true)));
        WriteType(lines, "warning", Findings(report, Severity.Warning).Concat(Inputs(report, isUnreadable: false)));

        // An issue is an error or a warning; the agent has no third type, so a note stays a line of the log.
        foreach (var finding in report.Findings.Where(finding => finding.Severity == Severity.Note))
            lines.Add(NoteLine(finding));
    }

    private static void WriteType(LineWriter lines, string type, IEnumerable<string> commands)
    {
        foreach (var command in AnnotationLimit.Apply([.. commands], rest => new LoggingCommand(type).Line([rest])))
            lines.Add(command);
    }

    private static IEnumerable<string> Findings(GateReport report, Severity severity) =>
        report.Findings.Where(finding => finding.Severity == severity).Select(Command);

    private static IEnumerable<string> Inputs(GateReport report, bool isUnreadable) =>
        report.Errors.Where(error => error.IsUnreadable == isUnreadable).Select(Command);

    private static string NoteLine(Diagnostic finding) =>
        $"note {SafeText.Line(finding.Rule.Id)} {ContractWords.Of(finding.Location)}: {SafeText.Line(finding.Message)}";

    private static string Command(Diagnostic finding) => new LoggingCommand(ContractWords.Of(finding.Severity))
        .At(finding.Location.Source.Path, finding.Location.Start)
        .With("code", SafeText.Line(finding.Rule.Id))
        .Line(AnnotationText.Of(finding));

    private static string Command(InputError error) => new LoggingCommand(error.IsUnreadable ? "error" : "warning")
        .At(error.File, error.Position)
        .Line(AnnotationText.Of(error));
}
