using System.Globalization;
using System.Text.RegularExpressions;

namespace DeployGate.EndToEnd.Tests;

public partial class ContainerTests
{
    private const int MostMegabytes = 70;

    /// <summary>What scripts/container.sh exits with when no mirror of Debian answers.</summary>
    private const int NoBase = 75;

    [Fact]
    public void The_container_closes_the_gate_read_only_and_as_nobody_special_and_is_small()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root" || Tool.Find("buildah") is null || Tool.Find("debootstrap") is null)
        {
            Assert.Skip("building the container needs Linux, root, buildah and debootstrap");
        }

        if (Environment.GetEnvironmentVariable("DEPLOYGATE_CONTAINER_TEST") == "0")
        {
            Assert.Skip("DEPLOYGATE_CONTAINER_TEST is 0: compiling the framework and the tool together takes minutes");
        }

        var cache = Environment.GetEnvironmentVariable("DEPLOYGATE_CONTAINER_CACHE");
        var run = Tool.RunProgram("bash", Tool.Root, ["scripts/container.sh", "5"], cache is null ? null : new Dictionary<string, string> { ["DEPLOYGATE_CONTAINER_CACHE"] = cache }, limit: TimeSpan.FromMinutes(40));
        if (run.ExitCode == NoBase)
        {
            Assert.Skip(run.Error.Trim());
        }

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        // The shipped build is trimmed, and must say what the development build says.
        Assert.Matches(@"\n[1-9]\d* command lines, 0 said different things\n", run.Output);
        var size = SizeLine().Match(run.Output);
        Assert.True(size.Success, run.Output);
        Assert.InRange(int.Parse(size.Groups[1].Value, CultureInfo.InvariantCulture), 1, MostMegabytes);
    }

    [Fact]
    public void The_image_runs_the_tool_itself_for_a_user_that_is_not_root_and_without_a_shell()
    {
        var lines = File.ReadAllLines(Path.Combine(Tool.Root, "action", "Dockerfile"));
        Assert.Contains("USER 1001:1001", lines);
        Assert.Contains("ENTRYPOINT [\"/opt/deploygate/deploygate\"]", lines);
        Assert.Contains(lines, line => line.StartsWith("ARG BASE=", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith("RUN ", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^container: (\d+) MB beyond its base", RegexOptions.Multiline)]
    private static partial Regex SizeLine();
}
