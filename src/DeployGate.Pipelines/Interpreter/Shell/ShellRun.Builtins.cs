using System.Collections.Immutable;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;
using DeployGate.Pipelines.Commands.Guests;
using DeployGate.Pipelines.Model;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.Interpreter.Shell;

internal sealed partial class ShellRun
{
    private bool Builtin(string name, ImmutableArray<Value> words, Value? input, Place place)
    {
        switch (name)
        {
            case ":" or "true" or "sleep" or "wait" or "shopt" or "unalias" or "alias" or "umask" or "ulimit" or "hash" or "popd":
                break;
            case "false":
                _status = false;
                break;
            case "echo" or "printf":
                Print(Echo(name, words, place));
                break;
            case "[" or "test":
                _status = Test([.. words.Skip(1).Take(words.Length - (name == "[" && words[^1] is StringValue { Text: "]" } ? 2 : 1))]);
                break;
            case "exit":
                _process.Exits.Leave(_path, _status = Status(words));
                break;
            case "return":
                _returns.Leave(_path, _status = Status(words));
                break;
            case "break" or "continue":
                LeaveLoop(words, name == "break");
                break;
            case "cd" or "pushd":
                ChangeDirectory(words.Length > 1 ? words[1] : Values.Empty);
                break;
            case "set":
                SetOptions(words);
                break;
            case "unset":
                words.Skip(1).OfType<StringValue>().ToList().ForEach(word => Set(word.Text, Values.Empty));
                break;
            case "shift":
                Shift(words);
                break;
            case "read" or "mapfile" or "readarray":
                Read(name, words, input, place);
                break;
            case "eval" when words.Length > 1:
                Nested(Values.Concat([.. words.Skip(1).SelectMany((word, i) => i == 0 ? new[] { word } : [Values.Text(" "), word])], place), place, isOwn: true);
                break;
            case "trap":
                _process.OnExit = words is [_, StringValue { Text: var action }, ..] && words.Skip(2).Any(word => word is StringValue { Text: "EXIT" or "0" })
                    ? GuestScripts.ScriptOf(Values.Text(action), place) : _process.OnExit;
                break;
            case "source" or ".":
                File(words, place, isSourced: true, ScriptLanguage.Bash);
                break;
            default:
                return false;
        }

        return true;
    }

    private void Shift(ImmutableArray<Value> words)
    {
        var count = words.Length < 2 ? 1 : words[1] is StringValue { Text: var text } && int.TryParse(text, out var number) && number >= 0 ? number : (int?)null;
        _arguments = _arguments.IsDefault || count is null ? default : count <= _arguments.Length ? _arguments[count.Value..] : _arguments;
    }

    private static Value Echo(string name, ImmutableArray<Value> words, Place place)
    {
        var rest = words.Skip(1).SkipWhile(word => name == "echo" && word is StringValue { Text: "-e" or "-n" or "-ne" or "-en" }).ToList();
        if (rest.Count == 0)
        {
            return Values.Text("", place);
        }

        if (name == "printf" && rest[0] is StringValue { Text: var format } && format.Contains("%s", StringComparison.Ordinal) && rest.Count == 2)
        {
            var at = format.IndexOf("%s", StringComparison.Ordinal);
            return Values.Concat([Values.Text(format[..at]), rest[1], Values.Text(format[(at + 2)..].Replace("\\n", "\n", StringComparison.Ordinal))], rest[1].Origin?.Place);
        }

        return Values.Concat([.. rest.SelectMany((word, i) => i == 0 ? new[] { word } : [Values.Text(" "), word])], place);
    }

    // Without a number it is the status of the last command, which is assumed to have succeeded. Only the lowest byte counts.
    private bool? Status(ImmutableArray<Value> words) => words.Length < 2 ? _status ?? true
        : words[1] is not StringValue { Text: { Length: > 0 } code } ? null
        : !long.TryParse(code, System.Globalization.CultureInfo.InvariantCulture, out var number) || (number & 0xFF) != 0 ? false
        : true;

    // "break 2" leaves two loops; outside of loops it does nothing.
    private void LeaveLoop(ImmutableArray<Value> words, bool isBreak)
    {
        var loop = _loop;
        var loops = words.Length > 1 && words[1] is StringValue { Text: var text } && int.TryParse(text, out var number) ? number : 1;
        for (var i = 1; i < loops && loop?.Outer is { } outer; i++)
        {
            loop = outer;
        }

        loop?.Leave(_path, isBreak);
    }

    private void ChangeDirectory(Value to)
    {
        if (to is StringValue { Text: "-" or "" or "~" })
        {
            return;
        }

        var before = (_path.Variables[Hidden.Directory] as StringValue)?.Text ?? "";
        Set(Hidden.Directory, to is StringValue { Text: var text } ? Values.Text(text.StartsWith('/') || before.Length == 0 ? text : before + "/" + text) : to);
    }

    private void SetOptions(ImmutableArray<Value> words)
    {
        var texts = words.Skip(1).Select(word => (word as StringValue)?.Text ?? "").ToList();
        for (var i = 0; i < texts.Count && texts[i] is ['-' or '+', ..] text; i++)
        {
            if (text == "--")
            {
                _arguments = [.. words.Skip(i + 2)];
                return;
            }

            var isOn = text[0] == '-';
            _path.StopsAtError = text.Contains('e', StringComparison.Ordinal) ? isOn : _path.StopsAtError;
            if (text.EndsWith('o') && i + 1 < texts.Count)
            {
                i++;
                _path.StopsInPipe = texts[i] == "pipefail" ? isOn : _path.StopsInPipe;
                _path.StopsAtError = texts[i] == "errexit" ? isOn : _path.StopsAtError;
            }
        }
    }

    private void Read(string name, ImmutableArray<Value> words, Value? input, Place place)
    {
        var names = words.Skip(1).OfType<StringValue>().Select(word => word.Text).Where(word => !word.StartsWith('-')).ToList();
        if (names.Count == 0)
        {
            return;
        }

        if (input is not null)
        {
            Set(names[^1], name != "read" && Values.Split(input, '\n') is { } lines ? new ArrayValue(lines) : input);
            return;
        }

        foreach (var variable in names)
        {
            Set(variable, Values.Unknown($"{variable} (read at {place.Start.Line})", $"'{variable}' is typed by a person", UnknownReason.ExternalInput) with { Origin = new Origin(place) });
        }
    }

    /// <summary>Follows a text as a script of this shell, or of another one that knows the same.</summary>
    private void Nested(Value text, Place place, bool isOwn)
    {
        if (text is not (StringValue or PartialString) || _azure.Record.CallDepth >= MostCalls)
        {
            _azure.Record.Remark(place, "the text that is run is not known", RemarkCodes.DynamicCommand);
            return;
        }

        _azure.Record.CallDepth++;
        var script = GuestScripts.ScriptOf(text, place);
        _status = isOwn ? Within(_azure, _path, script, _arguments, _functions, _process) : Alone(_azure, _path, script, _arguments, _functions);
        _azure.Record.CallDepth--;
        if (!isOwn)
        {
            BehindChild();
        }
    }

    // What a child fails with is a status here; its parent goes on unless it stops at a failure.
    private void BehindChild()
    {
        if (!_path.HasFailed)
        {
            return;
        }

        (_path.IsEnded, _status) = (false, false);
        StopAtError();
    }

    /// <summary>Follows a file: one of the repository, or one that the script wrote.</summary>
    private void File(ImmutableArray<Value> words, Place place, bool isSourced, ScriptLanguage language)
    {
        if (words.Length < 2)
        {
            return;
        }

        var source = _azure.Read(_path, words[1]);
        if (source is null || _azure.Record.CallDepth >= MostCalls)
        {
            var code = source is not null ? RemarkCodes.Limit : words[1] is StringValue ? RemarkCodes.MissingFile : RemarkCodes.DynamicCommand;
            _azure.Record.Remark(place, $"the script '{Values.Pattern(words[1])}' is not read", code);
            Havoc(words.Skip(2), place, "a script that is not read");
            return;
        }

        _azure.Record.CallDepth++;
        var text = source.File is { } file ? ScriptText.Of(file) : source.Text is StringValue or PartialString ? GuestScripts.ScriptOf(source.Text, place) : null;
        if (text is not null && isSourced)
        {
            _status = Within(_azure, _path, text, words.Length > 2 ? words[2..] : _arguments, _functions, _process);
        }
        else if (text is not null)
        {
            Child(text, words[2..], language);
        }

        _azure.Record.CallDepth--;
    }

    // A child has variables of its own; those that are exported are handed down.
    private void Child(ScriptText text, ImmutableArray<Value> arguments, ScriptLanguage language)
    {
        var (variables, stops, pipes) = (_path.Variables, _path.StopsAtError, _path.StopsInPipe);
        (_path.StopsAtError, _path.StopsInPipe) = (false, false);
        Print(Capture(() =>
        {
            if (language == ScriptLanguage.PowerShell)
            {
                ScriptRuns.Run(_azure, _path, text, language, arguments);
            }
            else
            {
                Alone(_azure, _path, text, arguments, []);
            }
        }));
        foreach (var (name, value) in _path.Variables.Items.Where(pair => !pair.Key.StartsWith('\0') && !ReferenceEquals(variables[pair.Key], pair.Value)).ToList())
        {
            _path.Variables = variables[name] is { } before ? _path.Variables.Set(name, before) : _path.Variables.Remove(name);
        }

        if (variables[Hidden.Directory] is { } directory)
        {
            Set(Hidden.Directory, directory);
        }

        (_path.StopsAtError, _path.StopsInPipe) = (stops, pipes);
        BehindChild();
    }
}
