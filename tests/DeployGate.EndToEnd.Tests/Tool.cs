using System.Diagnostics;

namespace DeployGate.EndToEnd.Tests;

/// <summary>What a run of the tool gave.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error);

/// <summary>Runs the built tool as a process, in an environment that holds nothing but what .NET needs.</summary>
internal static class Tool
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    /// <summary>The root of the repository.</summary>
    internal static string Root { get; } = FindRoot();

    internal static ToolRun Run(string folder, string[] arguments, IReadOnlyDictionary<string, string>? environment = null, string? input = null)
    {
        var configuration = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!;
        var tool = Path.Combine(Root, "src", "DeployGate.Cli", "bin", configuration, "net10.0", "deploygate.dll");
        var start = new ProcessStartInfo("dotnet", [tool, .. arguments])
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
        if (!process.WaitForExit(s_limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"the tool did not end within {s_limit}");
        }

        return new ToolRun(process.ExitCode, output.Result, error.Result);
    }

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

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
