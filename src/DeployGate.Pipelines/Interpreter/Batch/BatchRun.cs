using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Batch.Syntax;
using DeployGate.Pipelines.Commands;
using DeployGate.Pipelines.Commands.Guests;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.Interpreter.Batch;

/// <summary>Follows a batch file line by line; jumps and loops are not followed, what is in a loop runs once, perhaps.</summary>
internal sealed class BatchRun
{
    private readonly AzureContext _azure;
    private readonly ScriptText _script;
    private readonly ImmutableArray<Value> _arguments;
    private PathState _path;

    private BatchRun(AzureContext azure, PathState path, ScriptText script, ImmutableArray<Value> arguments) =>
        (_azure, _path, _script, _arguments) = (azure, path, script, arguments);

    internal static void Run(AzureContext azure, PathState path, ScriptText text, ImmutableArray<Value> arguments)
    {
        var script = BatchParser.Parse(text);
        foreach (var problem in script.Problems.Take(20))
        {
            azure.Record.Report(text.PlaceOf(problem.Span), problem.Message);
        }

        new BatchRun(azure, path, text, arguments).Block(script.Body);
        path.IsEnded = false;
    }

    private void Block(BatchBlock block)
    {
        foreach (var statement in block.Statements)
        {
            if (_path.IsEnded)
            {
                return;
            }

            Statement(statement);
        }
    }

    private void Statement(BatchStatement statement)
    {
        if (!_azure.Record.Take(_script.PlaceOf(statement.Span)))
        {
            _path.IsEnded = true;
            return;
        }

        switch (statement)
        {
            case BatchStatement.Command command:
                Command(command.Words, command.Span);
                break;
            case BatchStatement.Call call:
                Command(call.Words, call.Span);
                break;
            case BatchStatement.Set set:
                Set(set);
                break;
            case BatchStatement.Pipeline pipeline:
                pipeline.Stages.ToList().ForEach(Statement);
                break;
            case BatchStatement.Chain chain:
                Statement(chain.First);
                foreach (var link in chain.Rest)
                {
                    if (link.Kind == BatchChainKind.OnFailure)
                    {
                        Maybe(() => Statement(link.Statement), () => { });
                    }
                    else if (!_path.IsEnded)
                    {
                        Statement(link.Statement);
                    }
                }

                break;
            case BatchStatement.Group group:
                Block(group.Body);
                break;
            case BatchStatement.If branch:
                Maybe(() => Statement(branch.Then), () =>
                {
                    if (branch.Else is { } other)
                    {
                        Statement(other);
                    }
                });
                break;
            case BatchStatement.For loop:
                Maybe(() => Statement(loop.Body), () => { });
                break;
            case BatchStatement.Exit or BatchStatement.GoTo:
                _path.IsEnded = true;
                break;
            case BatchStatement.Label:
                _path.IsEnded = false;
                break;
        }
    }

    private void Maybe(Action one, Action other)
    {
        var start = _path;
        (_path = start.Fork()).IsMaybe = true;
        one();
        var first = _path;
        (_path = start.Fork()).IsMaybe = true;
        other();
        var second = _path;
        _path = start;
        start.Join(first, second);
    }

    private void Set(BatchStatement.Set set)
    {
        var name = Values.Pattern(Word(set.Name)) ?? "";
        var place = _script.PlaceOf(set.Span);
        var value = set.Kind == SetKind.Text ? set.Value is { } text ? Word(text) : Values.Empty : Values.Unknown($"{name} ({place.Start.Line})", "it is typed by a person, or computed", UnknownReason.ExternalInput);
        _path.Variables = _path.Variables.Set(name, value);
    }

    private void Command(ImmutableArray<BatchWord> written, TextSpan span)
    {
        var place = _script.PlaceOf(span);
        ImmutableArray<Value> words = [.. written.Select(Word)];
        if (words.IsEmpty || words[0] is not StringValue { Text: var name })
        {
            return;
        }

        var program = GuestCommands.BaseName(name);
        if (program is "az" or "az.cmd")
        {
            AzCommands.Run(_azure, _path, words[1..], place, out _);
        }
        else if (program == "echo")
        {
            StepOutputs.Said(_path, Values.Concat([.. words.Skip(1).SelectMany((word, i) => i == 0 ? new[] { word } : [Values.Text(" "), word]), Values.Empty], place));
        }
        else if (program == "cd" && words.Length > 1)
        {
            _path.Variables = _path.Variables.Set(Hidden.Directory, words[^1]);
        }
        else
        {
            new Shell.ShellPrograms(_azure, _path).Run(name, words, null, place, _ => { });
        }
    }

    private Value Word(BatchWord word)
    {
        var place = _script.PlaceOf(word.Span);
        List<Value> parts = [.. word.Parts.Select(part => part switch
        {
            BatchPart.Literal literal => Values.Text(literal.Text, place),
            BatchPart.Hole hole => _script.HoleAt(hole.Span.Start) ?? Values.Unknown("?", "a value that is not known"),
            BatchPart.Variable { Change: null } variable => _path.Variables[variable.Name] ?? Values.Unknown($"%{variable.Name}%", $"the variable '{variable.Name}' is not set in the script", UnknownReason.ExternalInput),
            BatchPart.Argument argument when int.TryParse(argument.Text, out var at) && !_arguments.IsDefault => at > 0 && at <= _arguments.Length ? _arguments[at - 1] : Values.Empty,
            _ => Values.Unknown(_script.Content.Substring(part.Span.Start, part.Span.Length), "it is expanded when it runs", UnknownReason.ExternalInput),
        })];
        return parts.Count == 0 ? Values.Text("", place) : Values.Concat(parts, place);
    }
}
