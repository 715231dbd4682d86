using DeployGate.Core.Values;

namespace DeployGate.Templates.Functions;

/// <summary>
/// Deep equality as the template languages have it: kinds must agree, strings compare by code unit, the order of an object's
/// members does not matter. Null where what is not known decides.
/// </summary>
internal static class ValueEquality
{
    /// <summary>True, false, or null when it cannot be told.</summary>
    internal static bool? AreEqual(Value a, Value b) => Compare(a, b, 0);

    /// <summary>Whether an integer equals a number with a fraction: by value, so that <c>1</c> equals <c>1.0</c>.</summary>
    internal static bool IntEqualsFloat(long number, double fraction) =>
        fraction is >= long.MinValue and < 9.2233720368547758E18 && Math.Floor(fraction) == fraction && (long)fraction == number;

    private static bool? Compare(Value a, Value b, int level)
    {
        if (level > FunctionLimits.Depth)
        {
            return null;
        }

        return (a, b) switch
        {
            (UnknownValue { Alternatives.Length: > 0 } unknown, _) => AnyOf(unknown, b, level),
            (_, UnknownValue { Alternatives.Length: > 0 } unknown) => AnyOf(unknown, a, level),
            (UnknownValue unknown, _) => MayBe(unknown, b) ? null : false,
            (_, UnknownValue unknown) => MayBe(unknown, a) ? null : false,
            (NullValue, NullValue) => true,
            (BoolValue x, BoolValue y) => x.IsTrue == y.IsTrue,
            (IntValue x, IntValue y) => x.Number == y.Number,
            (IntValue x, FloatValue y) => IntEqualsFloat(x.Number, y.Number),
            (FloatValue x, IntValue y) => IntEqualsFloat(y.Number, x.Number),
            (FloatValue x, FloatValue y) => x.Number.Equals(y.Number) || x.Number == y.Number,
            (StringValue x, StringValue y) => string.Equals(x.Text, y.Text, StringComparison.Ordinal),
            (StringValue or PartialString, StringValue or PartialString) => TextParts.MayBeEqual(a, b) ? null : false,
            (ArrayValue x, ArrayValue y) => CompareItems(x, y, level),
            (ObjectValue x, ObjectValue y) => CompareMembers(x, y, level),
            _ => false,
        };
    }

    private static bool? AnyOf(UnknownValue unknown, Value other, int level)
    {
        var (allTrue, allFalse) = (true, true);
        foreach (var possible in unknown.Alternatives)
        {
            var answer = Compare(possible, other, level + 1);
            allTrue &= answer == true;
            allFalse &= answer == false;
        }

        return allTrue ? true : allFalse ? false : null;
    }

    private static bool MayBe(UnknownValue unknown, Value value) => (unknown.Shape, Values.ShapeOf(value)) switch
    {
        (ValueShape.Any, _) => true,

        // A number that was declared an int is never null, but a fraction may still equal it.
        (ValueShape.Number, ValueShape.Any) => value is FloatValue or UnknownValue,
        (_, ValueShape.Any) => value is UnknownValue,
        (ValueShape.IdSegment, ValueShape.Text) => !TextParts.HasKnown(value, '/'),
        (ValueShape.Text, ValueShape.IdSegment) => true,
        var (a, b) => a == b,
    };

    private static bool? CompareItems(ArrayValue a, ArrayValue b, int level)
    {
        if (a.Rest is not null || b.Rest is not null)
        {
            return null;
        }

        if (a.Items.Length != b.Items.Length)
        {
            return false;
        }

        bool? all = true;
        for (var i = 0; i < a.Items.Length; i++)
        {
            var answer = Compare(a.Items[i], b.Items[i], level + 1);
            if (answer == false)
            {
                return false;
            }

            all &= answer;
        }

        return all;
    }

    private static bool? CompareMembers(ObjectValue a, ObjectValue b, int level)
    {
        if (Lacks(a, b) || Lacks(b, a))
        {
            return false;
        }

        // An open object's listed members may be replaced, so their values prove nothing.
        if (a.Rest is not null || b.Rest is not null)
        {
            return null;
        }

        bool? all = true;
        foreach (var member in a.Members)
        {
            var answer = Compare(member.Value, Exact(b, member.Name)!.Value, level + 1);
            if (answer == false)
            {
                return false;
            }

            all &= answer;
        }

        return all;
    }

    // A closed object that has not all the names of the other cannot equal it.
    private static bool Lacks(ObjectValue closed, ObjectValue other) =>
        closed.Rest is null && other.Members.Any(member => Exact(closed, member.Name) is null);

    private static Member? Exact(ObjectValue map, string name) =>
        map.Find(name) is { } member && string.Equals(member.Name, name, StringComparison.Ordinal) ? member : null;
}
