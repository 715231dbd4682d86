using DeployGate.Cli.Files;
using DeployGate.Core.Text;

namespace DeployGate.Cli.Starting;

/// <summary>Where a repository runs its pipelines.</summary>
internal enum PipelinesHost
{
    GitHub,
    AzureDevOps,
}

/// <summary>What <c>init</c> sees in a repository.</summary>
/// <param name="Root">The folder that holds <c>.git</c>, else the working folder.</param>
/// <param name="Templates">How many templates there are.</param>
/// <param name="Parameters">How many parameter files there are.</param>
/// <param name="Scripts">How many YAML files and scripts there are that may be pipelines.</param>
/// <param name="Host">Where its pipelines run, as far as its files tell; GitHub when they do not.</param>
/// <param name="HasToolManifest">True when its manifest of .NET tools lists DeployGate.</param>
internal sealed record RepositoryLook(string Root, int Templates, int Parameters, int Scripts, PipelinesHost Host, bool HasToolManifest)
{
    private const int MaxSmallFile = 1024 * 1024;

    internal static RepositoryLook At(string workingFolder)
    {
        var root = DiskFiles.RepositoryOf(workingFolder) ?? workingFolder;
        var inputs = new InputFinder(root, TextReader.Null).Find([root]);
        return new RepositoryLook(
            root, inputs.Templates.Length, inputs.Parameters.Length, inputs.Scripts.Length, HostOf(root),
            ((string[])[".config/dotnet-tools.json", "dotnet-tools.json"]).Any(file => Holds(root, file, "\"deploygate\"")));
    }

    private static PipelinesHost HostOf(string root)
    {
        if (Directory.Exists(Path.Combine(root, ".github")))
        {
            return PipelinesHost.GitHub;
        }

        string[] folders = [".azure-pipelines", ".azuredevops", ".pipelines"];
        string[] remotes = ["dev.azure.com", ".visualstudio.com"];
        var isAzure = Directory.EnumerateFiles(root, "azure-pipelines*").Any()
            || folders.Any(folder => Directory.Exists(Path.Combine(root, folder)))
            || remotes.Any(remote => Holds(root, ".git/config", remote));
        return isAzure ? PipelinesHost.AzureDevOps : PipelinesHost.GitHub;
    }

    private static bool Holds(string root, string file, string word) =>
        DiskFiles.ReadNamed(Path.Combine(root, file), root, MaxSmallFile) is FileRead.Found found
        && found.Source.Content.Contains(word, StringComparison.OrdinalIgnoreCase);
}
