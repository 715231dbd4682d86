using System.Collections.Immutable;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Expressions;

/// <summary>What both languages share: access to contexts and members, and the spread of what is not known.</summary>
internal abstract class ExpressionEvaluator(Evaluation evaluation)
{
    protected Evaluation Evaluation { get; } = evaluation;

    /// <summary>Evaluates; never throws, and never gives null.</summary>
    internal Value Evaluate(Expression expression)
    {
        if (!Evaluation.Enter())
        {
            return new UnknownValue(UnknownReason.Limit, expression.Text, "evaluation stopped at its limit");
        }

        var value = expression switch
        {
            LiteralExpression literal => literal.Value,
            BrokenExpression broken => Unknowns.Error(broken.Text, broken.Message),
            NameExpression name => Context(name.Name, [], name.Text),
            AccessExpression or EachExpression => Access(expression),
            NotExpression not => Not(Evaluate(not.Operand), not.Text),
            BinaryExpression binary => Binary(binary),
            CallExpression call => Call(call),
            _ => Unknowns.Error(expression.Text, "it is not read"),
        };
        Evaluation.Leave();
        return value;
    }

    /// <summary>The value of a context, or of what lies in it under a path of names.</summary>
    protected abstract Value Context(string name, ImmutableArray<string> path, string text);

    /// <summary>True for what counts as true; null when that is not known.</summary>
    internal abstract bool? Truth(Value value);

    protected abstract Value Call(CallExpression call);

    protected abstract Value Binary(BinaryExpression binary);

    protected Value Not(Value operand, string text) => Truth(operand) is { } truth ? new BoolValue(!truth) { IsSecret = operand.IsSecret } : Negated(operand, text);

    /// <summary>A member of a known value; a missing one is null.</summary>
    internal static Value Member(Value target, Value index, string text)
    {
        switch (target, index)
        {
            case (_, UnknownValue or PartialString):
                return Unknowns.From(index, text);
            case (UnknownValue { Alternatives.Length: > 0 } unknown, _):
                return Unknowns.OneOf(Unknowns.From(unknown, text), unknown.Alternatives.Select(option => Member(option, index, text)));
            case (UnknownValue or PartialString, _):
                return Unknowns.From(target, text) with { IsSecret = target.IsSecret };
            case (ObjectValue map, _):
                return map.Find(Texts.Print(index) ?? "")?.Value ?? (map.Rest is { } open ? open with { Expression = text } : NullValue.Instance);
            case (ArrayValue array, IntValue { Number: >= 0 } number) when number.Number < array.Items.Length && array.Rest is null:
                return array.Items[(int)number.Number];
            case (ArrayValue { Rest: { } others }, _):
                return others with { Expression = text };
            default:
                return NullValue.Instance;
        }
    }

    /// <summary>Follows names from a value.</summary>
    protected static Value Follow(Value value, ImmutableArray<string> path, string text)
    {
        foreach (var name in path)
        {
            value = Member(value, new StringValue(name), text);
        }

        return value;
    }

    private static UnknownValue Negated(Value operand, string text) => Unknowns.From(operand, text) with { Alternatives = [new BoolValue(true), new BoolValue(false)], IsSecret = operand.IsSecret };

    private Value Access(Expression expression)
    {
        if (Filtered(expression) is { } items)
        {
            return items.Unknown is { } unknown ? Unknowns.From(unknown, expression.Text) : new ArrayValue([.. items.Values]);
        }

        List<string> path = [];
        var current = expression;
        List<(Value Index, string Text)> rest = [];
        while (current is AccessExpression access)
        {
            var index = Evaluate(access.Index);
            rest.Insert(0, (index, access.Text));
            current = access.Target;
        }

        Value value;
        if (current is NameExpression name)
        {
            while (path.Count < rest.Count && rest[path.Count].Index is StringValue segment)
            {
                path.Add(segment.Text);
            }

            value = Context(name.Name, [.. path], path.Count > 0 ? rest[path.Count - 1].Text : name.Text);
        }
        else
        {
            value = Evaluate(current);
        }

        return rest.Skip(path.Count).Aggregate(value, (target, step) => Member(target, step.Index, step.Text));
    }

    // A filter applies what follows it to each item.
    private (IEnumerable<Value> Values, Value? Unknown)? Filtered(Expression expression)
    {
        if (expression is EachExpression each)
        {
            return Evaluate(each.Target) switch
            {
                ArrayValue { Rest: null } array => (array.Items, null),
                ObjectValue { Rest: null } map => (map.Members.Select(member => member.Value), null),
                NullValue or StringValue or BoolValue or IntValue or FloatValue => ([], null),
                var other => ([], other),
            };
        }

        if (expression is AccessExpression access && Filtered(access.Target) is { } items)
        {
            var index = Evaluate(access.Index);
            return (items.Values.Select(item => Member(item, index, access.Text)).Where(item => item is not NullValue).ToList(), items.Unknown);
        }

        return null;
    }
}
