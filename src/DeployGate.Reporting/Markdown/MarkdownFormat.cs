using DeployGate.Core.Reports;

namespace DeployGate.Reporting.Markdown;

/// <summary><c>markdown</c>: the report as the summary of a job on GitHub and in Azure Pipelines shows it.</summary>
/// <seealso href="https://github.github.com/gfm/"/>
internal sealed class MarkdownFormat : IReportFormat
{
    public string Name => "markdown";

    public void Write(GateReport report, TextWriter output, ReportStyle style) => output.Write(MarkdownReport.Of(report, MarkdownReport.SummaryBytes, style));
}
