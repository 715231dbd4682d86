using DeployGate.Cli.Output;

namespace DeployGate.Cli.Tests.Documentation;

/// <summary>Files of the repository the tests were built in, and the tool run as a reader of its documents would.</summary>
internal static class Repository
{
    internal static string Root { get; } = FindRoot();

    internal static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The Markdown files people read: all but those of the tests' scenarios, and what builds leave behind.</summary>
    internal static IEnumerable<string> MarkdownFiles() =>
        ((string[])["docs", "policies", "examples", "action", "packaging"])
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.md", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}node_modules{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Concat(Directory.EnumerateFiles(Root, "*.md"))
            .Append(Path.Combine(Root, "tests", "golden", "README.md"))
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    /// <summary>Runs the tool in a folder, offline and outside of any CI host.</summary>
    internal static (int Exit, string Output, string Error) Run(string folder, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var surroundings = new Surroundings
        {
            Input = new StringReader(""),
            Output = output,
            Error = error,
            WorkingFolder = folder,
            Environment = _ => null,
        };
        var exit = new Application(surroundings).Run(arguments);
        return (exit, output.ToString(), error.ToString());
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DeployGate.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder.FullName;
    }
}

/// <summary>A folder that is there for one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("deploygate-").FullName;

    /// <summary>Copies a folder of the repository, under its own path.</summary>
    internal void CopyOf(string folder)
    {
        var source = System.IO.Path.Combine(Repository.Root, folder);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = System.IO.Path.Combine(Path, System.IO.Path.GetRelativePath(Repository.Root, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    internal void Write(string name, string content)
    {
        var file = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }

    internal string Read(string name) => File.ReadAllText(System.IO.Path.Combine(Path, name));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
