using System.Collections.Immutable;
using System.Text;
using DeployGate.Pipelines.PowerShellScripts.Syntax;

namespace DeployGate.Pipelines.Commands.Guests;

/// <summary>Lists the commands of a PowerShell script that runs inside a machine, whatever they stand in.</summary>
internal sealed class PowerShellGuestReader
{
    // The state that sysprep leaves when it has finished; who waits for it knows that it has.
    private const string FinishedState = "IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE";

    private readonly List<GuestCommand> _commands = [];
    private readonly Dictionary<string, string> _variables = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _text;
    private bool _watches;
    private bool _waits;

    private PowerShellGuestReader(string text) => _text = text;

    internal static (List<GuestCommand> Commands, bool Watches) Read(PowerShellScript script)
    {
        var reader = new PowerShellGuestReader(script.Text.Content);
        reader.Body(script.Body);
        return (reader._waits || reader._watches ? reader._commands : [.. reader._commands.Select(Unwatched)], reader._watches);
    }

    // PowerShell goes on while sysprep runs, and with /quit nothing shows from outside when it has finished: a capture may come too early.
    private static GuestCommand Unwatched(GuestCommand command) => command with
    {
        IsDeferred = command.IsDeferred || (command.Words is [var name, ..] && GuestCommands.BaseName(name) == "sysprep" && command.Words.Any(word => word.Contains("quit", StringComparison.OrdinalIgnoreCase))),
    };

    private void Body(PowerShellScriptBlock block)
    {
        Block(block.Body);
        foreach (var named in block.NamedBlocks)
        {
            Block(named.Body);
        }
    }

    private void Block(PowerShellBlock? block)
    {
        foreach (var statement in block?.Statements ?? [])
        {
            Statement(statement);
        }
    }

    private void Statement(PowerShellStatement statement)
    {
        switch (statement)
        {
            case PowerShellStatement.Pipeline pipeline:
                foreach (var element in pipeline.Elements.OfType<PipelineElement.Command>())
                {
                    Command(element);
                }

                break;
            case PowerShellStatement.Chain chain:
                Statement(chain.First);
                chain.Rest.ToList().ForEach(link => Statement(link.Statement));
                break;
            case PowerShellStatement.Assignment assignment:
                Assign(assignment);
                break;
            case PowerShellStatement.If branch:
                branch.Branches.ToList().ForEach(one => Block(one.Body));
                Block(branch.Else);
                break;
            case PowerShellStatement.Switch cases:
                cases.Cases.ToList().ForEach(one => Block(one.Body));
                break;
            case PowerShellStatement.ForEach loop:
                Block(loop.Body);
                break;
            case PowerShellStatement.For loop:
                Block(loop.Body);
                break;
            case PowerShellStatement.Loop loop:
                _watches |= _text.AsSpan(loop.Span.Start, loop.Span.Length).Contains(FinishedState, StringComparison.OrdinalIgnoreCase);
                _waits = true;
                Block(loop.Body);
                break;
            case PowerShellStatement.Try attempt:
                Block(attempt.Body);
                Block(attempt.Finally);
                break;
            case PowerShellStatement.Function function:
                Body(function.Body);
                break;
        }
    }

    private void Assign(PowerShellStatement.Assignment assignment)
    {
        if (assignment.Target is PowerShellExpression.Variable variable && assignment.Value is PowerShellStatement.Pipeline { Elements: [var only] })
        {
            if (only is PipelineElement.Value value)
            {
                _variables[variable.Name] = Text(value.Expression);
                return;
            }
        }

        Statement(assignment.Value);
    }

    private void Command(PipelineElement.Command command)
    {
        var name = Text(command.Name);
        List<string> words = [name];
        string? file = null;
        var waits = false;
        string? pending = null;
        foreach (var element in command.Elements)
        {
            switch (element)
            {
                case CommandElement.Parameter parameter:
                    waits |= parameter.Name.Equals("wait", StringComparison.OrdinalIgnoreCase);
                    pending = parameter.Name;
                    words.Add("-" + parameter.Name + (parameter.Value is null ? "" : " " + Text(parameter.Value)));
                    break;
                case CommandElement.Argument argument:
                    var text = Text(argument.Value);
                    file ??= pending is null || "FilePath".StartsWith(pending, StringComparison.OrdinalIgnoreCase) ? text : null;
                    pending = null;
                    words.Add(text);
                    break;
                case CommandElement.Verbatim verbatim:
                    words.Add(verbatim.Text);
                    break;
            }

            if (element is CommandElement.Argument { Value: PowerShellExpression.ScriptBlock block })
            {
                Body(block.Body);
            }
        }

        _waits |= waits || name.Equals("Wait-Process", StringComparison.OrdinalIgnoreCase);
        Add(name, words, file, waits);
    }

    private void Add(string name, List<string> words, string? file, bool waits)
    {
        if (name.ToLowerInvariant() is "start-process" or "saps" or "start" && file is not null)
        {
            // The arguments may be one text, a list, or follow -ArgumentList.
            _commands.Add(new GuestCommand([file, .. words.Skip(1).Where(word => word != file)], false, false, false));
            return;
        }

        if (name.Equals("cmd", StringComparison.OrdinalIgnoreCase) || name.Equals("cmd.exe", StringComparison.OrdinalIgnoreCase))
        {
            var inner = string.Join(' ', words.Skip(1).SkipWhile(word => word.StartsWith('/') && word.Length == 2)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            _commands.Add(new GuestCommand([.. inner], false, false, false));
            return;
        }

        _commands.Add(new GuestCommand([.. words], false, waits && file is null, false));
    }

    private string Text(PowerShellExpression expression)
    {
        switch (expression)
        {
            case PowerShellExpression.String text:
                var built = new StringBuilder();
                foreach (var part in text.Parts)
                {
                    built.Append(part switch
                    {
                        StringPart.Literal literal => literal.Text,
                        StringPart.Expansion expansion => Text(expansion.Expression),
                        _ => "{}",
                    });
                }

                return built.ToString();
            case PowerShellExpression.Variable { Scope: null } variable when _variables.TryGetValue(variable.Name, out var known):
                return known;
            case PowerShellExpression.Variable variable:
                return variable.Scope is null ? "{}" : "{" + variable.Name + "}";
            case PowerShellExpression.Sequence sequence:
                return string.Join(' ', sequence.Items.Select(Text));
            case PowerShellExpression.Array array:
                return string.Join(' ', array.Body.Statements.OfType<PowerShellStatement.Pipeline>().SelectMany(pipeline => pipeline.Elements).OfType<PipelineElement.Value>().Select(value => Text(value.Expression)));
            case PowerShellExpression.Parenthesized { Statement: PowerShellStatement.Pipeline { Elements: [PipelineElement.Value value] } }:
                return Text(value.Expression);
            case PowerShellExpression.Parenthesized { Statement: PowerShellStatement.Pipeline { Elements: [PipelineElement.Command { Elements: [.., CommandElement.Argument last] }] } }:
                return Text(last.Value);
            case PowerShellExpression.Cast cast:
                return Text(cast.Operand);
            case PowerShellExpression.Number number:
                return number.Text;
            case PowerShellExpression.Binary { Operator: "+" } sum:
                return Text(sum.Left) + Text(sum.Right);
            default:
                return "{}";
        }
    }
}
