using System.Globalization;
using DeployGate.Core.Images;
using DeployGate.Core.Values;

namespace DeployGate.Core.Policies;

/// <summary>Compares one value with another, each of which may be unknown.</summary>
internal static class ValueTest
{
    /// <summary>Whether a comparison holds; <paramref name="actual"/> is null where there is no value.</summary>
    internal static Truth Holds(Comparison comparison, Value? actual, Value expected)
    {
        actual = actual is NullValue ? null : actual;
        var truth = Negated(comparison) is { } positive ? Positive(positive, actual, expected).Not() : Positive(comparison, actual, expected);
        return truth.At(actual?.Origin?.Place);
    }

    private static Comparison? Negated(Comparison comparison) => comparison switch
    {
        Comparison.NotEqualTo => Comparison.EqualTo,
        Comparison.NotLike => Comparison.Like,
        Comparison.NotMatch => Comparison.Match,
        Comparison.NotMatchInsensitively => Comparison.MatchInsensitively,
        Comparison.NotContains => Comparison.Contains,
        Comparison.NotIn => Comparison.In,
        Comparison.NotContainsKey => Comparison.ContainsKey,
        _ => null,
    };

    private static Truth Positive(Comparison comparison, Value? actual, Value expected)
    {
        if (actual is UnknownValue open)
        {
            return open.Alternatives.IsEmpty ? Unknown(open) : Agreed(open.Alternatives.Select(one => Holds(comparison, one, expected)), Unknown(open));
        }

        if (expected is UnknownValue wanted)
        {
            return Unknown(wanted);
        }

        return comparison switch
        {
            Comparison.Exists => ExistsAs(actual, expected),
            Comparison.In => InList(actual, expected),
            Comparison.Contains => Contains(actual, expected),
            Comparison.ContainsKey => ContainsKey(actual, expected),
            Comparison.EqualTo => Same(actual, expected),
            Comparison.Like or Comparison.Match or Comparison.MatchInsensitively => Matches(comparison, actual, expected),
            _ => Ordered(comparison, actual, expected),
        };
    }

    // Every value it may have leads to the same answer, or there is none.
    private static Truth Agreed(IEnumerable<Truth> truths, Truth otherwise)
    {
        var all = truths.ToList();
        return all.TrueForAll(truth => truth.Value is not null && truth.Value == all[0].Value) ? all[0] : otherwise;
    }

    private static Truth ExistsAs(Value? actual, Value expected) => Flag(expected) is { } wanted
        ? Truth.Of(actual is not null == wanted)
        : Truth.Unknown("'exists' compares with true or false");

    private static bool? Flag(Value value) => value switch
    {
        BoolValue known => known.IsTrue,
        StringValue { Text: var text } when bool.TryParse(text, out var parsed) => parsed,
        _ => null,
    };

    private static Truth InList(Value? actual, Value expected) => expected switch
    {
        ArrayValue list => Truth.Any([.. list.Items.Select(item => Positive(Comparison.EqualTo, actual, item)), .. list.Rest is { } rest ? [Unknown(rest)] : Array.Empty<Truth>()]),
        _ => Truth.Unknown("'in' compares with a list, and the expression gave none"),
    };

    private static Truth Contains(Value? actual, Value expected) => actual switch
    {
        ArrayValue list => Truth.Any([.. list.Items.Select(item => Positive(Comparison.EqualTo, item, expected)), .. list.Rest is { } rest ? [Unknown(rest)] : Array.Empty<Truth>()]),
        StringValue or PartialString when Text(expected) is { } part => Fits(TextPattern.Holding(part), actual),
        _ when expected is PartialString open => Unknown(open),
        _ => Truth.False,
    };

    private static Truth ContainsKey(Value? actual, Value expected) => (actual, Text(expected)) switch
    {
        (ObjectValue map, { } name) when map.Find(name) is not null => Truth.True,
        (ObjectValue { Rest: { } rest }, _) => Unknown(rest),
        (_, null) when expected is PartialString open => Unknown(open),
        _ => Truth.False,
    };

    private static Truth Same(Value? actual, Value expected) => (actual, expected) switch
    {
        (null, NullValue) => Truth.True,
        (null, _) => Truth.False,
        (PartialString, _) when Text(expected) is { } text => Fits(TextPattern.Exactly(text), actual),
        (PartialString open, PartialString) => Unknown(open),
        (_, PartialString wanted) when Text(actual) is { } text => Fits(TextPattern.Exactly(text), wanted),
        _ when Text(actual) is { } one && Text(expected) is { } other => Truth.Of(string.Equals(one, other, StringComparison.OrdinalIgnoreCase)),
        (ArrayValue one, ArrayValue other) => SameItems(one, other),
        _ => Truth.False,
    };

    private static Truth SameItems(ArrayValue one, ArrayValue other)
    {
        if (one.Rest is not null || other.Rest is not null)
        {
            return Unknown(one.Rest ?? other.Rest!);
        }

        return one.Items.Length != other.Items.Length
            ? Truth.False
            : Truth.All(one.Items.Zip(other.Items, (left, right) => Positive(Comparison.EqualTo, left, right)));
    }

    private static Truth Matches(Comparison comparison, Value? actual, Value expected)
    {
        if (expected is PartialString open)
        {
            return Unknown(open);
        }

        // A number or a truth value is compared as it is written.
        var text = actual is PartialString ? actual : Text(actual) is { } known ? new StringValue(known) : null;
        if (text is null || Text(expected) is not { } pattern)
        {
            return Truth.False;
        }

        return Fits(comparison == Comparison.Like ? TextPattern.Like(pattern) : TextPattern.Match(pattern, comparison == Comparison.Match), text);
    }

    private static Truth Fits(TextPattern pattern, Value value) => pattern.Fits(value) switch
    {
        { } known => Truth.Of(known),
        null when value is PartialString open => Unknown(open),
        null => Truth.Unknown("the text is too long to be compared with the pattern"),
    };

    private static Truth Ordered(Comparison comparison, Value? actual, Value expected)
    {
        if (actual is null)
        {
            return Truth.False;
        }

        if ((actual as PartialString ?? expected as PartialString) is { } open)
        {
            return Unknown(open);
        }

        int? order = (Number(actual), Number(expected), Text(actual), Text(expected)) switch
        {
            ({ } one, { } other, _, _) => one.CompareTo(other),
            (null, null, { } one, { } other) when PolicyDates.Read(one) is { } early && PolicyDates.Read(other) is { } late => early.CompareTo(late),
            (null, null, { } one, { } other) when actual is StringValue && expected is StringValue && !PolicyDates.IsTime(one) && PolicyDates.Read(other) is null => string.Compare(one, other, StringComparison.OrdinalIgnoreCase),
            _ => null,
        };
        return order is not { } sign
            ? Truth.Unknown($"{ArtifactCatalog.Show(actual)} and {ArtifactCatalog.Show(expected)} cannot be put in order: both must be numbers, dates or texts")
            : Truth.Of(comparison switch
            {
                Comparison.Less => sign < 0,
                Comparison.LessOrEquals => sign <= 0,
                Comparison.Greater => sign > 0,
                _ => sign >= 0,
            });
    }

    private static double? Number(Value value) => value switch
    {
        IntValue whole => whole.Number,
        FloatValue real => real.Number,
        _ => null,
    };

    /// <summary>A known text, number or truth value as text; null for all else.</summary>
    private static string? Text(Value? value) => value switch
    {
        StringValue text => text.Text,
        BoolValue known => known.IsTrue ? "true" : "false",
        IntValue number => number.Number.ToString(CultureInfo.InvariantCulture),
        FloatValue number => number.Lexeme,
        _ => null,
    };

    /// <summary>Not known, with the value's own reason.</summary>
    internal static Truth Unknown(Value value)
    {
        var hole = value as UnknownValue ?? (value as PartialString)?.Parts.FirstOrDefault(part => part.Hole is not null).Hole;
        var reason = hole is null ? "it is not known" : value.IsSecret || hole.IsSecret ? "it is a secret" : hole.Detail;
        return Truth.Unknown(reason).At(value.Origin?.Place);
    }
}
