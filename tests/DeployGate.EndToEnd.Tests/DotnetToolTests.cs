using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DeployGate.EndToEnd.Tests;

/// <summary>The package, made of what the tests were built with, and installed from a folder that is the only source.</summary>
public sealed class PackedTool : IDisposable
{
    private readonly Workspace _work = new();

    public PackedTool()
    {
        Package = Path.Combine(_work.Folder, "feed");
        Environment = new Dictionary<string, string>
        {
            // A cache of its own: another build's package of the same version must not be taken.
            ["NUGET_PACKAGES"] = Path.Combine(_work.Folder, "cache"),
            ["DOTNET_CLI_HOME"] = Path.Combine(_work.Folder, "home"),
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_NOLOGO"] = "1",
            ["DOTNET_SKIP_FIRST_TIME_EXPERIENCE"] = "1",
            ["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false",
            ["MSBUILDDISABLENODEREUSE"] = "1",
        };
        // Without NUGET_PACKAGES: packing reads what the build restored.
        var packed = Tool.RunProgram("dotnet", Tool.Root, ["pack", "src/DeployGate.Cli", "--no-build", "-c", Tool.Configuration, "-o", Package, "--nologo", "-v", "quiet"]);
        Assert.True(packed.ExitCode == 0, packed.Output + packed.Error);
        Config = Path.Combine(_work.Folder, "nuget.config");
        File.WriteAllText(Config, $"<configuration><packageSources><clear /><add key=\"here\" value=\"{Package}\" /></packageSources></configuration>\n");
    }

    internal string Package { get; }

    internal string Config { get; }

    internal IReadOnlyDictionary<string, string> Environment { get; }

    internal ToolRun Dotnet(string folder, params string[] arguments) => Tool.RunProgram("dotnet", folder, arguments, Environment);

    public void Dispose() => _work.Dispose();
}

public sealed partial class DotnetToolTests(PackedTool packed) : IClassFixture<PackedTool>
{
    private static readonly string[] s_check = ["check", "examples/golden-image", "--state", "examples/golden-image/facts"];

    [Fact]
    public void A_local_tool_closes_the_gate_in_its_folder_and_in_one_below()
    {
        using var work = new Workspace().WithCopyOf("examples");
        File.Copy(packed.Config, Path.Combine(work.Folder, "nuget.config"));
        Succeed(packed.Dotnet(work.Folder, "new", "tool-manifest"));
        Succeed(packed.Dotnet(work.Folder, "tool", "install", "DeployGate"));

        var above = packed.Dotnet(work.Folder, ["deploygate", .. s_check]);
        Assert.Equal((1, ""), (above.ExitCode, above.Error));
        Assert.StartsWith("error[DG2002]: ", above.Output, StringComparison.Ordinal);

        var below = packed.Dotnet(Path.Combine(work.Folder, "examples", "golden-image"), "deploygate", "check", "--state", "facts");
        Assert.Equal((1, ""), (below.ExitCode, below.Error));
        Assert.StartsWith("error[DG2002]: ", below.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tool_installed_to_a_folder_is_a_command_that_names_its_commit()
    {
        using var work = new Workspace();
        Succeed(packed.Dotnet(work.Folder, "tool", "install", "DeployGate", "--tool-path", "tools", "--configfile", packed.Config));
        var command = Path.Combine(work.Folder, "tools", OperatingSystem.IsWindows() ? "deploygate.exe" : "deploygate");
        var version = Tool.RunProgram(command, work.Folder, ["--version"], packed.Environment);
        Assert.Equal(0, version.ExitCode);
        Assert.Matches(@"^deploygate \d+\.\d+\.\d+ \([0-9a-f]{7}\)\n$", version.Output);
        var checkedRun = Tool.RunProgram(command, Tool.Root, s_check, packed.Environment);
        Assert.Equal(1, checkedRun.ExitCode);
    }

    [Fact]
    public void The_package_has_a_readme_an_icon_a_licence_a_commit_and_no_documentation_of_code()
    {
        using var package = ZipFile.OpenRead(Directory.GetFiles(packed.Package, "DeployGate.*.nupkg").Single());
        var names = package.Entries.Select(entry => entry.FullName).ToList();
        Assert.Contains("README.md", names);
        Assert.Contains("icon.png", names);
        Assert.Contains("tools/net10.0/any/deploygate.dll", names);
        Assert.DoesNotContain(names, name => name.EndsWith(".xml", StringComparison.Ordinal) && name.StartsWith("tools/net10.0/any/DeployGate", StringComparison.OrdinalIgnoreCase));

        using var stream = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        var metadata = XDocument.Load(stream).Root!.Elements().Single();
        string? Of(string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;
        Assert.Equal(("DeployGate", "MIT", "README.md", "icon.png"), (Of("id"), Of("license"), Of("readme"), Of("icon")));
        Assert.Matches("^[0-9a-f]{40}$", metadata.Elements().Single(element => element.Name.LocalName == "repository").Attribute("commit")!.Value);
    }

    [Fact]
    public void The_readme_of_the_package_shows_the_commands_that_are_tested_here()
    {
        var lines = File.ReadAllLines(Path.Combine(Tool.Root, "packaging", "README.md"));
        var commands = lines.SkipWhile(line => line != "```sh").Skip(1).TakeWhile(line => line != "```");
        Assert.Equal(["dotnet new tool-manifest", "dotnet tool install DeployGate", "dotnet deploygate init", "dotnet deploygate check"], commands);
        Assert.Matches(MitLicence(), File.ReadAllText(Path.Combine(Tool.Root, "LICENSE")));
    }

    private static void Succeed(ToolRun run) => Assert.True(run.ExitCode == 0, run.Output + run.Error);

    [GeneratedRegex("^MIT License")]
    private static partial Regex MitLicence();
}
