namespace DeployGate.EndToEnd.Tests.Faults;

/// <summary>The tool in a shell that does to it what machines do: full disks, closed streams, signals.</summary>
internal static class FaultRun
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    /// <summary>Runs a script of <c>bash</c> in which <c>$dg</c> is the tool; the test is skipped where there is none.</summary>
    internal static ToolRun Shell(string folder, string script, IReadOnlyDictionary<string, string>? environment = null)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "these faults are made with the means of Linux");
        if (Tool.Find("bash") is not { } bash)
        {
            Assert.Skip("bash is not here");
            throw new InvalidOperationException();
        }

        var tool = Path.Combine(Tool.Root, "src", "DeployGate.Cli", "bin", Tool.Configuration, "net10.0", "deploygate.dll");

        // What runs in the background of a script has Ctrl-C ignored, and no shell can take that back for what it starts.
        return Tool.RunProgram("env", folder, ["--default-signal=INT,QUIT,TERM,HUP", bash, "-c", $"dg='dotnet {tool}'\n{script}"], environment, limit: s_limit);
    }

    /// <summary>No stack of calls, no defect, no unfinished file.</summary>
    internal static void AssertClean(ToolRun run, string folder)
    {
        Assert.DoesNotContain("   at ", run.Error + run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("defect of the tool", run.Error, StringComparison.Ordinal);
        AssertNothingLeft(folder);
    }

    internal static void AssertNothingLeft(string folder) => Assert.Empty(Directory.GetFiles(folder, "*.tmp", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }));
}
