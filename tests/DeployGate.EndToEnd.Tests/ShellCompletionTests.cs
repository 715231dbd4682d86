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

    [Fact]
    public void Fish_completes_commands_options_values_and_paths()
    {
        using var work = new Workspace().With("complete.fish", Tool.Run(Tool.Root, ["completion", "fish"]).Output).With("infra.bicep", "").With("run.fish", """
            source complete.fish
            function deploygate; dotnet $TOOL $argv; end
            complete -C 'deploygate che'
            complete -C 'deploygate check --on-'
            complete -C 'deploygate check infra --on-unknown ' | string match --regex '^(fail|pass|warn)$' --groups-only
            complete -C 'deploygate check infr' | string replace --regex '\t.*' ''
            """);
        Assert.Equal("check\n--on-unknown\nfail\npass\nwarn\ninfra.bicep\n", Run("fish", work, "run.fish"));
    }

    // compadd is a builtin of the completion widget alone: here it prints what it is given.
    [Fact]
    public void Zsh_completes_commands_options_and_values()
    {
        using var work = new Workspace().With("complete.zsh", Tool.Run(Tool.Root, ["completion", "zsh"]).Output).With("run.zsh", """
            compdef() { registered=$2 }
            compadd() { shift; print -r -- "$@"; (( $# > 0 )) }
            _files() { print files }
            deploygate() { dotnet "$TOOL" "$@" }
            source ./complete.zsh
            ask() { BUFFER=$1; CURSOR=${#1}; words=("${(@s: :)1}"); _deploygate }
            ask 'deploygate che'
            ask 'deploygate check --on-'
            ask 'deploygate check infra --on-unknown '
            ask 'deploygate check examples/'
            print $registered
            """);
        Assert.Equal("check\n--on-unknown\nfail pass warn\n\nfiles\ndeploygate\n", Run("zsh", work, "run.zsh"));
    }

    private static string Run(string shell, Workspace work, string script)
    {
        if (Tool.Find(shell) is not { } found || OperatingSystem.IsWindows())
        {
            Assert.Skip($"{shell} is not here");
            return "";
        }

        var tool = Path.Combine(Tool.Root, "src", "DeployGate.Cli", "bin", Tool.Configuration, "net10.0", "deploygate.dll");
        return Tool.RunProgram(found, work.Folder, [script], new Dictionary<string, string> { ["TOOL"] = tool }).Output;
    }
}
