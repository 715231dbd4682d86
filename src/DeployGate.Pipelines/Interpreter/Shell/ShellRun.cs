using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;
using DeployGate.Pipelines.Scripts;
using DeployGate.Pipelines.Shell.Syntax;

namespace DeployGate.Pipelines.Interpreter.Shell;

/// <summary>
/// Follows a script of bash or sh. Commands are assumed to succeed; where a script reckons with the failure of one, both ways are
/// followed and joined. A status of null is "not known".
/// </summary>
internal sealed partial class ShellRun
{
    internal const int MostCalls = 8;
    private const int MostTurns = 32;

    private readonly AzureContext _azure;
    private readonly ScriptText _script;
    private readonly Dictionary<string, ShellFunction> _functions;
    private PathState _path;
    private ImmutableArray<Value> _arguments;
    private ShellProcess _process;
    private EarlyExits _returns;
    private LoopExits? _loop;
    private bool? _status = true;

    private ShellRun(AzureContext azure, PathState path, ScriptText script, ImmutableArray<Value> arguments, Dictionary<string, ShellFunction> functions, ShellProcess process)
    {
        (_azure, _path, _script, _arguments, _functions, _process) = (azure, path, script, arguments, functions, process);
        _returns = new EarlyExits(path.IsSwallowed);
    }

    /// <summary>Follows a whole script on a path. What leaves it early and well is joined at its end.</summary>
    internal static void Run(AzureContext azure, PathState path, ScriptText text, ImmutableArray<Value> arguments) =>
        Alone(azure, path, text, arguments, []);

    // A shell of its own: what leaves it is at its end.
    private static bool? Alone(AzureContext azure, PathState path, ScriptText text, ImmutableArray<Value> arguments, Dictionary<string, ShellFunction> functions)
    {
        var process = new ShellProcess(path);
        var status = process.Exits.Rejoin(path, Within(azure, path, text, arguments, functions, process));
        if (process.OnExit is { } cleaning && (!path.IsEnded || path.HasFailed))
        {
            (process.OnExit, var hasFailed, path.IsEnded) = (null, path.HasFailed, false);
            Within(azure, path, cleaning, arguments, functions, process);

            // A shell that fails does so also after its last commands, unless they say how it ends.
            var isOver = path.IsEnded;
            process.Exits.Rejoin(path, null);
            if (hasFailed && !isOver)
            {
                path.Fail();
            }
        }

        return path.HasFailed ? false : status;
    }

    // A text that a shell takes for its own: only "return" leaves it alone.
    private static bool? Within(
        AzureContext azure, PathState path, ScriptText text, ImmutableArray<Value> arguments, Dictionary<string, ShellFunction> functions, ShellProcess process)
    {
        var script = ShellParser.Parse(text);
        foreach (var problem in script.Problems.Take(20))
        {
            azure.Record.Report(text.PlaceOf(problem.Span), problem.Message);
        }

        var run = new ShellRun(azure, path, text, arguments, functions, process);
        run.Block(script.Body);
        return run.Behind(run._returns, run._status);
    }

    private Place PlaceOf(TextSpan span) => _script.PlaceOf(span);

    private void Block(ShellBlock block)
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

    private void Statement(ShellStatement statement)
    {
        if (_path.IsEnded || !_azure.Record.Take(WhereIs(statement.Span)))
        {
            _path.IsEnded = true;
            return;
        }

        switch (statement)
        {
            case ShellStatement.Command command:
                Command(command, null);
                break;
            case ShellStatement.Pipeline pipeline:
                Pipeline(pipeline);
                break;
            case ShellStatement.Chain chain:
                Chain(chain);
                break;
            case ShellStatement.Background background:
                Swallowed(() => Apart(() => Statement(background.Statement)));
                _status = true;
                break;
            case ShellStatement.Redirected redirected:
                Redirected(redirected);
                break;
            case ShellStatement.Subshell subshell:
                Subshell(subshell.Body);
                break;
            case ShellStatement.Group group:
                Block(group.Body);
                break;
            case ShellStatement.If branch:
                If(branch, 0);
                break;
            case ShellStatement.ForEach loop:
                ForEach(loop);
                break;
            case ShellStatement.ForArithmetic loop:
                Twice(() => Block(loop.Body));
                break;
            case ShellStatement.Loop loop:
                Loop(loop);
                break;
            case ShellStatement.Case cases:
                Case(cases);
                break;
            case ShellStatement.Function function:
                _functions[function.Name] = new ShellFunction(function.Body, _script);
                break;
            case ShellStatement.Test test:
                _status = Test([.. test.Words.Select(TestWord)]);
                break;
            case ShellStatement.Arithmetic:
                _status = null;
                break;
        }
    }

    private Value TestWord(ShellWord word) => Single(word);

    private bool? Test(ImmutableArray<Value> words) => new ShellTests(value => _path.Variables[Hidden.Asked(value)] is not null).Evaluate(words);

    private void Swallowed(Action action)
    {
        (var before, _path.IsSwallowed) = (_path.IsSwallowed, true);
        action();
        _path.IsSwallowed = before;
    }

    private void Redirected(ShellStatement.Redirected redirected)
    {
        if (redirected.Redirections.FirstOrDefault(IsOutput) is not { } output)
        {
            Statement(redirected.Statement);
            return;
        }

        var text = Capture(() => Statement(redirected.Statement));
        WriteTo(Single(output.Target), text, output.Operator is RedirectionOperator.Append or RedirectionOperator.AppendOutputAndError);
    }

    /// <summary>What statements print, as one value; an object stays one.</summary>
    private Value Capture(Action action) => Printed.Capture(
        () => _path,
        action,
        printed => printed.Count == 0 ? Values.Empty : printed.Count == 1 ? printed[0] : Values.Concat([.. printed.SelectMany((one, i) => i == 0 ? new[] { one } : [Values.Text("\n"), one])], null));

    private void Subshell(ShellBlock body)
    {
        var variables = _path.Variables;
        var (stops, pipes) = (_path.StopsAtError, _path.StopsInPipe);
        var exits = Left(() => Block(body));

        // Variables of a subshell are its own; what it wrote to files, and for later steps, is not.
        var inner = _path.Variables;
        _path.Variables = variables;
        foreach (var (name, value) in inner.Items.Where(pair => pair.Key.StartsWith('\0') && pair.Key != Hidden.Directory && !ReferenceEquals(variables[pair.Key], pair.Value)).ToList())
        {
            _path.Variables = _path.Variables.Set(name, value);
        }

        (_path.StopsAtError, _path.StopsInPipe) = (stops, pipes);
        _status = Behind(exits, _status);
    }

    private void Pipeline(ShellStatement.Pipeline pipeline)
    {
        Value? piped = null;
        (var isAsked, _process.IsAsked) = (_process.IsAsked, _process.IsAsked || pipeline.IsNegated);
        for (var i = 0; i < pipeline.Stages.Length; i++)
        {
            var stage = pipeline.Stages[i].Statement;
            var input = piped;
            if (i == pipeline.Stages.Length - 1)
            {
                Stage(stage, input, isPart: i > 0);
                break;
            }

            (var isLastAsked, _process.IsAsked) = (_process.IsAsked, true);
            piped = Capture(() => Stage(stage, input, isPart: true));
            _process.IsAsked = isLastAsked;
        }

        _process.IsAsked = isAsked;
        _status = pipeline.IsNegated ? !_status : _status;
    }

    // Each part of a pipe is a shell of its own, which matters to what may leave it.
    private void Stage(ShellStatement stage, Value? input, bool isPart)
    {
        if (isPart && ShellShapes.MayLeave(stage, _functions.ContainsKey))
        {
            Apart(() => Stage(stage, input, isPart: false));
        }
        else if (stage is ShellStatement.Command command)
        {
            Command(command, input);
        }
        else if (stage is ShellStatement.Loop { Condition.Statements: [ShellStatement.Command { Words: [{ Literal: "read" }, ..] } read] } loop && input is not null)
        {
            ReadLines(read, loop, input);
        }
        else
        {
            Statement(stage);
        }
    }

    private void ReadLines(ShellStatement.Command read, ShellStatement.Loop loop, Value input)
    {
        var name = read.Words.Select(word => word.Literal).LastOrDefault(word => word is not null && !word.StartsWith('-')) ?? "REPLY";
        var lines = input is ArrayValue list ? list.Items : Values.Split(input, '\n');
        Each(name, lines is { } known && known.Length <= MostTurns ? known : null, loop.Body);
    }
}

/// <summary>A function and the text it was read from.</summary>
internal sealed record ShellFunction(ShellStatement Body, ScriptText Script);
