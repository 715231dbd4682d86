using DeployGate.Core.Values;

namespace DeployGate.Core.Policies;

/// <summary>Compares a number that lies between two bounds.</summary>
internal static class CountTest
{
    /// <summary>
    /// Whether a comparison holds for the number. <paramref name="least"/> and <paramref name="most"/> are what it may be;
    /// <paramref name="open"/> is the answer where both answers are possible.
    /// </summary>
    internal static Truth Holds(Comparison comparison, long least, long most, Value expected, Truth open)
    {
        if (expected is UnknownValue unknown)
        {
            return ValueTest.Unknown(unknown);
        }

        if (least == most)
        {
            return ValueTest.Holds(comparison, new IntValue(least), expected);
        }

        if (expected is not IntValue { Number: var wanted })
        {
            return open;
        }

        bool? answer = comparison switch
        {
            Comparison.EqualTo when wanted < least || wanted > most => false,
            Comparison.NotEqualTo when wanted < least || wanted > most => true,
            Comparison.Less => Both(least < wanted, most < wanted),
            Comparison.LessOrEquals => Both(least <= wanted, most <= wanted),
            Comparison.Greater => Both(least > wanted, most > wanted),
            Comparison.GreaterOrEquals => Both(least >= wanted, most >= wanted),
            _ => null,
        };
        return answer is { } known ? Truth.Of(known) : open;
    }

    private static bool? Both(bool one, bool other) => one == other ? one : null;
}
