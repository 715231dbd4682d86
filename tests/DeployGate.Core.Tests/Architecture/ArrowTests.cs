using System.Xml.Linq;

namespace DeployGate.Core.Tests.Architecture;

public class ArrowTests
{
    private static readonly string s_root = FindRoot();

    [Theory]
    [InlineData("DeployGate.Core", "")]
    [InlineData("DeployGate.Templates", "DeployGate.Core")]
    [InlineData("DeployGate.Pipelines", "DeployGate.Core")]
    [InlineData("DeployGate.ControlPlane", "DeployGate.Core")]
    [InlineData("DeployGate.Disks", "DeployGate.Core")]
    [InlineData("DeployGate.Guest", "DeployGate.Core DeployGate.Disks")]
    [InlineData("DeployGate.Reporting", "DeployGate.Core")]
    [InlineData("DeployGate.Cli", "DeployGate.ControlPlane DeployGate.Core DeployGate.Disks DeployGate.Guest DeployGate.Pipelines DeployGate.Reporting DeployGate.Templates")]
    public void Project_references_only(string project, string allowed) => Assert.Equal(allowed, string.Join(' ', ReferencesOf(project)));

    [Fact]
    public void Every_project_has_its_arrows_here()
    {
        var known = typeof(ArrowTests).GetMethod(nameof(Project_references_only))!
            .GetCustomAttributes(typeof(InlineDataAttribute), false)
            .Cast<InlineDataAttribute>()
            .Select(data => (string)data.Data[0]!);
        Assert.Equal(Directory.GetDirectories(Path.Combine(s_root, "src")).Select(Path.GetFileName).Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Core_uses_no_package_that_ships()
    {
        var packages = Project("DeployGate.Core").Descendants("PackageReference").Where(package => (string?)package.Attribute("PrivateAssets") != "all");
        Assert.Empty(packages);
    }

    [Fact]
    public void Core_touches_no_file_network_or_clock()
    {
        string[] banned = ["System.IO", "System.Net", "DateTime.", "DateTimeOffset.UtcNow", "DateTimeOffset.Now", "Environment.", "Console."];
        var found =
            from file in Directory.EnumerateFiles(Path.Combine(s_root, "src", "DeployGate.Core"), "*.cs", SearchOption.AllDirectories)
            where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            from word in banned
            where File.ReadLines(file).Any(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && line.Contains(word, StringComparison.Ordinal))
            select $"{Path.GetFileName(file)}: {word}";
        Assert.Empty(found);
    }

    private static IEnumerable<string> ReferencesOf(string project) => Project(project)
        .Descendants("ProjectReference")
        .Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')))
        .Order(StringComparer.Ordinal);

    private static XDocument Project(string project) => XDocument.Load(Path.Combine(s_root, "src", project, $"{project}.csproj"));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "DeployGate.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("DeployGate.sln is not above the tests");
        }

        return folder;
    }
}
