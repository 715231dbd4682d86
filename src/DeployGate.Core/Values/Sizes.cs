using System.Collections.Immutable;

namespace DeployGate.Core.Values;

/// <summary>
/// Measures values: the number of nodes, negative where one of them is not known. A value's measure is made of those of its parts, so that none
/// is walked twice.
/// </summary>
internal static class Sizes
{
    // Far above what anybody allows, and far below what an integer holds.
    private const int Most = 1 << 29;

    /// <summary>The measure of an array.</summary>
    internal static int Measure(ImmutableArray<Value> items, UnknownValue? rest)
    {
        var (sum, isKnown) = (1L, rest is null);
        foreach (var item in items)
        {
            sum += Math.Abs(item.Measure);
            isKnown &= item.Measure > 0;
        }

        return Signed(sum, isKnown);
    }

    /// <summary>The measure of an object.</summary>
    internal static int Measure(ImmutableArray<Member> members, UnknownValue? rest)
    {
        var (sum, isKnown) = (1L, rest is null);
        foreach (var member in members)
        {
            var measure = member.Value.Measure;
            sum += Math.Abs(measure);
            isKnown &= measure > 0;
        }

        return Signed(sum, isKnown);
    }

    /// <summary>The measure of an unknown value: itself, what it stands for, and the values that it may have.</summary>
    internal static int OfUnknown(ReadOnlySpan<Value> alternatives)
    {
        var sum = 2L;
        foreach (var alternative in alternatives)
        {
            sum += Math.Abs(alternative.Measure);
        }

        return Signed(sum, isKnown: false);
    }

    private static int Signed(long sum, bool isKnown) => (int)Math.Min(sum, Most) * (isKnown ? 1 : -1);
}
