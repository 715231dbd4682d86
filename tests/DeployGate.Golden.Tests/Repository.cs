namespace DeployGate.Golden.Tests;

/// <summary>The source tree the tests were built from: expectations are read, and rewritten, where people edit them.</summary>
internal static class Repository
{
    internal static string Root { get; } = FindRoot();

    internal static string Golden { get; } = Path.Combine(Root, "tests", "golden");

    internal static string Matrix { get; } = Path.Combine(Root, "policies", "os-state.yml");

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "DeployGate.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException($"no DeployGate.sln above '{AppContext.BaseDirectory}': the golden tests run from the source tree");
    }
}
