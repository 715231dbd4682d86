namespace DeployGate.Reporting.AzureDevOps;

/// <summary>The command that shows a Markdown file as a section of a run's page.</summary>
/// <seealso href="https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands#uploadsummary-add-some-markdown-content-to-the-build-summary"/>
public static class UploadSummary
{
    /// <summary>The command's line for a file, whose name is that of the section.</summary>
    public static string Line(string file) => $"##vso[task.uploadsummary]{LoggingCommand.Data(SafeText.Line(file))}";
}
