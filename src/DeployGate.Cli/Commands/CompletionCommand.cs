using System.CommandLine;
using DeployGate.Cli.Output;

namespace DeployGate.Cli.Commands;

/// <summary><c>deploygate completion</c>: scripts for shells, which ask the tool itself what could come next.</summary>
/// <seealso href="https://learn.microsoft.com/dotnet/standard/commandline/tab-completion"/>
internal static class CompletionCommand
{
    /// <summary>How a command line of the tool begins when a shell asks for suggestions.</summary>
    internal const string Directive = "[suggest";

    // The words after the command's own name are handed over as one argument, and the cursor as a position in it. Files
    // are left to the shell: it offers them where the tool has nothing to say.
    private const string Bash = """
        _deploygate() {
          local line=${COMP_LINE#"${COMP_WORDS[0]}"}
          line=${line# }
          local point=$((COMP_POINT - ${#COMP_LINE} + ${#line}))
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:$point]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _deploygate deploygate

        """;

    private const string Zsh = """
        #compdef deploygate
        _deploygate() {
          local line=${BUFFER#"${words[1]}"}
          line=${line# }
          local point=$((CURSOR - ${#BUFFER} + ${#line}))
          local -a suggestions
          suggestions=("${(@f)$("${words[1]}" "[suggest:$point]" "$line" 2>/dev/null)}")
          compadd -- ${suggestions:#} || _files
        }
        compdef _deploygate deploygate

        """;

    private const string Fish = """
        function __deploygate_suggest
            set -l words (commandline --cut-at-cursor --tokenize)
            set -l line (string replace --regex '^\s*\S+\s?' '' -- (commandline --cut-at-cursor))
            $words[1] "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete --command deploygate --arguments '(__deploygate_suggest)'

        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName deploygate -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $name = $commandAst.CommandElements[0].Extent.Text
            $line = $commandAst.Extent.Text.Substring($name.Length).PadRight([Math]::Max(0, $cursorPosition - $commandAst.Extent.StartOffset - $name.Length))
            if ($line.StartsWith(' ')) { $line = $line.Substring(1) }
            & $name "[suggest:$($line.Length)]" $line 2>$null | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }

        """;

    internal static Command Create(Surroundings surroundings)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh, fish or pwsh." };
        shell.CompletionSources.Add("bash", "fish", "pwsh", "zsh");
        var command = new Command("completion", "Print a script that completes command lines of the tool in a shell.") { shell };
        command.SetAction(parsed =>
        {
            var script = parsed.GetValue(shell) switch
            {
                "bash" => Bash,
                "zsh" => Zsh,
                "fish" => Fish,
                "pwsh" => PowerShell,
                _ => null,
            };
            if (script is null)
            {
                return surroundings.WrongUsage($"completion {parsed.GetValue(shell)}: write bash, zsh, fish or pwsh");
            }

            surroundings.Output.Write(script);
            return ExitCodes.Open;
        });
        return command;
    }
}
