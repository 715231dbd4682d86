using System.Collections.Immutable;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>What a value may be where two paths meet.</summary>
internal static class ValueJoin
{
    private const int MostAlternatives = 16;

    /// <summary>One of both; the value itself when they are the same.</summary>
    internal static Value Join(Value? one, Value? other)
    {
        if (one is not null && other is not null && Same(one, other))
        {
            return one;
        }

        List<Value> distinct = [];
        foreach (var value in Each(one).Concat(Each(other)))
        {
            if (!distinct.Exists(known => Same(known, value)))
            {
                distinct.Add(value);
            }
        }

        var isList = distinct.Count <= MostAlternatives && distinct.TrueForAll(value => value is not UnknownValue);
        return new UnknownValue(UnknownReason.ExternalInput, Show(one) + " | " + Show(other), "it depends on which way the script takes")
        {
            Alternatives = isList ? [.. distinct] : [],
            Origin = one?.Origin ?? other?.Origin,
        };
    }

    /// <summary>Joins objects member by member, all else as a whole; two references to objects are either.</summary>
    internal static Value Deep(Value one, Value other)
    {
        if (one is not ObjectValue left || other is not ObjectValue right || Heap.NumberOf(left) is not null || Heap.NumberOf(right) is not null)
        {
            return Join(one, other);
        }

        var names = left.Members.Concat(right.Members.Where(member => left.Find(member.Name) is null)).Select(member => member.Name);
        return new ObjectValue(
            [.. names.Select(name => new Member(name, Both(left.Find(name)?.Value, right.Find(name)?.Value), left.Find(name)?.NamePlace ?? right.Find(name)?.NamePlace))],
            left.Rest ?? right.Rest)
        {
            Origin = one.Origin,
        };
    }

    /// <summary>True when two values are known to be the same at any time of the same path.</summary>
    internal static bool Same(Value one, Value other) => (one, other) switch
    {
        (StringValue a, StringValue b) => a.Text == b.Text,
        (PartialString a, PartialString b) => a.Pattern == b.Pattern,
        (UnknownValue a, UnknownValue b) => a.Expression == b.Expression && a.Reason == b.Reason,
        (BoolValue a, BoolValue b) => a.IsTrue == b.IsTrue,
        (IntValue a, IntValue b) => a.Number == b.Number,
        (NullValue, NullValue) => true,
        (ObjectValue a, ObjectValue b) when Heap.NumberOf(a) is { } number => number == Heap.NumberOf(b),
        _ => ReferenceEquals(one, other),
    };

    private static Value Both(Value? one, Value? other) => one is not null && other is not null ? Deep(one, other) : Join(one ?? NullValue.Instance, other ?? NullValue.Instance);

    private static ImmutableArray<Value> Each(Value? value) => value switch
    {
        null => [new StringValue("")],
        UnknownValue { Alternatives: { Length: > 0 } alternatives } => alternatives,
        _ => [value],
    };

    private static string Show(Value? value)
    {
        var text = value switch
        {
            StringValue known => known.Text,
            PartialString partial => partial.Pattern,
            UnknownValue unknown => unknown.Expression,
            null => "",
            _ => "…",
        };
        return text.Length <= 80 ? text : text[..80] + "…";
    }
}
