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
            InLoop(() => Turn(() => Block(one.Body)));
        }
        else if (fits == false)
        {
            Cases(cases, subject, index + 1);
        }
        else
        {
            Either(() => InLoop(() => Turn(() => Block(one.Body))), () => Cases(cases, subject, index + 1));
        }
    }

    // What a try holds may fail; what is caught goes on behind it unless it says otherwise.
    private void Try(PowerShellStatement.Try attempt)
    {
        var before = (Returns: _returns.Count, Exits: _exits.Count, Throws: _throws.Count, Loop: _loop?.Count ?? default, _exits.Failed);
        var goesOn = attempt.Catches.Any(one => !one.Body.Statements.Any(statement => statement is PowerShellStatement.Leave));
        (var isSwallowed, _path.IsSwallowed) = (_path.IsSwallowed, _path.IsSwallowed || goesOn);
        var printed = _path.Printed;
        (var outside, _throws) = (_throws, new EarlyExits(keepsFailures: true));
        Block(attempt.Body);
        (var thrown, _throws) = (_throws, outside);
        _path.IsSwallowed = isSwallowed;
        if (!attempt.Catches.IsEmpty)
        {
            Catch(attempt, thrown, printed);
        }

        thrown.LeaveAlso(_throws, _ => { });
        Block(attempt.Finally);
        if (attempt.Finally is { } last)
        {
            // Whoever leaves comes by it too.
            void Pass(PathState path)
            {
                (var going, _path, path.IsMaybe) = (_path, path, true);
                Block(last);
                _path = going;
            }

            _returns.Pass(before.Returns, Pass);
            _exits.Pass(before.Exits, Pass);
            if (_path.IsEnded && !ReferenceEquals(_exits.Failed, before.Failed))
            {
                _exits.PassFailed(Pass);
            }

            _throws.Pass(before.Throws, Pass);
            _loop?.Pass(before.Loop, Pass);
        }
    }

    // Each catch goes on from whatever was thrown: where the try says so, and at any of its commands. What failed has printed nothing that its
    // caller reads.
    private void Catch(PowerShellStatement.Try attempt, EarlyExits thrown, Printed? printed)
    {
        var (start, end) = (_path, _path.Fork());
        thrown.Rejoin(start, null);
        var caught = start.Fork();
        caught.Printed = printed;
        foreach (var one in attempt.Catches.Where(_ => !caught.IsEnded && _azure.Record.TryFork(PlaceOf(attempt.Span))))
        {
            _path = caught.Fork();
            _path.IsMaybe = true;
            Block(one.Body);
            end.Join(end, _path);
            _azure.Record.EndFork();
        }

        _path = start;
        start.Become(end);
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
            InLoop(() => Turn(() => Block(loop.Body)));
        }
    }

    private void Each(string name, Value items, Action body)
    {
        var known = items is ArrayValue { Rest: null } list && list.Items.Length <= MostTurns ? list.Items : items is StringValue or ObjectValue { Rest: null } ? [items] : default;
        if (!known.IsDefault)
        {
            InLoop(() =>
            {
                foreach (var item in known)
                {
                    Set(name, item);
                    Turn(body);
                }
            });
        }
        else if (items is not NullValue)
        {
            Set(name, Values.Unknown($"${name} of {Values.Pattern(items) ?? "a list"}", "the items of the loop are not known", UnknownReason.ExternalInput));
            Twice(body);
        }
    }

    // A block that is run at once: "return" leaves it alone.
    private void Returning(Action body)
    {
        (var outside, _returns) = (_returns, new EarlyExits(keepsFailures: true));
        body();
        _returns.Rejoin(_path, null);
        _returns = outside;
    }

    private void Turn(Action body)
    {
        body();
        _loop?.EndTurn(_path);
    }

    private void InLoop(Action body)
    {
        _loop = new LoopExits(_loop);
        body();
        _loop = _loop.End(_path);
    }

    private void Twice(Action body) => InLoop(() =>
    {
        var isAgain = _azure.Record.TryLoop(PlaceOf(new Core.Text.TextSpan(0, 0)));
        var printed = _path.Printed;
        Either(
            () =>
            {
                Turn(body);
                if (isAgain && !_path.IsEnded)
                {
                    Turn(body);
                }

                printed = _path.IsEnded ? printed : _path.Printed;
            },
            () => _path.Printed = printed);
        _azure.Record.EndLoop();
    });

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
