namespace DeployGate.EndToEnd.Tests;

public class ShellCompletionTests
{
    [Fact]
    public void Bash_completes_commands_options_and_values()
    {
        if (Tool.Find("bash") is not { } bash || OperatingSystem.IsWindows())
        {
            Assert.Skip("bash is not here");
            return;
        }

        using var work = new Workspace().With("complete.sh", Tool.Run(Tool.Root, ["completion", "bash"]).Output).With("run.sh", """
            . ./complete.sh
            deploygate() { dotnet "$TOOL" "$@"; }
            ask() {
              COMP_LINE=$1; COMP_POINT=${#COMP_LINE}
              read -ra COMP_WORDS <<< "$COMP_LINE"
              case $COMP_LINE in *' ') COMP_WORDS+=('') ;; esac
              COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
              COMPREPLY=()
              _deploygate
              echo "${COMPREPLY[*]}"
            }
            ask 'deploygate che'
            ask 'deploygate check --on-'
            ask 'deploygate check infra --on-unknown '
            ask 'deploygate check examples/'
            """);
        var tool = Path.Combine(Tool.Root, "src", "DeployGate.Cli", "bin", Tool.Configuration, "net10.0", "deploygate.dll");
        var run = Tool.RunProgram(bash, work.Folder, ["run.sh"], new Dictionary<string, string> { ["TOOL"] = tool });
        Assert.Equal("check\n--on-unknown\nfail pass warn\n\n", run.Output);
    }
}
