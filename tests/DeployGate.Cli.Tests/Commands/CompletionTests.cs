using DeployGate.Cli.Tests.Documentation;

namespace DeployGate.Cli.Tests.Commands;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("che", "check")]
    [InlineData("check --on-", "--on-unknown")]
    [InlineData("check --on-unknown ", "fail,pass,warn")]
    [InlineData("completion ", "bash,fish,pwsh,zsh")]
    public void The_tool_suggests_what_could_come_next(string line, string expected)
    {
        var (exit, output, error) = Repository.Run(Repository.Root, $"[suggest:{line.Length}]", line);
        Assert.Equal((0, ""), (exit, error));
        Assert.Subset(output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(), expected.Split(',').ToHashSet());
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _deploygate deploygate\n")]
    [InlineData("zsh", "compdef _deploygate deploygate\n")]
    [InlineData("fish", "complete --command deploygate ")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName deploygate ")]
    public void A_script_for_a_shell_registers_a_completion(string shell, string registration)
    {
        var (exit, output, _) = Repository.Run(Repository.Root, "completion", shell);
        Assert.Equal(0, exit);
        Assert.Contains(registration, output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_shell_is_a_wrong_command_line() =>
        Assert.Equal((2, "", "deploygate: completion tcsh: write bash, zsh, fish or pwsh\n"), Trimmed(Repository.Run(Repository.Root, "completion", "tcsh")));

    private static (int, string, string) Trimmed((int Exit, string Output, string Error) run) => (run.Exit, run.Output, run.Error.ReplaceLineEndings("\n"));
}
