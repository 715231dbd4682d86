using DeployGate.Core.Steps;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Batch.Syntax;

namespace DeployGate.Pipelines.Interpreter.Batch;

internal sealed partial class BatchRun
{
    private void Block(BatchBlock block)
    {
        int? awaited = null;
        var wasMaybe = _path.IsMaybe;
        for (var i = 0; i < block.Statements.Length && !(_path.IsEnded && _jumps.Count == 0); i++)
        {
            var statement = block.Statements[i];
            _at = ReferenceEquals(block, _body) ? i : _at;
            if (statement is BatchStatement.Label label)
            {
                (awaited, _path.IsMaybe) = i == awaited ? (null, wasMaybe) : (awaited, _path.IsMaybe);
                Land(label);
                continue;
            }

            if (_path.IsEnded)
            {
                continue;
            }

            var target = statement is BatchStatement.GoTo jump ? Target(block, jump, i) : null;
            if (target is { } next && (awaited is null || next < awaited))
            {
                i = next - 1;
                continue;
            }

            Statement(statement);
            GoOn(block, statement);
            if (awaited is { } before && statement is BatchStatement.GoTo or BatchStatement.Exit)
            {
                // Whoever took the earlier jump is there, whoever did not is elsewhere.
                (i, awaited, wasMaybe) = (before, target, wasMaybe || target is null);
                Land((BatchStatement.Label)block.Statements[before]);
            }
            else if (awaited is null && JumpIn(statement) is { } perhaps && Target(block, perhaps, i) is { } later)
            {
                (awaited, _path.IsMaybe) = (later, true);
            }
        }
    }

    // Whoever jumped here goes on beside whoever came here.
    private void Land(BatchStatement.Label label)
    {
        if (_jumps.Remove(label.Name, out var landing))
        {
            _path.Rejoin([.. landing, .. _back]);
            _back.Clear();
        }
    }

    // Who went back on a condition comes by here again. Who always goes back comes out where a jump leads.
    private void GoOn(BatchBlock block, BatchStatement statement)
    {
        if (ReferenceEquals(block, _body) && statement is not BatchStatement.GoTo)
        {
            _path.Rejoin(_back);
            _back.Clear();
        }
    }

    private void Jump(BatchStatement.GoTo jump)
    {
        if (jump.Target.Literal?.TrimStart(':') is not { } name || name.Equals("eof", StringComparison.OrdinalIgnoreCase))
        {
            _exits.Leave(_path, !_isAfterFailure);
            return;
        }

        // A jump after a failure is the end of the work.
        var isAhead = Target(_body, jump, _at) is not null;
        if (isAhead && !_isAfterFailure && !_jumps.ContainsKey(name) && _jumps.Count >= MostLabels)
        {
            _azure.Record.Remark(_script.PlaceOf(jump.Span), $"jumps are followed to {MostLabels} labels ahead", RemarkCodes.Limit);
            return;
        }

        if (isAhead && !_isAfterFailure)
        {
            _jumps.TryAdd(name, []);
            _jumps[name].Add(_path.Fork());
        }
        else if (!isAhead && !_isAfterFailure && IsLabel(name))
        {
            _back.Add(_path.Fork());
        }

        _path.IsEnded = true;
    }

    private bool IsLabel(string name) => _body.Statements.OfType<BatchStatement.Label>().Any(label => label.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private void Exit(BatchStatement.Exit exit)
    {
        var code = exit.Code is { } written && Word(written) is StringValue { Text: var text } && long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : (long?)null;
        _exits.Leave(_path, code is { } known ? known == 0 : _isAfterFailure ? false : exit.Code is null ? true : null);
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
        BatchStatement.If branch when !AsksForFailure(branch) => Inside(branch.Then) ?? (branch.Else is { } other ? Inside(other) : null),
        BatchStatement.Chain chain => chain.Rest.Where(link => link.Kind == BatchChainKind.OnSuccess).Select(link => link.Statement).OfType<BatchStatement.GoTo>().FirstOrDefault(),
        _ => null,
    };

    private static bool AsksForFailure(BatchStatement.If branch) => branch.Condition.Any(word => word.Parts.Any(part =>
        (part is BatchPart.Literal { Text: var text } && text.Contains("errorlevel", StringComparison.OrdinalIgnoreCase))
        || (part is BatchPart.Variable { Name: var name } && name.Equals("errorlevel", StringComparison.OrdinalIgnoreCase))));

    private static BatchStatement.GoTo? Inside(BatchStatement statement) => statement switch
    {
        BatchStatement.GoTo jump => jump,
        BatchStatement.Group group => group.Body.Statements.OfType<BatchStatement.GoTo>().FirstOrDefault(),
        _ => null,
    };
}
