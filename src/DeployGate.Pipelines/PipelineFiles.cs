using DeployGate.Core.Text;
using DeployGate.Pipelines.Model;
using DeployGate.Pipelines.Yaml;

namespace DeployGate.Pipelines;

/// <summary>What a YAML file is to its host; <paramref name="HasJobs"/> is false for files that hold only variables or a program.</summary>
internal sealed record PipelineFileKind(PipelineHost Host, bool IsTemplate, bool HasJobs);

/// <summary>Tells pipelines, and what they include, from other YAML.</summary>
internal static class PipelineFiles
{
    private const string WorkflowFolder = ".github/workflows/";

    private static readonly string[] s_itemKeys =
    [
        "stage", "job", "deployment", "template", "task", "script", "bash", "pwsh", "powershell", "checkout", "download", "downloadBuild", "getPackage", "publish", "reviewApp",
    ];

    private static readonly string[] s_entryKeys = ["trigger", "pr", "schedules", "resources", "pool", "name", "extends", "lockBehavior", "appendCommitMessageToRunName"];

    /// <summary>What a file is by its path and its keys; null for other YAML.</summary>
    internal static PipelineFileKind? Detect(string path, YamlMapping root)
    {
        var forward = path.Replace('\\', '/');
        if (forward.StartsWith(WorkflowFolder, StringComparison.Ordinal) || forward.Contains("/" + WorkflowFolder, StringComparison.Ordinal) || IsWorkflow(root))
        {
            return root["jobs"] is YamlMapping ? new PipelineFileKind(PipelineHost.GitHubActions, IsOnlyCalled(root), true) : null;
        }

        if (root["runs"] is YamlMapping runs && runs["using"] is not null)
        {
            return new PipelineFileKind(PipelineHost.GitHubActions, true, false);
        }

        return IsAzure(root)
            ? new PipelineFileKind(PipelineHost.AzurePipelines, IsAzureTemplate(forward, root), true)
            : IsVariableTemplate(root) ? new PipelineFileKind(PipelineHost.AzurePipelines, true, false) : null;
    }

    /// <summary>True when a broken file was meant to be a pipeline, as far as its path and text tell.</summary>
    internal static bool LooksLikePipeline(SourceText source)
    {
        var path = source.Path.Replace('\\', '/');
        return path.Contains(WorkflowFolder, StringComparison.Ordinal)
            || Path.GetFileName(path).StartsWith("azure-pipelines", StringComparison.OrdinalIgnoreCase)
            || (HasLine(source.Content, "steps:") && (source.Content.Contains("task:", StringComparison.Ordinal) || source.Content.Contains("script:", StringComparison.Ordinal) || source.Content.Contains("runs-on:", StringComparison.Ordinal)));
    }

    private static bool HasLine(string content, string key) => content.Contains("\n" + key, StringComparison.Ordinal) || content.Contains(" " + key, StringComparison.Ordinal) || content.StartsWith(key, StringComparison.Ordinal);

    private static bool IsWorkflow(YamlMapping root) =>
        root["on"] is not null && root["jobs"] is YamlMapping jobs && jobs.Entries.Any(entry => entry.Value is YamlMapping job && (job["runs-on"] ?? job["uses"] ?? job["steps"]) is not null);

    private static bool IsOnlyCalled(YamlMapping root) => GitHubActions.WorkflowInputs.Events(root) is ["workflow_call"];

    private static bool IsAzure(YamlMapping root) =>
        IsList(root["stages"]) || IsList(root["jobs"]) || IsList(root["steps"]) || (root["extends"] is YamlMapping extends && extends["template"] is not null);

    // A list of which an item has the shape of a stage, job or step, or is computed.
    private static bool IsList(YamlNode? node) => node switch
    {
        YamlSequence list => list.Items.Any(item => item is YamlMapping map ? map.Entries.Any(entry => s_itemKeys.Contains(entry.Key.Value) || IsExpression(entry.Key)) : item is YamlScalar text && IsExpression(text)),
        YamlScalar scalar => IsExpression(scalar),
        YamlMapping map => map.Entries.Length > 0 && map.Entries.All(entry => IsExpression(entry.Key)),
        _ => false,
    };

    private static bool IsExpression(YamlScalar scalar) => scalar.Value.StartsWith("${{", StringComparison.Ordinal);

    // Parameters in the form of a mapping are never those of a run; parameters of a file that nothing starts are a template's.
    private static bool IsAzureTemplate(string path, YamlMapping root) => root["parameters"] switch
    {
        null => false,
        YamlMapping => true,
        _ => !Path.GetFileName(path).StartsWith("azure-pipelines", StringComparison.OrdinalIgnoreCase) && !s_entryKeys.Any(key => root[key] is not null),
    };

    private static bool IsVariableTemplate(YamlMapping root) =>
        root["variables"] is YamlSequence or YamlMapping && root.Entries.All(entry => entry.Key.Value is "variables" or "parameters");
}
