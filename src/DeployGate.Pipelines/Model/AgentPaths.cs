namespace DeployGate.Pipelines.Model;

/// <summary>
/// The folders of the machine that runs a job. Their true names differ from machine to machine; these, which container jobs
/// have, stand for all, so that a path made of them leads back to the repository.
/// </summary>
internal static class AgentPaths
{
    /// <summary><c>github.workspace</c>: where the repository is checked out.</summary>
    internal const string GitHubWorkspace = "/github/workspace";

    /// <summary><c>runner.temp</c>.</summary>
    internal const string GitHubTemp = "/github/runner_temp";

    /// <summary><c>Pipeline.Workspace</c>.</summary>
    internal const string AzureWorkspace = "/__w/1";

    /// <summary><c>Build.SourcesDirectory</c>: where the repository is checked out.</summary>
    internal const string AzureSources = "/__w/1/s";

    /// <summary><c>Build.ArtifactStagingDirectory</c>.</summary>
    internal const string AzureStaging = "/__w/1/a";

    /// <summary>The path in the repository of a path on the machine; null when it does not lie in the checkout. Slashes of both kinds are read.</summary>
    internal static string? InRepository(string path)
    {
        var forward = path.Replace('\\', '/');
        foreach (var root in (ReadOnlySpan<string>)[GitHubWorkspace, AzureSources])
        {
            if (forward.StartsWith(root, StringComparison.Ordinal) && (forward.Length == root.Length || forward[root.Length] == '/'))
            {
                return forward[root.Length..].Trim('/');
            }
        }

        return null;
    }
}
