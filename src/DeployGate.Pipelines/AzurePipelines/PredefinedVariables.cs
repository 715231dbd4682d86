using System.Collections.Immutable;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Model;

namespace DeployGate.Pipelines.AzurePipelines;

/// <summary>The variables that every run has, as of 2026-08: folders are known, all else is known when the run is started.</summary>
/// <seealso href="https://learn.microsoft.com/azure/devops/pipelines/build/variables"/>
internal static class PredefinedVariables
{
    private static readonly string[] s_families = ["Build.", "System.", "Agent.", "Pipeline.", "Environment.", "Strategy.", "Resources.", "Checks.", "Release.", "Common.", "Task."];

    private static readonly string[] s_generated =
    [
        "Build.BuildId", "Build.BuildNumber", "Build.SourceVersion", "System.JobId", "System.PlanId", "System.TimelineId", "System.StageAttempt", "System.JobAttempt", "System.PullRequest.PullRequestId",
    ];

    /// <summary>Those whose values are known, by name.</summary>
    internal static ImmutableDictionary<string, string> Folders { get; } = new Dictionary<string, string>
    {
        ["Pipeline.Workspace"] = AgentPaths.AzureWorkspace,
        ["Agent.BuildDirectory"] = AgentPaths.AzureWorkspace,
        ["Build.SourcesDirectory"] = AgentPaths.AzureSources,
        ["Build.Repository.LocalPath"] = AgentPaths.AzureSources,
        ["System.DefaultWorkingDirectory"] = AgentPaths.AzureSources,
        ["Build.StagingDirectory"] = AgentPaths.AzureStaging,
        ["Build.ArtifactStagingDirectory"] = AgentPaths.AzureStaging,
        ["System.ArtifactsDirectory"] = AgentPaths.AzureStaging,
        ["Build.BinariesDirectory"] = AgentPaths.AzureWorkspace + "/b",
        ["Common.TestResultsDirectory"] = AgentPaths.AzureWorkspace + "/TestResults",
        ["Agent.TempDirectory"] = "/__w/_temp",
        ["Agent.WorkFolder"] = "/__w",
        ["TF_BUILD"] = "True",
    }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The variable of a name; null when it is not one of the host's.</summary>
    internal static Value? Find(string name, JobSystem system)
    {
        if (Folders.TryGetValue(name, out var known))
        {
            return new StringValue(known);
        }

        if (!s_families.Any(family => name.StartsWith(family, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        if (name.Equals("Agent.OS", StringComparison.OrdinalIgnoreCase) && system != JobSystem.Unknown)
        {
            return new StringValue(system switch { JobSystem.Windows => "Windows_NT", JobSystem.MacOS => "Darwin", _ => "Linux" });
        }

        if (name.Equals("System.AccessToken", StringComparison.OrdinalIgnoreCase))
        {
            return new UnknownValue(UnknownReason.Secret, name, "the token of the run") { Shape = ValueShape.Text, IsSecret = true };
        }

        return s_generated.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? new UnknownValue(UnknownReason.Generated, name, "another in each run") { Shape = ValueShape.IdSegment }
            : new UnknownValue(UnknownReason.QueueTime, name, "known when the run is started") { Shape = ValueShape.Text };
    }
}
