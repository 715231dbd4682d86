using DeployGate.Cli.Output;
using DeployGate.Core.Reports;
using DeployGate.Reporting;
using DeployGate.Reporting.AzureDevOps;
using DeployGate.Reporting.Markdown;

namespace DeployGate.Cli.Hosts;

/// <summary>
/// The summary of a job, which <c>check</c> writes by itself where a host runs it: GitHub reads a file that steps append to, and an agent of Azure
/// Pipelines is told the name of one. That it cannot be written changes nothing about the gate.
/// </summary>
internal static class JobSummary
{
    /// <summary>Writes the summary where there is a host.</summary>
    /// <param name="report">The report.</param>
    /// <param name="style">What the report knows of the run around it.</param>
    /// <param name="surroundings">The host's variables.</param>
    /// <param name="commands">Where commands to the host go.</param>
    /// <returns>Why it was not written; null when it was, or when there is no host.</returns>
    internal static string? Write(GateReport report, ReportStyle style, Surroundings surroundings, TextWriter commands)
    {
        var hosts = HostDetection.ExtraFormats(surroundings.Environment);
        var markdown = hosts.IsEmpty ? "" : MarkdownReport.Of(report, MarkdownReport.SummaryBytes, style) + "\n";
        var onGitHub = hosts.Contains("github") ? RunnerFile.Append(surroundings.Environment("GITHUB_STEP_SUMMARY"), markdown) : null;
        return onGitHub ?? (hosts.Contains("azure-pipelines") ? Upload(markdown, surroundings.Environment("AGENT_TEMPDIRECTORY"), commands) : null);
    }

    // The agent reads the file when the step is over; its temporary folder is emptied after the job.
    private static string? Upload(string markdown, string? folder, TextWriter commands)
    {
        if (string.IsNullOrEmpty(folder))
        {
            return null;
        }

        var file = Path.Combine(folder, $"DeployGate-{Guid.NewGuid():N}", "DeployGate.md");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        }
        catch (Exception exception) when (WriteFailure.IsExpected(exception))
        {
            return $"'{file}': {WriteFailure.Reason(exception)}";
        }

        if (WholeFile.Write(file, writer => writer.Write(markdown)) is { } error)
        {
            return $"'{file}': {error}";
        }

        commands.Write(UploadSummary.Line(file) + "\n");
        return null;
    }
}
