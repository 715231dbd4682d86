using System.Collections.Immutable;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Functions;

/// <summary>Questions that every evaluator of values asks.</summary>
internal static class Values
{
    /// <summary>True when the value, or any part of it, must never be printed; also when it nests too deep to tell.</summary>
    internal static bool HasSecret(Value value) => ValueFacts.Of(value).HasSecret;

    /// <summary>The first unknown value in a value, itself included; null when all of it is known.</summary>
    internal static UnknownValue? FirstUnknown(Value value) => ValueFacts.Of(value).FirstUnknown;

    /// <summary>True when any of the values, or a part of one, is secret.</summary>
    internal static bool AnySecret(ImmutableArray<Value> values)
    {
        foreach (var value in values)
        {
            if (HasSecret(value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when any of the values, or a part of one, is unknown.</summary>
    internal static bool AnyUnknown(ImmutableArray<Value> values)
    {
        foreach (var value in values)
        {
            if (FirstUnknown(value) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A part taken out of a whole: what is in a secret is a secret.</summary>
    internal static Value PartOf(Value whole, Value part) => whole.IsSecret ? part.AsSecret() : part;

    /// <summary>The kind of a value in words: <c>an int</c>.</summary>
    internal static string Kind(Value value) => value switch
    {
        NullValue => "null",
        BoolValue => "a bool",
        IntValue => "an int",
        FloatValue => "a number with a fraction",
        StringValue or PartialString => "a string",
        ArrayValue => "an array",
        ObjectValue => "an object",
        UnknownValue { Shape: ValueShape.Text or ValueShape.IdSegment } => "an unknown string",
        UnknownValue { Shape: ValueShape.Number } => "an unknown int",
        UnknownValue { Shape: ValueShape.Truth } => "an unknown bool",
        UnknownValue { Shape: ValueShape.List } => "an unknown array",
        UnknownValue { Shape: ValueShape.Map } => "an unknown object",
        _ => "an unknown value",
    };

    /// <summary>The shape of a value, known or not; <see cref="ValueShape.Any"/> for null and for numbers with a fraction.</summary>
    internal static ValueShape ShapeOf(Value value) => value switch
    {
        StringValue or PartialString => ValueShape.Text,
        IntValue => ValueShape.Number,
        BoolValue => ValueShape.Truth,
        ArrayValue => ValueShape.List,
        ObjectValue => ValueShape.Map,
        UnknownValue unknown => unknown.Shape,
        _ => ValueShape.Any,
    };

    /// <summary>The shape that all values share.</summary>
    internal static ValueShape CommonShape(IReadOnlyList<Value> values)
    {
        var shape = values.Count == 0 ? ValueShape.Any : ShapeOf(values[0]);
        foreach (var value in values.Skip(1))
        {
            shape = (shape, ShapeOf(value)) switch
            {
                var (a, b) when a == b => a,
                (ValueShape.Text, ValueShape.IdSegment) or (ValueShape.IdSegment, ValueShape.Text) => ValueShape.Text,
                _ => ValueShape.Any,
            };
        }

        return shape;
    }
}
