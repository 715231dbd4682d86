namespace DeployGate.Reporting.Tests;

/// <summary>Whole expected outputs in <c>Fixtures/</c>; <c>DEPLOYGATE_UPDATE_GOLDEN=1</c> rewrites them.</summary>
internal static class Fixture
{
    internal static void Equal(string name, string actual)
    {
        var file = Path.Combine(Folder(), name);
        if (Environment.GetEnvironmentVariable("DEPLOYGATE_UPDATE_GOLDEN") == "1")
        {
            Assert.True(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")), "Expected outputs are not rewritten in CI.");
            File.WriteAllText(file, actual);
        }

        Assert.Equal(File.ReadAllText(file), actual);
    }

    private static string Folder() => Path.Combine(Root, "tests", "DeployGate.Reporting.Tests", "Fixtures");

    /// <summary>The repository.</summary>
    internal static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DeployGate.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        return folder.FullName;
    }
}
