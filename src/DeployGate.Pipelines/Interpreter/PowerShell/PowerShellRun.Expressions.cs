using System.Collections.Immutable;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;
using DeployGate.Pipelines.PowerShellScripts.Syntax;

namespace DeployGate.Pipelines.Interpreter.PowerShell;

internal sealed partial class PowerShellRun
{
    private Value Evaluate(PowerShellStatement statement) => statement is PowerShellStatement.Pipeline pipeline
        ? Pipeline(pipeline) ?? NullValue.Instance
        : Capture(() => Statement(statement));

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

        return (target, name.ToLowerInvariant()) switch
        {
            (StringValue or PartialString, "length") or (ArrayValue, "count" or "length") => target is ArrayValue { Rest: null } list ? new IntValue(list.Items.Length) : target is StringValue text ? new IntValue(text.Text.Length) : Unknown(),
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
            ("contains" or "startswith" or "endswith", _, _) => Values.Unknown($"{Values.Pattern(target)}.{name}", "it is not compared", UnknownReason.Unsupported),
            _ => Values.Unknown($"{place.FirstLine} ({place.Start.Line}:{place.Start.Column})", "the method is not evaluated", UnknownReason.Unsupported),
        };
    }

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

/// <summary>The operators between two values, as far as both are known.</summary>
internal static class Operators
{
    internal static Value Truth(bool? truth, Core.Text.Place place) =>
        truth is { } known ? new BoolValue(known) : Values.Unknown($"condition ({place.Start.Line}:{place.Start.Column})", "it depends on a value that is not known", UnknownReason.ExternalInput);

    internal static bool? AreEqual(Value left, Value right) => (left, right) switch
    {
        (NullValue, NullValue) => true,
        (NullValue, StringValue or PartialString or BoolValue or IntValue) or (StringValue or PartialString or BoolValue or IntValue, NullValue) => false,
        (StringValue or IntValue or BoolValue, StringValue or IntValue or BoolValue) => string.Equals(Values.Pattern(left), Values.Pattern(right), StringComparison.OrdinalIgnoreCase),
        _ => null,
    };

    internal static Value Apply(string sign, Value left, Value right, Func<Value, bool?> truth, Core.Text.Place place)
    {
        switch (sign)
        {
            case "+" when left is ArrayValue list:
                return new ArrayValue([.. list.Items, .. right is ArrayValue more ? more.Items : [right]], list.Rest);
            case "+" when left is IntValue a && right is IntValue b:
                return new IntValue(unchecked(a.Number + b.Number));
            case "+" when left is NullValue:
                return right;
            case "+":
                return Values.Concat([left, right], place);
            case "-eq" or "-ieq" or "-ceq":
                return Truth(AreEqual(left, right), place);
            case "-ne" or "-ine" or "-cne":
                return Truth(!AreEqual(left, right), place);
            case "-and":
                return Truth(truth(left) == false || truth(right) == false ? false : truth(left) == true && truth(right) == true ? true : null, place);
            case "-or":
                return Truth(truth(left) == true || truth(right) == true ? true : truth(left) == false && truth(right) == false ? false : null, place);
            case "-f" when left is StringValue { Text: var format }:
                return Format(format, right is ArrayValue items ? items.Items : [right], place);
            case ".." when left is IntValue { Number: var from } && right is IntValue { Number: var to } && Math.Abs(to - from) < 64:
                return new ArrayValue([.. Enumerable.Range(0, (int)Math.Abs(to - from) + 1).Select(Value (i) => new IntValue(from + (to < from ? -i : i)))]);
            case "-split" when right is StringValue { Text: [var at] } && Values.Split(left, at) is { } parts:
                return new ArrayValue(parts);
            case "-join" when right is StringValue && left is ArrayValue { Rest: null } joined:
                return Values.Concat(joined.Items.IsEmpty ? [Values.Empty] : [.. joined.Items.SelectMany((one, i) => i == 0 ? new[] { one } : [right, one])], place);
            case "??":
                return left is NullValue ? right : left;
            default:
                return Values.Unknown($"{Values.Pattern(left)} {sign} {Values.Pattern(right)}", "it is not computed", UnknownReason.Unsupported);
        }
    }

    private static Value Format(string format, ImmutableArray<Value> items, Core.Text.Place place)
    {
        List<Value> parts = [];
        var start = 0;
        for (var i = 0; i < items.Length; i++)
        {
            var hole = $"{{{i}}}";
            var at = format.IndexOf(hole, start, StringComparison.Ordinal);
            if (at < 0)
            {
                return Values.Unknown($"'{format}' -f", "the format is not read", UnknownReason.Unsupported);
            }

            parts.Add(Values.Text(format[start..at]));
            parts.Add(items[i]);
            start = at + hole.Length;
        }

        parts.Add(Values.Text(format[start..]));
        return Values.Concat(parts, place);
    }
}
