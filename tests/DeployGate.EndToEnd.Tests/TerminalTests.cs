namespace DeployGate.EndToEnd.Tests;

/// <summary>The tool at a terminal, which <c>script</c> of util-linux makes.</summary>
public class TerminalTests
{
    [Fact]
    public void A_run_that_takes_a_while_says_on_standard_error_what_it_does_and_clears_the_line()
    {
        using var work = new Workspace().With("image.json", "{ }");
        var run = AtTerminal(work, "check -", before: "(sleep 2; cat image.json) | ");
        Assert.Contains("finding templates and pipelines", run.Output, StringComparison.Ordinal);

        // The last that the line does is to erase itself; the report stands where it was.
        var report = run.Output.LastIndexOf("deploygate: nothing to check", StringComparison.Ordinal);
        Assert.DoesNotContain("finding", run.Output[run.Output.LastIndexOf("\u001b[2K", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.InRange(report, run.Output.LastIndexOf("\u001b[2K", StringComparison.Ordinal), run.Output.Length);
    }

    [Fact]
    public void A_run_that_is_over_at_once_shows_its_report_alone()
    {
        using var work = new Workspace().WithCopyOf("examples");
        var run = AtTerminal(work, "rules");

        // .NET itself tells a terminal how its keypad should speak.
        var shown = run.Output.Replace("\u001b[?1h\u001b=", "", StringComparison.Ordinal);
        Assert.StartsWith("rule ", shown, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', shown);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(200)]
    public void Tables_take_the_width_of_the_terminal(int width)
    {
        using var work = new Workspace().WithCopyOf("examples");
        var run = AtTerminal(work, "resolve examples/golden-image/image.json --format text", width);
        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, width));
        Assert.Contains(run.Output.Split('\n'), line => line.TrimEnd().Length > Math.Min(width, 100) - 20);
    }

    private static ToolRun AtTerminal(Workspace work, string arguments, int width = 120, string before = "")
    {
        if (Tool.Find("script") is not { } script || !OperatingSystem.IsLinux())
        {
            Assert.Skip("script of util-linux is not here");
            throw new InvalidOperationException();
        }

        var tool = Path.Combine(Tool.Root, "src", "DeployGate.Cli", "bin", Tool.Configuration, "net10.0", "deploygate.dll");
        return Tool.RunProgram(script, work.Folder, ["--quiet", "--return", "--command", $"stty cols {width}; {before}dotnet '{tool}' {arguments}", "/dev/null"], new Dictionary<string, string> { ["TERM"] = "xterm", ["SHELL"] = "/bin/sh" });
    }
}
