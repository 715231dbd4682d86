using System.Collections.Immutable;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Expressions;

/// <summary>Makes unknown values, and computes with those that have few possibilities.</summary>
internal static class Unknowns
{
    private const int MostAlternatives = 16;
    private const int MostCombinations = 64;

    internal static UnknownValue Error(string expression, string detail) => new(UnknownReason.EvaluationError, expression, detail);

    /// <summary>What comes of an unknown value: the reason stays, the expression grows.</summary>
    internal static UnknownValue From(Value cause, string expression) => cause switch
    {
        UnknownValue unknown => unknown with { Expression = expression, Alternatives = [], Shape = ValueShape.Any },
        PartialString text when text.Parts.FirstOrDefault(part => part.Hole is not null).Hole is { } hole => hole with { Expression = expression, Alternatives = [], Shape = ValueShape.Any },
        ArrayValue { Rest: { } rest } => rest with { Expression = expression },
        ObjectValue { Rest: { } rest } => rest with { Expression = expression },
        ArrayValue array when array.Items.FirstOrDefault(item => !item.IsFullyKnown) is { } item => From(item, expression),
        ObjectValue map when map.Members.FirstOrDefault(member => !member.Value.IsFullyKnown) is { } member => From(member.Value, expression),
        _ => new UnknownValue(UnknownReason.EvaluationError, expression, "it cannot be evaluated"),
    };

    /// <summary>One of several values; the value itself when they are all the same.</summary>
    internal static Value OneOf(UnknownValue cause, IEnumerable<Value> values)
    {
        List<Value> distinct = [];
        foreach (var value in values.SelectMany(value => value is UnknownValue { Alternatives.Length: > 0 } unknown ? unknown.Alternatives : [value]))
        {
            if (distinct.Count > MostAlternatives)
            {
                break;
            }

            if (!distinct.Any(other => Same(other, value)))
            {
                distinct.Add(value);
            }
        }

        if (distinct is [var only])
        {
            return only;
        }

        var isList = distinct.Count <= MostAlternatives && distinct.TrueForAll(value => value is not UnknownValue);
        return cause with { Alternatives = isList ? [.. distinct] : [] };
    }

    /// <summary>True when two values are known to be the same scalar.</summary>
    internal static bool Same(Value one, Value other) => (one, other) switch
    {
        (StringValue a, StringValue b) => a.Text == b.Text,
        (BoolValue a, BoolValue b) => a.IsTrue == b.IsTrue,
        (IntValue a, IntValue b) => a.Number == b.Number,
        (FloatValue a, FloatValue b) => a.Number.Equals(b.Number),
        (NullValue, NullValue) => true,
        _ => ReferenceEquals(one, other),
    };

    /// <summary>Calls with each combination of the arguments' possibilities; null when no argument has any, or too many.</summary>
    internal static Value? TryEach(string expression, ImmutableArray<Value> arguments, Func<ImmutableArray<Value>, Value> call)
    {
        if (arguments.FirstOrDefault(value => value is UnknownValue { Alternatives.Length: > 0 }) is not UnknownValue first)
        {
            return null;
        }

        List<ImmutableArray<Value>> combinations = [[]];
        foreach (var argument in arguments)
        {
            ImmutableArray<Value> options = argument is UnknownValue { Alternatives: { Length: > 0 } alternatives } ? alternatives : [argument];
            if (combinations.Count * options.Length > MostCombinations)
            {
                return null;
            }

            combinations = [.. combinations.SelectMany(before => options.Select(option => before.Add(option)))];
        }

        return OneOf(From(first, expression), combinations.Select(call));
    }
}
