using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;
using DeployGate.Pipelines.PowerShellScripts.Syntax;

namespace DeployGate.Pipelines.Interpreter.PowerShell;

internal sealed partial class PowerShellRun
{
    private void If(PowerShellStatement.If branch, int index)
    {
        if (!_azure.Record.Take(PlaceOf(branch.Span)))
        {
            _path.IsEnded = true;
            return;
        }

        if (index == branch.Branches.Length)
        {
            Block(branch.Else);
            return;
        }

        var one = branch.Branches[index];
        switch (Truth(Evaluate(one.Condition)))
        {
            case true:
                Block(one.Body);
                break;
            case false:
                If(branch, index + 1);
                break;
            default:
                Either(() => Block(one.Body), () => If(branch, index + 1));
                break;
        }
    }

    private void Cases(PowerShellStatement.Switch cases, Value subject, int index)
    {
        if (index == cases.Cases.Length || !_azure.Record.Take(PlaceOf(cases.Span)))
        {
            return;
        }

        var one = cases.Cases[index];
        var fits = one.Pattern is null ? true : cases.Flags.IsEmpty && one.Pattern is not PowerShellExpression.ScriptBlock ? Operators.AreEqual(subject, Evaluate(one.Pattern)) : null;
        if (fits == true)
        {
            Turn(() => Block(one.Body));
        }
        else if (fits == false)
        {
            Cases(cases, subject, index + 1);
        }
        else
        {
            Either(() => Turn(() => Block(one.Body)), () => Cases(cases, subject, index + 1));
        }
    }

    // What a try holds may fail; what is caught goes on behind it unless it says otherwise.
    private void Try(PowerShellStatement.Try attempt)
    {
        var goesOn = attempt.Catches.Any(one => !one.Body.Statements.Any(statement => statement is PowerShellStatement.Leave));
        (var before, _path.IsSwallowed) = (_path.IsSwallowed, _path.IsSwallowed || goesOn);
        Block(attempt.Body);
        _path.IsSwallowed = before;
        foreach (var one in attempt.Catches)
        {
            if (!_path.IsEnded)
            {
                Either(() => Block(one.Body), () => { });
            }
        }

        Block(attempt.Finally);
    }

    private void Loop(PowerShellStatement.Loop loop)
    {
        var text = _script.Content.AsSpan(loop.Span.Start, loop.Span.Length);
        if (Waits.Find(text) is { } power)
        {
            Waits.Wait(_path, power, PlaceOf(loop.Span));
            return;
        }

        if (loop.Kind == LoopKind.While)
        {
            Twice(() => Block(loop.Body));
        }
        else
        {
            Turn(() => Block(loop.Body));
        }
    }

    private void Each(string name, Value items, PowerShellBlock body)
    {
        if (items is ArrayValue { Rest: null } list && list.Items.Length <= MostTurns)
        {
            foreach (var item in list.Items)
            {
                Set(name, item);
                Turn(() => Block(body));
            }
        }
        else if (items is StringValue or ObjectValue { Rest: null })
        {
            Set(name, items);
            Turn(() => Block(body));
        }
        else if (items is not NullValue)
        {
            Set(name, Values.Unknown($"${name} of {Values.Pattern(items) ?? "a list"}", "the items of the loop are not known", UnknownReason.ExternalInput));
            Twice(() => Block(body));
        }
    }

    private void Turn(Action body)
    {
        (var before, _loopLeft) = (_loopLeft, []);
        body();
        Rejoin(_loopLeft);
        _loopLeft = before;
    }

    private void Twice(Action body)
    {
        var isAgain = _azure.Record.TryLoop(PlaceOf(new Core.Text.TextSpan(0, 0)));
        Either(
            () =>
            {
                Turn(body);
                if (isAgain && !_path.IsEnded)
                {
                    Turn(body);
                }
            },
            () => { });
        _azure.Record.EndLoop();
    }

    private void Either(Action one, Action other)
    {
        if (!_azure.Record.TryFork(PlaceOf(new Core.Text.TextSpan(0, 0))))
        {
            return;
        }

        var start = _path;
        PathState Way(Action action)
        {
            _path = start.Fork();
            _path.IsMaybe = true;
            action();
            return _path;
        }

        var first = Way(one);
        var second = Way(other);
        _path = start;
        start.Join(first, second);
        _azure.Record.EndFork();
    }
}
