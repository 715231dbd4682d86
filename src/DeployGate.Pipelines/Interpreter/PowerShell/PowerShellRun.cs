using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;
using DeployGate.Pipelines.PowerShellScripts.Syntax;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.Interpreter.PowerShell;

/// <summary>Follows a script of PowerShell: objects that cmdlets give and take, branches, loops, functions.</summary>
internal sealed partial class PowerShellRun
{
    private const int MostCalls = 8;
    private const int MostTurns = 32;

    private readonly AzureContext _azure;
    private readonly ScriptText _script;
    private readonly Dictionary<string, PowerShellFunction> _functions;
    private GuestOutcome? _asGuest;
    private PathState _path;
    private readonly EarlyExits _exits;
    private EarlyExits _returns = new(keepsFailures: true);
    private EarlyExits _throws;
    private LoopExits? _loop;
    private bool _hasTrap;

    private PowerShellRun(AzureContext azure, PathState path, ScriptText script, Dictionary<string, PowerShellFunction> functions, PowerShellRun? caller)
    {
        (_azure, _path, _script, _functions) = (azure, path, script, functions);
        (_exits, _throws) = (caller?._exits ?? new EarlyExits(path.IsSwallowed), new EarlyExits(keepsFailures: true));
    }

    internal static void Run(AzureContext azure, PathState path, ScriptText text, ImmutableArray<Value> arguments)
    {
        var run = Follow(azure, path, text, arguments, []);
        run._throws.LeaveAlso(run._exits, _ => { });
        run._exits.Rejoin(path, null);
    }

    // What leaves a script by saying so is at its end; what it throws, and how it exits, is for whoever called it.
    private static PowerShellRun Follow(AzureContext azure, PathState path, ScriptText text, ImmutableArray<Value> arguments, Dictionary<string, PowerShellFunction> functions)
    {
        var script = PowerShellParser.Parse(text);
        foreach (var problem in script.Problems.Take(20))
        {
            azure.Record.Report(text.PlaceOf(problem.Span), problem.Message);
        }

        var run = new PowerShellRun(azure, path, text, functions, null);
        run.Parameters(script.Body.Parameters, arguments.IsDefault ? null : Arguments(arguments));
        run.Body(script.Body);
        run._returns.Rejoin(path, null);
        run._exits.Rejoin(path, null);
        return run;
    }

    // A script's arguments come as words: -Name value, or values alone.
    private static List<CmdletArgument> Arguments(ImmutableArray<Value> words) => [.. words.Select(word =>
        word is StringValue { Text: ['-', var letter, ..] text } && char.IsLetter(letter) ? new CmdletArgument(text[1..].TrimEnd(':'), null, word.Origin?.Place!) : new CmdletArgument(null, word, word.Origin?.Place!))];

    private Place PlaceOf(TextSpan span) => _script.PlaceOf(span);

    private void Body(PowerShellScriptBlock body)
    {
        foreach (var named in body.NamedBlocks)
        {
            Block(named.Body);
        }

        Block(body.Body);
    }

    private void Block(PowerShellBlock? block)
    {
        // Functions may be called above the place where they are written only inside of others; nobody minds them early.
        foreach (var statement in block?.Statements ?? [])
        {
            if (_path.IsEnded)
            {
                return;
            }

            Statement(statement);
        }
    }

    private void Statement(PowerShellStatement statement)
    {
        if (!_azure.Record.Take(PlaceOf(statement.Span)))
        {
            _path.IsEnded = true;
            return;
        }

        switch (statement)
        {
            case PowerShellStatement.Pipeline pipeline:
                Print(Pipeline(pipeline));
                break;
            case PowerShellStatement.Chain chain:
                Statement(chain.First);
                foreach (var link in chain.Rest)
                {
                    Either(() => Statement(link.Statement), () => { });
                }

                break;
            case PowerShellStatement.Assignment assignment:
                Assign(assignment);
                break;
            case PowerShellStatement.If branch:
                If(branch, 0);
                break;
            case PowerShellStatement.Switch cases:
                Cases(cases, Evaluate(cases.Subject), 0);
                break;
            case PowerShellStatement.ForEach loop:
                Each((loop.Variable as PowerShellExpression.Variable)?.Name ?? "_", Evaluate(loop.Items), () => Block(loop.Body));
                break;
            case PowerShellStatement.For loop:
                Twice(() => Block(loop.Body));
                break;
            case PowerShellStatement.Loop loop:
                Loop(loop);
                break;
            case PowerShellStatement.Try attempt:
                Try(attempt);
                break;
            case PowerShellStatement.Function function:
                _functions[function.Name] = new PowerShellFunction(function.Body, _script);
                break;
            case PowerShellStatement.Trap:
                _hasTrap = true;
                break;
            case PowerShellStatement.Leave leave:
                Leave(leave);
                break;
        }
    }

    private void Leave(PowerShellStatement.Leave leave)
    {
        var value = leave.Value is null ? null : Evaluate(leave.Value);
        switch (leave.Kind)
        {
            case LeaveKind.Return:
                Print(value);
                _returns.Leave(_path, true);
                break;
            case LeaveKind.Exit:
                _exits.Leave(_path, ExitStatus(value));
                break;
            case LeaveKind.Throw:
                Throw();
                break;
            case LeaveKind.Break or LeaveKind.Continue when _loop is not null:
                _loop.Leave(_path, leave.Kind == LeaveKind.Break);
                break;
            default:
                // Outside of loops it ends the script.
                _exits.Leave(_path, true);
                break;
        }
    }

    // Where errors are to be passed over in silence, so is what is thrown; a trap may go on behind it.
    private void Throw() => _throws.Leave(_path, _path.Variables["ErrorActionPreference"] switch
    {
        _ when _hasTrap => null,
        null => false,
        StringValue { Text: var text } => !text.StartsWith("Silent", StringComparison.OrdinalIgnoreCase) && !text.Equals("Ignore", StringComparison.OrdinalIgnoreCase) ? false : null,
        _ => null,
    });

    // Only the lowest byte of a number counts everywhere. No value is zero; any other is what becomes of it.
    private static bool? ExitStatus(Value? value)
    {
        long? code = value switch
        {
            null => 0,
            IntValue number => number.Number,
            StringValue { Text: var text } when long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) => number,
            _ => null,
        };
        return code is null || (code != 0 && (code & 0xFF) == 0) ? null : code == 0;
    }

    private void Set(string name, Value value) => _path.Variables = _path.Variables.Set(name, value);

    private void Print(Value? value)
    {
        if (value is not (null or NullValue))
        {
            Printed.Print(_path, value);
        }
    }

    private Value Capture(Action action) =>
        Printed.Capture(() => _path, action, printed => printed.Count switch { 0 => NullValue.Instance, 1 => printed[0], _ => new ArrayValue([.. printed]) });

    private bool? Truth(Value value) => value switch
    {
        StringValue or PartialString when _path.Variables[Hidden.Asked(value)] is not null => null,
        NullValue => false,
        BoolValue truth => truth.IsTrue,
        StringValue text => text.Text.Length > 0,
        PartialString => true,
        IntValue number => number.Number != 0,
        ArrayValue { Rest: null } list => list.Items.Length > 1 ? true : list.Items.Length == 0 ? false : Truth(list.Items[0]),
        ObjectValue { Rest: null } => true,
        _ => null,
    };
}

/// <summary>A function and the text it was read from.</summary>
internal sealed record PowerShellFunction(PowerShellScriptBlock Body, ScriptText Script);
