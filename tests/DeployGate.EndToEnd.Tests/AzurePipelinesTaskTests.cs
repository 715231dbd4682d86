using System.IO.Compression;

namespace DeployGate.EndToEnd.Tests;

public class AzurePipelinesTaskTests
{
    [Fact]
    public void The_task_is_built_run_by_the_mock_runner_and_packaged()
    {
        if (Tool.Find("npm") is not { } npm || OperatingSystem.IsWindows())
        {
            Assert.Skip("npm is not here, or this is Windows: the task is packaged on Linux");
            return;
        }

        using var work = new Workspace();
        var folder = Copy(work.Folder);
        foreach (var arguments in (string[][])[["ci", "--no-audit", "--no-fund"], ["test", "--silent"], ["run", "package", "--silent"]])
        {
            var run = Tool.RunProgram(npm, folder, arguments);
            Assert.True(run.ExitCode == 0, run.Output + run.Error);
        }

        using var package = ZipFile.OpenRead(Path.Combine(folder, "out", "deploygate.vsix"));
        var names = package.Entries.Select(entry => entry.FullName).ToList();
        Assert.Superset(
            new HashSet<string> { "extension.vsixmanifest", "task/task.json", "task/index.js", "task/icon.png", "task/node_modules/azure-pipelines-task-lib/task.js", "README.md", "LICENSE" },
            names.ToHashSet());
        Assert.DoesNotContain(names, name => name.Contains("/tfx-cli/", StringComparison.Ordinal) || name.Contains("/typescript/", StringComparison.Ordinal));
    }

    [Fact]
    public void No_built_script_is_committed_and_lock_files_name_no_server()
    {
        var tracked = Tool.RunProgram("git", Tool.Root, ["ls-files", "action", "scripts"]).Output.Split('\n');
        Assert.DoesNotContain(tracked, file => file.EndsWith(".js", StringComparison.Ordinal));
        Assert.All(tracked.Where(file => file.EndsWith("package-lock.json", StringComparison.Ordinal)), file => Assert.DoesNotContain("\"resolved\"", File.ReadAllText(Path.Combine(Tool.Root, file)), StringComparison.Ordinal));
    }

    private static string Copy(string target)
    {
        string[] skipped = ["node_modules", "out"];
        var source = Path.Combine(Tool.Root, "action", "azure-pipelines");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Append(Path.Combine(Tool.Root, "LICENSE")).Append(Path.Combine(Tool.Root, "packaging", "icon.png")))
        {
            var relative = Path.GetRelativePath(Tool.Root, file);
            if (!relative.Split(Path.DirectorySeparatorChar).Intersect(skipped).Any())
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(target, relative))!);
                File.Copy(file, Path.Combine(target, relative));
            }
        }

        return Path.Combine(target, "action", "azure-pipelines");
    }
}
