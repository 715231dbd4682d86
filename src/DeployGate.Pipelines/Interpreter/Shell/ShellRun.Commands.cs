using System.Collections.Immutable;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;
using DeployGate.Pipelines.Shell.Syntax;

namespace DeployGate.Pipelines.Interpreter.Shell;

internal sealed partial class ShellRun
{
    private void Command(ShellStatement.Command command, Value? input)
    {
        if (command.Words.IsEmpty)
        {
            _status = true;
            Assign(command.Assignments);
            if (_status == false)
            {
                // What is put in gave its status to the assignment.
                StopAtError();
            }

            // rg=<your-group> is what people leave to be filled in.
            if (command is { Assignments: [var only], Redirections: [{ Operator: RedirectionOperator.Input } first, ..] } && first.Span.Start == only.Span.End)
            {
                Set(only.Name, Values.Unknown($"<{Values.Pattern(Single(first.Target))}>", "it is to be filled in", UnknownReason.ExternalInput) with { Origin = new Origin(PlaceOf(first.Span)) });
            }

            return;
        }

        var before = command.Assignments.IsEmpty ? [] : command.Assignments.Select(one => (one.Name, Value: _path.Variables[one.Name])).ToList();
        Assign(command.Assignments);
        var output = command.Redirections.LastOrDefault(IsOutput);
        var read = Input(command.Redirections) ?? input;
        if (output is null)
        {
            Dispatch(command, read);
        }
        else
        {
            var target = Single(output.Target);
            WriteTo(target, Capture(() => Dispatch(command, read)), output.Operator is RedirectionOperator.Append or RedirectionOperator.AppendOutputAndError);
        }

        foreach (var (name, value) in before)
        {
            _path.Variables = value is null ? _path.Variables.Remove(name) : _path.Variables.Set(name, value);
        }
    }

    private static bool IsOutput(Redirection redirection) =>
        redirection.Descriptor is null or "1"
        && redirection.Operator is RedirectionOperator.Output or RedirectionOperator.Append or RedirectionOperator.OutputAndError or RedirectionOperator.AppendOutputAndError;

    private Value? Input(ImmutableArray<Redirection> redirections)
    {
        Value? read = null;
        foreach (var redirection in redirections)
        {
            read = redirection.Operator switch
            {
                RedirectionOperator.HereDocument when redirection.Document is { } document => Values.Concat(document.Parts.IsEmpty ? [Values.Empty] : [.. document.Parts.Select(Part)], PlaceOf(document.Span)),
                RedirectionOperator.HereString => Single(redirection.Target),
                RedirectionOperator.Input => _azure.Read(_path, Single(redirection.Target))?.Text ?? Values.Unknown("file", "the file is not known", UnknownReason.MissingFile),
                _ => read,
            };
        }

        return read;
    }

    private void Assign(ImmutableArray<ShellAssignment> assignments)
    {
        foreach (var assignment in assignments)
        {
            Assign(assignment);
        }
    }

    private void Assign(ShellAssignment assignment)
    {
        var before = _path.Variables[assignment.Name];
        Value value;
        if (assignment.Value is AssignedValue.Array array)
        {
            List<Value> items = [.. array.Elements.SelectMany(element => Expand([element.Value]))];
            value = new ArrayValue(assignment.IsAppend && before is ArrayValue known ? [.. known.Items, .. items] : [.. items], assignment.IsAppend && before is UnknownValue rest ? rest : null);
        }
        else
        {
            value = Single(((AssignedValue.Scalar)assignment.Value).Word);
            value = assignment.IsAppend && before is not null ? Values.Concat([before, value], PlaceOf(assignment.Span)) : value;
        }

        if (assignment.Subscript is not null)
        {
            value = Values.Unknown(assignment.Name, "elements that are assigned one by one are not followed", UnknownReason.Unsupported);
        }

        Set(assignment.Name, value);
    }

    private void Set(string name, Value value) => _path.Variables = _path.Variables.Set(name, value);

    private void Print(Value value) => Printed.Print(_path, value);

    private void WriteTo(Value target, Value text, bool isAppend)
    {
        var name = Values.Pattern(target) ?? "";
        if (name == "/dev/null")
        {
            return;
        }

        if (StepOutputs.TryWrite(_path, name, text))
        {
            return;
        }

        var key = Hidden.File(name);
        _path.Variables = _path.Variables.Set(key, isAppend && _path.Variables[key] is { } before ? Values.Concat([before, Values.Text("\n"), text], text.Origin?.Place) : text);
    }

    private void Dispatch(ShellStatement.Command command, Value? input)
    {
        var place = PlaceOf(command.Span);
        if (command.Words[0].Literal is "local" or "export" or "declare" or "readonly" or "typeset")
        {
            Declare(command);
            return;
        }

        Run(Expand(command.Words), input, place);
    }

    private void Declare(ShellStatement.Command command)
    {
        _status = true;
        foreach (var word in command.Words.Skip(1))
        {
            var name = word.Declares?.Name ?? word.Literal ?? "";
            if (command.Words[0].Literal == "local" && _locals is not null)
            {
                _locals.TryAdd(name, _path.Variables[name]);
            }

            if (word.Declares is { } assignment)
            {
                Assign(assignment);
            }

            if (command.Words[0].Literal == "export")
            {
                _path.Exported = _path.Exported.Add(name);
            }
        }
    }

    /// <summary>Runs a command of expanded words.</summary>
    private void Run(ImmutableArray<Value> words, Value? input, Place place)
    {
        _status = true;
        if (words.IsEmpty || _path.IsEnded)
        {
            return;
        }

        if (words[0] is not StringValue { Text: var name })
        {
            if (Values.Pattern(words[0]) is { Length: > 2 })
            {
                _azure.Record.Remark(place, "the command's own name is computed", RemarkCodes.DynamicCommand);
            }

            Havoc(words, place, "a command whose name is computed");
            return;
        }

        if (_functions.TryGetValue(name, out var function))
        {
            Call(function, words[1..], place);
            return;
        }

        if (!Builtin(name, words, input, place) && !Tool(name, words, input, place))
        {
            new ShellPrograms(_azure, _path).Run(name, words, input, place, Print);
            _status = null;
        }
    }

    private Dictionary<string, Value?>? _locals;

    private void Call(ShellFunction function, ImmutableArray<Value> arguments, Place place)
    {
        if (_azure.Record.CallDepth >= MostCalls)
        {
            _azure.Record.Remark(place, $"functions are followed {MostCalls} deep", RemarkCodes.Limit);
            Havoc(arguments, place, "a function that is called too deep");
            return;
        }

        _azure.Record.CallDepth++;
        if (ReferenceEquals(function.Script, _script))
        {
            var outside = (_arguments, _locals, _returns);
            (_arguments, _locals, _returns) = (arguments, [], new EarlyExits(_path.IsSwallowed));
            Statement(function.Body);
            _status = Behind(_returns, _status);
            Restore(_locals);
            (_arguments, _locals, _returns) = outside;
        }
        else
        {
            var inner = new ShellRun(_azure, _path, function.Script, arguments, _functions, _process) { _locals = [] };
            inner.Statement(function.Body);
            _status = inner.Behind(inner._returns, inner._status);
            Restore(inner._locals);
        }

        _azure.Record.CallDepth--;
    }

    // What a function declares its own is what it was before.
    private void Restore(Dictionary<string, Value?> locals)
    {
        foreach (var (name, value) in locals)
        {
            _path.Variables = value is null ? _path.Variables.Remove(name) : _path.Variables.Set(name, value);
        }
    }

    private void Havoc(IEnumerable<Value> words, Place place, string what) => Unreads.Touch(_azure, _path, words, place, what);
}
