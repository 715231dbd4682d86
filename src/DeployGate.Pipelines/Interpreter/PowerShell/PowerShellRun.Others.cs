using System.Collections.Immutable;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;
using DeployGate.Pipelines.Commands.Guests;
using DeployGate.Pipelines.PowerShellScripts.Syntax;

namespace DeployGate.Pipelines.Interpreter.PowerShell;

internal sealed partial class PowerShellRun
{
    private static readonly string[] s_quiet =
    [
        "out-null", "start-sleep", "sleep", "import-module", "install-module", "connect-azaccount", "set-strictmode", "write-verbose", "write-debug", "write-error", "write-warning", "write-progress", "clear-host",
        "login-azaccount", "connect-azurermaccount", "add-azurermaccount", "disable-azcontextautosave", "register-azresourceprovider", "wait-job", "remove-job", "update-help", "set-location", "cd", "push-location", "pop-location",
    ];

    /// <summary>Commands that pass objects on, programs, and all others.</summary>
    private Value? Other(string name, PipelineElement.Command command, Value? piped, Place place)
    {
        var lower = name.ToLowerInvariant();
        switch (lower)
        {
            case "write-host" or "write-information":
                foreach (var word in Words(command).Where(word => word is not StringValue { Text: ['-', ..] }))
                {
                    StepOutputs.Said(_path, word);
                }

                return null;
            case "write-output" or "echo":
                return Words(command).ToList() is [var only] ? only : piped;
            case "out-file" or "add-content" or "set-content" or "tee-object":
                Write(command, piped);
                return lower == "tee-object" ? piped : null;
            case "foreach-object" or "%" or "foreach":
                return ForEachObject(command, piped);
            case "where-object" or "?" or "where" or "sort-object" or "convertfrom-json" or "out-string" or "get-unique" or "convertto-json":
                return piped;
            case "select-object" or "select":
                return Select(command, piped, place);
            case "read-host":
                Ask(place);
                return Values.Unknown($"Read-Host ({place.Start.Line})", "it is typed by a person", UnknownReason.ExternalInput);
            case "convertto-securestring" or "get-credential":
                return Values.Unknown($"secret ({place.Start.Line})", "it is a secret").AsSecret();
            case "join-path" when Words(command).Where(word => word is not StringValue { Text: ['-', ..] }).ToList() is [var folder, var file]:
                return Values.Concat([folder, Values.Text("/"), file], place);
            case "get-content" when Words(command).FirstOrDefault(word => word is not StringValue { Text: ['-', ..] }) is { } read:
                return _azure.Read(_path, read)?.Text ?? Values.Unknown($"Get-Content {Values.Pattern(read)}", "the file is not known");
            case "invoke-expression" or "iex":
                _azure.Record.Remark(place, "the text that is run is not known", RemarkCodes.DynamicCommand);
                return null;
            case "invoke-command":
                var block = command.Elements.OfType<CommandElement.Argument>().Select(argument => argument.Value).OfType<PowerShellExpression.ScriptBlock>().FirstOrDefault();
                if (block is not null)
                {
                    RemoteScripts.EnterAny(_azure, _path, GuestScripts.Read(Values.Text(_script.Content.Substring(block.Body.Span.Start, block.Body.Span.Length).Trim('{', '}')), GuestLanguage.PowerShell, place), "which machine is entered is not known", place);
                }

                return null;
        }

        if (lower == "write-error" && StopsHere(command))
        {
            Throw();
            return null;
        }

        return s_quiet.Contains(lower) ? null : Program(name, command, piped, place);
    }

    // An error that the script or the command itself lets pass is only printed.
    private bool StopsHere(PipelineElement.Command command) =>
        _path.StopsAtError
        && _path.Variables["ErrorActionPreference"] is null or StringValue { Text: "Stop" or "stop" }
        && !command.Elements.OfType<CommandElement.Parameter>().Any(parameter => parameter.Name.StartsWith("ErrorA", StringComparison.OrdinalIgnoreCase) || parameter.Name.Equals("EA", StringComparison.OrdinalIgnoreCase));

    private void Ask(Place place) => _azure.Record.Remark(place, "a person types this value", RemarkCodes.Interactive);

    private Value? Program(string name, PipelineElement.Command command, Value? piped, Place place)
    {
        if (name.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase))
        {
            return File(name, command, place);
        }

        if (name.EndsWith(".psm1", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (GuestCommands.BaseName(name) is "sysprep" || name.Equals("Start-Process", StringComparison.OrdinalIgnoreCase))
        {
            // The script runs in the machine that it prepares; it is read once, however often it does so.
            _asGuest ??= GuestScripts.Read(Values.Text(_script.Content), GuestLanguage.PowerShell, place);
            Builds.Here(_azure, _path, _asGuest, place);
            return null;
        }

        var words = Words(command).ToList();
        if (char.IsLetter(name[0]) && name.Contains('-', StringComparison.Ordinal) && !name.Contains('/', StringComparison.Ordinal))
        {
            // A cmdlet of a module: only those that work on images or machines can matter.
            if (CmdletTable.IsNear(name))
            {
                Unreads.Touch(_azure, _path, piped is null ? words : [piped, .. words], place, $"'{name}'");
            }

            return Values.Unknown($"{name} ({place.Start.Line}:{place.Start.Column})", "what it gives is known when it runs");
        }

        Value? printed = null;
        new Shell.ShellPrograms(_azure, _path).Run(name, [Values.Text(name), .. words], piped, place, value => printed = value);
        return printed;
    }

    private void Write(PipelineElement.Command command, Value? piped)
    {
        var words = Arguments(command);
        Value? target = null, text = piped;
        for (var i = 0; i < words.Count; i++)
        {
            var isValue = words[i].Name?.StartsWith("Value", StringComparison.OrdinalIgnoreCase) == true;
            if (words[i].Name is null)
            {
                (target, text) = target is null ? (words[i].Value, text) : (target, words[i].Value);
            }
            else if (isValue && i + 1 < words.Count)
            {
                text = words[++i].Value;
            }
            else if (words[i].Name is { } other && other.Contains("Path", StringComparison.OrdinalIgnoreCase) && i + 1 < words.Count)
            {
                target = words[++i].Value;
            }
            else if (words[i].Name is { } encoding && encoding.Equals("Encoding", StringComparison.OrdinalIgnoreCase))
            {
                i++;
            }
        }

        if (target is not null && text is not null && !StepOutputs.TryWrite(_path, Values.Pattern(target) ?? "", text))
        {
            Set(Hidden.File(Values.Pattern(target) ?? ""), text);
        }
    }

    private Value? ForEachObject(PipelineElement.Command command, Value? piped)
    {
        var block = command.Elements.OfType<CommandElement.Argument>().Select(argument => argument.Value).OfType<PowerShellExpression.ScriptBlock>().FirstOrDefault();
        return block is null ? piped : Capture(() => Each("_", piped ?? NullValue.Instance, () => Returning(() => Block(block.Body.Body))));
    }

    private Value? Select(PipelineElement.Command command, Value? piped, Place place)
    {
        var expands = command.Elements.OfType<CommandElement.Parameter>().Any(parameter => parameter.Name.StartsWith("Expand", StringComparison.OrdinalIgnoreCase));
        return expands && piped is not null && Words(command).LastOrDefault() is StringValue { Text: var name } ? Member(piped, name, place) : piped;
    }
}
