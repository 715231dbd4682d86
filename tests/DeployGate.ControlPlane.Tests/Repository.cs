namespace DeployGate.ControlPlane.Tests;

/// <summary>Files of the repository the tests were built in.</summary>
internal static class Repository
{
    internal static string Root { get; } = FindRoot();

    internal static string Fixture(string name) =>
        File.ReadAllText(Path.Combine(Root, "tests", "DeployGate.ControlPlane.Tests", "FactsFiles", "Fixtures", name));

    internal static IEnumerable<string> Fixtures() =>
        Directory.EnumerateFiles(Path.Combine(Root, "tests", "DeployGate.ControlPlane.Tests", "FactsFiles", "Fixtures")).Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DeployGate.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        return folder.FullName;
    }
}
