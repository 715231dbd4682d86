using System.Diagnostics;

namespace DeployGate.EndToEnd.Tests;

/// <summary>What a run of the tool gave.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error);

/// <summary>Runs the built tool as a process, in an environment that holds nothing but what .NET needs.</summary>
internal static class Tool
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);

    /// <summary>The root of the repository.</summary>
    internal static string Root { get; } = FindRoot();

    /// <summary>Debug or Release: what the tests were built as, and therefore the tool too.</summary>
    internal static string Configuration { get; } = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!;

    internal static ToolRun Run(string folder, string[] arguments, IReadOnlyDictionary<string, string>? environment = null, string? input = null)
    {
        var tool = Path.Combine(Root, "src", "DeployGate.Cli", "bin", Configuration, "net10.0", "deploygate.dll");
        return RunProgram("dotnet", folder, [tool, .. arguments], environment, input);
    }

    /// <summary>Runs any program the same way.</summary>
    internal static ToolRun RunProgram(string program, string folder, string[] arguments, IReadOnlyDictionary<string, string>? environment = null, string? input = null, TimeSpan? limit = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Scrub(start, environment);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        if (!process.WaitForExit(limit ?? s_limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} did not end within {limit ?? s_limit}");
        }

        return new ToolRun(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>The full path of a program that <c>PATH</c> leads to; null when there is none.</summary>
    internal static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Append("/usr/sbin")
        .SelectMany(folder => (string[])[Path.Combine(folder, program), Path.Combine(folder, program + ".exe"), Path.Combine(folder, program + ".cmd")])
        .FirstOrDefault(File.Exists);

    private static void Scrub(ProcessStartInfo start, IReadOnlyDictionary<string, string>? environment)
    {
        string[] kept = ["PATH", "HOME", "USERPROFILE", "SystemRoot", "DOTNET_ROOT", "TEMP", "TMP"];
        foreach (var name in start.Environment.Keys.Where(name => !kept.Contains(name, StringComparer.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }
    }

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

/// <summary>A folder of its own for one test, gone afterwards.</summary>
internal sealed class Workspace : IDisposable
{
    internal string Folder { get; } = Directory.CreateTempSubdirectory("deploygate-").FullName;

    internal Workspace With(string path, string content)
    {
        var full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
        return this;
    }

    /// <summary>Copies a folder of the repository, under its own path.</summary>
    internal Workspace WithCopyOf(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Tool.Root, folder), "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(Folder, Path.GetRelativePath(Tool.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return this;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
