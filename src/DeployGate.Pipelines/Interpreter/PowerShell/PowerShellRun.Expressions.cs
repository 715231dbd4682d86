using System.Collections.Immutable;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;
using DeployGate.Pipelines.PowerShellScripts.Syntax;

namespace DeployGate.Pipelines.Interpreter.PowerShell;

internal sealed partial class PowerShellRun
{
    private Value Evaluate(PowerShellStatement statement) => statement switch
    {
        // A command of which nothing is known to come out may give something all the same.
        PowerShellStatement.Pipeline { Elements: [.., PipelineElement.Command] } pipeline => Pipeline(pipeline) is { } value and not NullValue ? value : Silent(PlaceOf(pipeline.Span)),
        PowerShellStatement.Pipeline pipeline => Pipeline(pipeline) ?? NullValue.Instance,
        _ => Capture(() => Statement(statement)),
    };

    private static UnknownValue Silent(Core.Text.Place place) => Values.Unknown($"{place.FirstLine} ({place.Start.Line}:{place.Start.Column})", "what the command gives is known when it runs");

    private Value Evaluate(PowerShellExpression expression)
    {
        var place = PlaceOf(expression.Span);
        if (!_azure.Record.Take(place))
        {
            return Values.Unknown("?", "the scripts do too much to be followed");
        }

        switch (expression)
        {
            case PowerShellExpression.Number number:
                return long.TryParse(number.Text, out var whole) ? new IntValue(whole) : Values.Text(number.Text, place);
            case PowerShellExpression.String text:
                return Text(text);
            case PowerShellExpression.Variable variable:
                return Variable(variable);
            case PowerShellExpression.Hashtable table:
                return Heap.New(_path, ObjectValue.From(table.Entries.Select(entry => new Member(Values.Pattern(Evaluate(entry.Key)) ?? "?", Evaluate(entry.Value)))) with { Origin = new Origin(place) });
            case PowerShellExpression.Array { Body.Statements: [var only] }:
                return List(Evaluate(only));
            case PowerShellExpression.Array array:
                return List(Capture(() => Block(array.Body)));
            case PowerShellExpression.Sequence sequence:
                return new ArrayValue([.. sequence.Items.Select(Evaluate)]);
            case PowerShellExpression.Subexpression sub:
                return Capture(() => Block(sub.Body));
            case PowerShellExpression.Parenthesized inner:
                return inner.Statement is PowerShellStatement.Assignment assignment ? Assign(assignment) : Evaluate(inner.Statement);
            case PowerShellExpression.Member member:
                return Member(Evaluate(member.Target), Name(member.Name), place);
            case PowerShellExpression.Index index:
                return At(Evaluate(index.Target), Evaluate(index.Value), place);
            case PowerShellExpression.MethodCall call:
                return Method(call);
            case PowerShellExpression.Cast cast:
                return Evaluate(cast.Operand);
            case PowerShellExpression.Unary unary:
                var operand = Evaluate(unary.Operand);
                return unary.Operator is "!" or "-not" ? Operators.Truth(!Truth(operand), place) : operand;
            case PowerShellExpression.Binary binary:
                return Operators.Apply(binary.Operator, Evaluate(binary.Left), Evaluate(binary.Right), Truth, place);
            case PowerShellExpression.Conditional choice:
                return Truth(Evaluate(choice.Condition)) switch
                {
                    true => Evaluate(choice.Then),
                    false => Evaluate(choice.Else),
                    _ => ValueJoin.Join(Evaluate(choice.Then), Evaluate(choice.Else)),
                };
            default:
                return Values.Unknown($"{place.FirstLine} ({place.Start.Line})", "this expression is not evaluated", UnknownReason.Unsupported);
        }
    }

    private static Value List(Value value) => value is ArrayValue ? value : value is NullValue ? new ArrayValue([]) : new ArrayValue([value]);

    private string Name(PowerShellExpression name) => name is PowerShellExpression.String { Literal: { } literal } ? literal : Values.Pattern(Evaluate(name)) ?? "?";

    private Value Text(PowerShellExpression.String text)
    {
        var place = PlaceOf(text.Span);
        if (text.Parts.IsEmpty)
        {
            return Values.Text("", place);
        }

        List<Value> parts = [.. text.Parts.Select(part => part switch
        {
            PowerShellScripts.Syntax.StringPart.Literal literal => Values.Text(literal.Text, place),
            PowerShellScripts.Syntax.StringPart.Hole hole => _script.HoleAt(hole.Span.Start) ?? Values.Unknown("?", "a value that is not known"),
            PowerShellScripts.Syntax.StringPart.Expansion expansion => Evaluate(expansion.Expression),
            _ => Values.Empty,
        })];
        return parts is [ObjectValue only] ? only : Values.Concat(parts, place);
    }

    private Value Variable(PowerShellExpression.Variable variable)
    {
        var place = PlaceOf(variable.Span);
        switch (variable.Name.ToLowerInvariant())
        {
            case "true":
                return new BoolValue(true);
            case "false":
                return new BoolValue(false);
            case "null":
                return NullValue.Instance;
            case "psscriptroot":
                return Values.Text(_script.Source.Path.LastIndexOf('/') is var at and >= 0 ? _script.Source.Path[..at] : ".");
        }

        var isEnvironment = variable.Scope?.Equals("env", StringComparison.OrdinalIgnoreCase) == true;
        var name = isEnvironment ? "env:" + variable.Name : variable.Name;
        var value = _path.Variables[name] ?? Values.Unknown((isEnvironment ? "$env:" : "$") + variable.Name, $"the variable '{variable.Name}' is not set in the script", UnknownReason.ExternalInput);
        return value.Origin is { } origin ? value with { Origin = origin.Through(place, $"variable '{variable.Name}'") } : value with { Origin = new Origin(place) };
    }

    private Value Member(Value target, string name, Core.Text.Place place)
    {
        if (Heap.Read(_path, target) is { } map)
        {
            return map.Find(name)?.Value ?? (map.Rest is { } rest ? rest with { Expression = $"{rest.Expression}.{name}", Origin = new Origin(place) } : NullValue.Instance);
        }

        if (target is UnknownValue { Alternatives: { IsDefaultOrEmpty: false } possible } && possible.All(one => Heap.NumberOf(one) is not null))
        {
            return possible.Select(one => Member(one, name, place)).Aggregate(ValueJoin.Join);
        }

        return (target, name.ToLowerInvariant()) switch
        {
            (StringValue or PartialString, "length") or (ArrayValue, "count" or "length") => target is ArrayValue { Rest: null } list && list.Items.All(item => item is not (UnknownValue or ObjectValue { Rest: not null })) ? new IntValue(list.Items.Length) : target is StringValue text ? new IntValue(text.Text.Length) : Unknown(),
            (ArrayValue { Items: [var only] }, _) => Member(only, name, place),
            (NullValue, _) => NullValue.Instance,
            (UnknownValue unknown, _) => unknown with { Expression = $"{unknown.Expression}.{name}", Alternatives = [], Origin = new Origin(place) },
            (StringValue, "value" or "name") => target,
            _ => Unknown(),
        };

        UnknownValue Unknown() => Values.Unknown($"{Values.Pattern(target)}.{name}", "the property is not known");
    }

    private Value At(Value target, Value index, Core.Text.Place place)
    {
        if (target is ArrayValue list && index is IntValue { Number: var number })
        {
            var at = number < 0 ? list.Items.Length + number : number;
            return at >= 0 && at < list.Items.Length ? list.Items[(int)at] : NullValue.Instance;
        }

        return index is StringValue name && Heap.Read(_path, target) is not null ? Member(target, name.Text, place)
            : target is ObjectValue && index is IntValue { Number: 0 or -1 } ? target
            : Values.Unknown($"{Values.Pattern(target) ?? "list"}[{Values.Pattern(index)}]", "the element is not known");
    }

    private Value Method(PowerShellExpression.MethodCall call)
    {
        var place = PlaceOf(call.Span);
        var target = Evaluate(call.Target);
        ImmutableArray<Value> arguments = [.. call.Arguments.Select(Evaluate)];
        var name = Name(call.Name).ToLowerInvariant();
        if (name == "add" && arguments is [StringValue key, var added])
        {
            Heap.Write(_path, target, key.Text, added);
            return NullValue.Instance;
        }

        return (name, target, arguments) switch
        {
            ("tostring", _, _) => target,
            ("tolower" or "tolowerinvariant", StringValue text, _) => Values.Text(text.Text.ToLowerInvariant(), place),
            ("toupper" or "toupperinvariant", StringValue text, _) => Values.Text(text.Text.ToUpperInvariant(), place),
            ("trim", StringValue text, []) => Values.Text(text.Text.Trim(), place),
            ("replace", StringValue text, [StringValue { Text.Length: > 0 } from, StringValue to]) => Values.Text(text.Text.Replace(from.Text, to.Text, StringComparison.Ordinal), place),
            ("split", StringValue or PartialString, [StringValue { Text: [var at] }]) => Values.Split(target, at) is { } parts ? new ArrayValue(parts) : target,
            ("trim" or "trimstart" or "trimend", StringValue text, [StringValue { Text.Length: > 0 } ends]) => Values.Text(Trimmed(name, text.Text, ends.Text), place),
            ("trimstart", StringValue text, []) => Values.Text(text.Text.TrimStart(), place),
            ("trimend", StringValue text, []) => Values.Text(text.Text.TrimEnd(), place),
            ("substring", StringValue text, [IntValue { Number: var from }]) when from >= 0 && from <= text.Text.Length => Values.Text(text.Text[(int)from..], place),
            ("substring", StringValue text, [IntValue { Number: var from }, IntValue { Number: var count }]) when from >= 0 && count >= 0 && from + count <= text.Text.Length => Values.Text(text.Text.Substring((int)from, (int)count), place),
            ("contains", StringValue text, [StringValue part]) => new BoolValue(text.Text.Contains(part.Text, StringComparison.Ordinal)),
            ("startswith", StringValue text, [StringValue part]) => new BoolValue(text.Text.StartsWith(part.Text, StringComparison.Ordinal)),
            ("endswith", StringValue text, [StringValue part]) => new BoolValue(text.Text.EndsWith(part.Text, StringComparison.Ordinal)),
            ("contains" or "startswith" or "endswith", _, _) => Values.Unknown($"{Values.Pattern(target)}.{name}", "it is not compared", UnknownReason.Unsupported),
            _ => Values.Unknown($"{place.FirstLine} ({place.Start.Line}:{place.Start.Column})", "the method is not evaluated", UnknownReason.Unsupported),
        };
    }

    private static string Trimmed(string method, string text, string ends) => method switch
    {
        "trimstart" => text.TrimStart(ends.ToCharArray()),
        "trimend" => text.TrimEnd(ends.ToCharArray()),
        _ => text.Trim(ends.ToCharArray()),
    };

    private Value Assign(PowerShellStatement.Assignment assignment)
    {
        var value = Evaluate(assignment.Value);
        var target = assignment.Target;
        while (target is PowerShellExpression.Cast cast)
        {
            target = cast.Operand;
        }

        switch (target)
        {
            case PowerShellExpression.Variable variable:
                var isEnvironment = variable.Scope?.Equals("env", StringComparison.OrdinalIgnoreCase) == true;
                var name = isEnvironment ? "env:" + variable.Name : variable.Name;
                value = assignment.Operator == "+=" ? Operators.Apply("+", _path.Variables[name] ?? NullValue.Instance, value, Truth, PlaceOf(assignment.Span)) : value;
                Set(name, value);
                break;
            case PowerShellExpression.Member member:
                Heap.Write(_path, Evaluate(member.Target), Name(member.Name), value);
                break;
            case PowerShellExpression.Index index when Evaluate(index.Value) is StringValue key:
                Heap.Write(_path, Evaluate(index.Target), key.Text, value);
                break;
        }

        return value;
    }
}
