using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using DeployGate.Reporting.AzureDevOps;
using DeployGate.Reporting.GitHub;
using DeployGate.Reporting.Html;
using DeployGate.Reporting.Json;
using DeployGate.Reporting.JUnit;
using DeployGate.Reporting.Markdown;
using DeployGate.Reporting.Sarif;
using DeployGate.Reporting.Terminal;

namespace DeployGate.Reporting;

/// <summary>Every format that <c>--report</c> knows.</summary>
public static class ReportFormats
{
    /// <summary>All formats, in the order in which help lists them; the first is the default.</summary>
    public static ImmutableArray<IReportFormat> All { get; } =
    [
        new TextFormat(), new JsonFormat(), new SarifFormat(), new GitHubFormat(), new AzurePipelinesFormat(), new MarkdownFormat(), new HtmlFormat(),
        new JUnitFormat(),
    ];

    /// <summary>Finds a format by its exact name; false, with null, when there is none of that name.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out IReportFormat? format)
    {
        format = All.FirstOrDefault(candidate => candidate.Name == name);
        return format is not null;
    }
}
