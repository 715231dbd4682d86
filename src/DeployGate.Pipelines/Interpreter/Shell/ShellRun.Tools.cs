using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;
using DeployGate.Pipelines.Commands.Guests;
using DeployGate.Pipelines.Model;

namespace DeployGate.Pipelines.Interpreter.Shell;

internal sealed partial class ShellRun
{
    private bool Tool(string name, ImmutableArray<Value> words, Value? input, Place place)
    {
        switch (GuestCommands.BaseName(name))
        {
            case "az" or "az.cmd":
                var answer = AzCommands.Run(_azure, _path, words[1..], place, isAsked: _path.Printed is not null);
                if (answer is not null)
                {
                    Print(answer);
                }

                // A deletion or a question may fail; whoever asks for the status reckons with both.
                _status = null;
                return true;
            case "sudo" or "time" or "nohup" or "env" or "command" or "exec" or "timeout" or "retry" or "retrycmd" or "stdbuf" or "nice" or "retrycmd_if_failure" or "run" or "execute" or "try":
                Run(Inner(words), input, place);
                return true;
            case "docker" or "podman" when words.FirstOrDefault(word => Values.Pattern(word)?.Contains("azure-cli", StringComparison.Ordinal) == true) is { } image:
                Run(words[(words.IndexOf(image) + 1)..], input, place);
                return true;
            case "bash" or "sh" or "zsh":
                Shell(words, input, place);
                return true;
            case "pwsh" or "powershell":
                PowerShell(words, place);
                return true;
            case "ssh" or "sshpass":
                RemoteScripts.Ssh(_azure, _path, words, input, place);
                return true;
            case "xargs" when input is not null:
                Run([.. words.Skip(1).SkipWhile(word => word is StringValue { Text: ['-', ..] } && word is not StringValue { Text: "-I" }), input], null, place);
                return true;
        }

        if (name.Contains('/', StringComparison.Ordinal) && name.EndsWith(".sh", StringComparison.Ordinal))
        {
            File([words[0], .. words], place, isSourced: false, ScriptLanguage.Bash);
            return true;
        }

        var isOwn = name.StartsWith("./", StringComparison.Ordinal) && _azure.Read(_path, words[0]) is not null;
        if (isOwn || name.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase))
        {
            File([words[0], .. words], place, isSourced: false, isOwn && !name.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase) ? ScriptLanguage.Bash : ScriptLanguage.PowerShell);
            return true;
        }

        return false;
    }

    // What stands before the command proper: options, numbers, and variables.
    private static ImmutableArray<Value> Inner(ImmutableArray<Value> words) => [.. words.Skip(1).SkipWhile(word =>
        word is not StringValue { Text: var text }
        || text.StartsWith('-') || (text.Length > 0 && char.IsAsciiDigit(text[0])) || text.Contains('=', StringComparison.Ordinal))];

    private void Shell(ImmutableArray<Value> words, Value? input, Place place)
    {
        var rest = words.Skip(1).ToList();
        var options = rest.TakeWhile(word => word is StringValue { Text: ['-' or '+', _, ..] }).Select(word => ((StringValue)word).Text).ToList();
        if (options.Exists(option => option.EndsWith('c') && !option.StartsWith("--", StringComparison.Ordinal)) && rest.Count > options.Count)
        {
            Nested(rest[options.Count], place, isOwn: false);
        }
        else if (rest.Count > options.Count && rest[options.Count] is not StringValue { Text: "-" })
        {
            File([words[0], .. rest.Skip(options.Count)], place, isSourced: false, ScriptLanguage.Bash);
        }
        else if (input is not null)
        {
            Nested(input, place, isOwn: false);
        }
    }

    private void PowerShell(ImmutableArray<Value> words, Place place)
    {
        for (var i = 1; i < words.Length; i++)
        {
            var option = (words[i] as StringValue)?.Text.TrimStart('-').ToLowerInvariant() ?? "";
            var isOption = words[i] is StringValue { Text: ['-', ..] };
            if (isOption && "command".StartsWith(option, StringComparison.Ordinal) && i + 1 < words.Length)
            {
                if (words[i + 1] is StringValue or PartialString)
                {
                    Child(GuestScripts.ScriptOf(words[i + 1], place), [], ScriptLanguage.PowerShell);
                }

                return;
            }

            if ((isOption && "file".StartsWith(option, StringComparison.Ordinal) && i + 1 < words.Length) || !isOption)
            {
                File([words[0], .. words.Skip(isOption ? i + 1 : i)], place, isSourced: false, ScriptLanguage.PowerShell);
                return;
            }

            i += option is "executionpolicy" or "ep" or "ex" or "workingdirectory" ? 1 : 0;
        }
    }
}
