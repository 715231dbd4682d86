using DeployGate.Core.Reports;
using DeployGate.Core.Rules;

namespace DeployGate.Reporting.GitHub;

/// <summary><c>github</c>: annotations of GitHub Actions, by workflow commands on standard output.</summary>
/// <seealso href="https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands"/>
internal sealed class GitHubFormat : IReportFormat
{
    public string Name => "github";

    public void Write(GateReport report, TextWriter output, ReportStyle style)
    {
        var lines = new LineWriter(output);
        WriteKind(lines, "error", Findings(report, Severity.Error, "error").Concat(Inputs(report, true, "error")));
        WriteKind(lines, "warning", Findings(report, Severity.Warning, "warning").Concat(Inputs(report, false, "warning")));
        WriteKind(lines, "notice", Findings(report, Severity.Note, "notice"));
    }

    private static void WriteKind(LineWriter lines, string kind, IEnumerable<string> commands)
    {
        var limited = AnnotationLimit.Apply(
            [.. commands], rest => new WorkflowCommand(kind).With("title", "DeployGate").Line([rest]));
        foreach (var command in limited)
            lines.Add(command);
    }

    private static IEnumerable<string> Findings(GateReport report, Severity severity, string kind) =>
        report.Findings.Where(finding => finding.Severity == severity).Select(finding => Command(finding, kind));

    private static IEnumerable<string> Inputs(GateReport report, bool isUnreadable, string kind) =>
        report.Errors.Where(error => error.IsUnreadable == isUnreadable).Select(error => Command(error, kind));

    private static string Command(Diagnostic finding, string kind) => new WorkflowCommand(kind)
        .At(finding.Location)
        .With("title", SafeText.Line($"{finding.Rule.Id} {finding.Rule.Name}"))
        .Line(AnnotationText.Of(finding));

    private static string Command(InputError error, string kind)
    {
        var command = new WorkflowCommand(kind).With("file", SafeText.Line(error.File));
        if (error.Position is { } position)
            command.With("line", position.Line).With("col", position.Column);

        var title = error.IsUnreadable ? "Input could not be read" : "Remark on the input";
        return command.With("title", title).Line(AnnotationText.Of(error));
    }
}
