using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Batch.Syntax;
using DeployGate.Pipelines.Commands;
using DeployGate.Pipelines.Commands.Guests;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.Interpreter.Batch;

/// <summary>
/// Follows a batch file line by line. A loop over words that are written out runs once for each; of other loops the body runs once,
/// perhaps. A jump forward is followed; what a jump that may happen passes over runs perhaps.
/// </summary>
internal sealed class BatchRun
{
    // A name that no script can set.
    private const string LoopMark = "%%";

    private const int MostItems = 32;

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
        int? awaited = null;
        var wasMaybe = _path.IsMaybe;
        for (var i = 0; i < block.Statements.Length && !_path.IsEnded; i++)
        {
            var statement = block.Statements[i];
            var target = statement is BatchStatement.GoTo jump ? Target(block, jump, i) : null;
            if (i == awaited || (target is not null && awaited is null))
            {
                (i, awaited, _path.IsMaybe) = (target ?? i, null, wasMaybe);
                continue;
            }

            if (awaited is { } before && statement is BatchStatement.GoTo or BatchStatement.Exit)
            {
                // Whoever took the earlier jump is there, whoever did not is elsewhere.
                (i, awaited, wasMaybe) = target < before ? (target.Value, before, wasMaybe) : (before, target, wasMaybe || target is null);
                continue;
            }

            Statement(statement);
            if (awaited is null && JumpIn(statement) is { } perhaps && Target(block, perhaps, i) is { } later)
            {
                (awaited, _path.IsMaybe) = (later, true);
            }
        }
    }

    // Only forward: what is behind has run.
    private static int? Target(BatchBlock block, BatchStatement.GoTo jump, int from)
    {
        for (var i = from + 1; i < block.Statements.Length; i++)
        {
            if (block.Statements[i] is BatchStatement.Label label && label.Name.Equals(jump.Target.Literal?.TrimStart(':'), StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return null;
    }

    // A jump after a failure is the end of the work, and what is not passed over runs surely where nothing failed.
    private static BatchStatement.GoTo? JumpIn(BatchStatement statement) => statement switch
    {
        BatchStatement.If branch when !branch.Condition.Any(word => word.Parts.Any(part => part is BatchPart.Literal { Text: var text } && text.Contains("errorlevel", StringComparison.OrdinalIgnoreCase) || part is BatchPart.Variable { Name: var name } && name.Equals("errorlevel", StringComparison.OrdinalIgnoreCase))) =>
            Inside(branch.Then) ?? (branch.Else is { } other ? Inside(other) : null),
        BatchStatement.Chain chain => chain.Rest.Where(link => link.Kind == BatchChainKind.OnSuccess).Select(link => link.Statement).OfType<BatchStatement.GoTo>().FirstOrDefault(),
        _ => null,
    };

    private static BatchStatement.GoTo? Inside(BatchStatement statement) => statement switch
    {
        BatchStatement.GoTo jump => jump,
        BatchStatement.Group group => group.Body.Statements.OfType<BatchStatement.GoTo>().FirstOrDefault(),
        _ => null,
    };

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
                For(loop);
                break;
            case BatchStatement.Exit or BatchStatement.GoTo:
                _path.IsEnded = true;
                break;
            case BatchStatement.Label:
                _path.IsEnded = false;
                break;
        }
    }

    private void For(BatchStatement.For loop)
    {
        if (LoopOf(loop) is not var (name, items))
        {
            Maybe(() => Statement(loop.Body), () => { });
            return;
        }

        foreach (var item in items)
        {
            if (_path.IsEnded)
            {
                return;
            }

            _path.Variables = _path.Variables.Set(LoopMark + name, item);
            Statement(loop.Body);
        }

        _path.Variables = _path.Variables.Remove(LoopMark + name);
    }

    // FOR %%v IN (a b c): no switch, no pattern of file names.
    private (string Name, List<Value> Items)? LoopOf(BatchStatement.For loop)
    {
        if (loop.Header is not [{ Parts: [BatchPart.LoopVariable { Text: [_] name }] }, { Literal: { } within }, { Literal: "(" }, .., { Literal: ")" }] || !within.Equals("in", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        List<Value> items = [.. loop.Header.Skip(3).SkipLast(1).Select(Word)];
        return items.Count is 0 or > MostItems || !items.TrueForAll(item => item is StringValue { Text: var text } && text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '/')) ? null : (name, items);
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
            AzCommands.Run(_azure, _path, words[1..], place, isAsked: false);
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
            BatchPart.LoopVariable { Text: [_] name } when _path.Variables[LoopMark + name] is { } item => item,
            BatchPart.Argument argument when int.TryParse(argument.Text, out var at) && !_arguments.IsDefault => at > 0 && at <= _arguments.Length ? _arguments[at - 1] : Values.Empty,
            _ => Values.Unknown(_script.Content.Substring(part.Span.Start, part.Span.Length), "it is expanded when it runs", UnknownReason.ExternalInput),
        })];
        return parts.Count == 0 ? Values.Text("", place) : Values.Concat(parts, place);
    }
}
