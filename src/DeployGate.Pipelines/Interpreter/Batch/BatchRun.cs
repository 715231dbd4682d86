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
internal sealed partial class BatchRun
{
    // A name that no script can set.
    private const string LoopMark = "%%";

    private const int MostItems = 32;

    // Each label that is jumped to costs as much as was done since.
    private const int MostLabels = 100;

    private readonly AzureContext _azure;
    private readonly ScriptText _script;
    private readonly ImmutableArray<Value> _arguments;
    private readonly BatchBlock _body;
    private readonly EarlyExits _exits;

    // Paths on their way to a label that lies ahead, and those that went back to one, which come by again.
    private readonly Dictionary<string, List<PathState>> _jumps = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<PathState> _back = [];
    private PathState _path;
    private int _at;
    private bool _isAfterFailure;

    private BatchRun(AzureContext azure, PathState path, ScriptText script, BatchBlock body, ImmutableArray<Value> arguments) =>
        (_azure, _path, _script, _body, _arguments, _exits) = (azure, path, script, body, arguments, new EarlyExits(path.IsSwallowed));

    internal static void Run(AzureContext azure, PathState path, ScriptText text, ImmutableArray<Value> arguments)
    {
        var script = BatchParser.Parse(text);
        foreach (var problem in script.Problems.Take(20))
        {
            azure.Record.Report(text.PlaceOf(problem.Span), problem.Message);
        }

        var run = new BatchRun(azure, path, text, script.Body, arguments);
        run.Block(script.Body);
        run._exits.Rejoin(path, null);
        if (!path.HasFailed)
        {
            path.IsEnded = false;
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
                Chain(chain);
                break;
            case BatchStatement.Group group:
                Block(group.Body);
                break;
            case BatchStatement.If branch:
                If(branch);
                break;
            case BatchStatement.For loop:
                For(loop);
                break;
            case BatchStatement.Exit exit:
                Exit(exit);
                break;
            case BatchStatement.GoTo jump:
                Jump(jump);
                break;
        }
    }

    private void Chain(BatchStatement.Chain chain)
    {
        var before = _path.Fork();
        Statement(chain.First);
        foreach (var link in chain.Rest.TakeWhile(_ => !_path.IsEnded))
        {
            if (link.Kind != BatchChainKind.OnFailure)
            {
                Statement(link.Statement);
                continue;
            }

            // What runs because a command failed does not know what that one did.
            Maybe(
                () =>
                {
                    _path.Join(_path, before);
                    AfterFailure(link.Statement);
                },
                () => { });
        }
    }

    private void If(BatchStatement.If branch) => Maybe(
        () =>
        {
            if (AsksForFailure(branch))
            {
                AfterFailure(branch.Then);
            }
            else
            {
                Statement(branch.Then);
            }
        },
        () =>
        {
            if (branch.Else is { } other)
            {
                Statement(other);
            }
        });

    private void AfterFailure(BatchStatement statement)
    {
        (var before, _isAfterFailure) = (_isAfterFailure, true);
        Statement(statement);
        _isAfterFailure = before;
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
