using System.Collections.Immutable;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;
using DeployGate.Pipelines.Shell.Syntax;

namespace DeployGate.Pipelines.Interpreter.Shell;

internal sealed partial class ShellRun
{
    private void If(ShellStatement.If branch, int index)
    {
        if (!_azure.Record.Take(WhereIs(branch.Span)))
        {
            _path.IsEnded = true;
            return;
        }

        if (index == branch.Branches.Length)
        {
            _status = true;
            Block(branch.Else ?? new ShellBlock(default, []));
            return;
        }

        var one = branch.Branches[index];
        Condition(one.Condition);
        if (_path.IsEnded)
        {
            return;
        }

        switch (_status)
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

    // A command's failure answers the question; it does not stop the script.
    private void Condition(ShellBlock condition)
    {
        if (condition.Statements.IsEmpty)
        {
            return;
        }

        Swallowed(() => Block(condition));
    }

    private void ForEach(ShellStatement.ForEach loop)
    {
        var isKnown = loop.Words is not null || !_arguments.IsDefault;
        List<Value> items = loop.Words is null && isKnown ? [.. _arguments] : [];
        foreach (var word in loop.Words ?? [])
        {
            // An unknown text without quotes may be any number of words.
            var expanded = Expand([word]);
            isKnown &= word.Parts.All(part => part.IsQuoted || part is WordPart.Literal) || expanded.All(item => item is StringValue or PartialString);
            items.AddRange(expanded);
        }

        isKnown &= items.Count <= MostTurns;
        Each(loop.Name, isKnown && !loop.IsSelect ? [.. items] : null, loop.Body);
    }

    /// <summary>Follows a loop's body once for each of known items; of unknown ones, twice, or not at all.</summary>
    private void Each(string name, ImmutableArray<Value>? items, ShellBlock body)
    {
        if (items is { } known)
        {
            _loop = new LoopExits(_loop);
            foreach (var item in known)
            {
                Set(name, item);
                Turn(() => Block(body));
            }

            _loop = _loop.End(_path);
        }
        else
        {
            Twice(() =>
            {
                Set(name, Values.Unknown(name, "the items of the loop are not known", UnknownReason.ExternalInput));
                Block(body);
            });
        }
    }

    private void Turn(Action body)
    {
        body();
        _loop?.EndTurn(_path);
    }

    // What a second turn finds changed by the first is what any later turn finds.
    private void Twice(Action body)
    {
        _loop = new LoopExits(_loop);
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
        _loop = _loop.End(_path);
        _status = true;
    }

    private void Loop(ShellStatement.Loop loop)
    {
        Condition(loop.Condition);
        if (_path.IsEnded || _status == loop.IsUntil)
        {
            return;
        }

        if (ShellShapes.IsWait(_script, loop, out var power))
        {
            Waits.Wait(_path, power, PlaceOf(loop.Span));
            return;
        }

        if (!_arguments.IsDefault && _script.Content.AsSpan(loop.Span.Start, loop.Span.Length).Contains("shift", StringComparison.Ordinal))
        {
            ShiftAll(loop);
            return;
        }

        Twice(() =>
        {
            Block(loop.Body);
            if (!_path.IsEnded)
            {
                Condition(loop.Condition);
            }
        });
    }

    // A loop over the arguments has a turn for each that it takes, also where what one of them says is not known.
    private void ShiftAll(ShellStatement.Loop loop)
    {
        _loop = new LoopExits(_loop);
        for (var (turn, before) = (0, int.MaxValue); turn < MostTurns && !_path.IsEnded && _status != loop.IsUntil && !_arguments.IsDefaultOrEmpty && _arguments.Length < before; turn++)
        {
            before = _arguments.Length;
            Turn(() => Block(loop.Body));
            if (!_path.IsEnded)
            {
                Condition(loop.Condition);
            }
        }

        _loop = _loop.End(_path);
        _status = true;
    }

    private void Case(ShellStatement.Case cases)
    {
        var subject = Single(cases.Subject);
        CaseFrom(cases, subject, 0);
    }

    private void CaseFrom(ShellStatement.Case cases, Value subject, int index)
    {
        if (index == cases.Items.Length || !_azure.Record.Take(WhereIs(cases.Span)))
        {
            return;
        }

        var item = cases.Items[index];
        var isWell = item.Patterns.Select(pattern => ShellPatterns.Matches(subject, Pattern(pattern))).ToList();
        if (isWell.Contains(true))
        {
            Block(item.Body);
        }
        else if (isWell.TrueForAll(one => one == false))
        {
            CaseFrom(cases, subject, index + 1);
        }
        else
        {
            Either(() => Block(item.Body), () => CaseFrom(cases, subject, index + 1));
        }
    }

    private string? Pattern(ShellWord word)
    {
        var parts = word.Parts.Select(part => part is WordPart.Glob glob ? glob.Text : Values.Pattern(Single(new ShellWord(part.Span, [part]))));
        return word.Parts.Any(part => part is WordPart.Hole or WordPart.Opaque) ? null : string.Concat(parts);
    }
}
