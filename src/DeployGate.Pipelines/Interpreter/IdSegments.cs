using System.Collections.Immutable;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>Compares ids part by part; other than in templates, a name that is not known may be any name.</summary>
internal static class IdSegments
{
    /// <summary>True when nothing that is known of two ids, cut at their slashes, says that they differ.</summary>
    internal static bool MayBeSame(ImmutableArray<Value> left, ImmutableArray<Value> right)
    {
        if (left.Length != right.Length)
        {
            return left.Length > 0 && right.Length > 0 && (HasOpenStart(left) || HasOpenStart(right));
        }

        for (var i = 0; i < left.Length; i++)
        {
            if (!Fits(left[i], right[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasOpenStart(ImmutableArray<Value> segments) => segments[0] is UnknownValue or PartialString;

    private static bool Fits(Value one, Value other) => (one, other) switch
    {
        (StringValue a, StringValue b) => a.Text.Equals(b.Text, StringComparison.OrdinalIgnoreCase),
        (PartialString a, StringValue b) => Fits(a, b.Text),
        (StringValue a, PartialString b) => Fits(b, a.Text),
        (PartialString a, PartialString b) => StartsAlike(a.KnownStart, b.KnownStart) && EndsAlike(a.KnownEnd, b.KnownEnd),
        _ => true,
    };

    private static bool Fits(PartialString pattern, string text) =>
        text.Length >= pattern.KnownStart.Length + pattern.KnownEnd.Length
        && text.StartsWith(pattern.KnownStart, StringComparison.OrdinalIgnoreCase) && text.EndsWith(pattern.KnownEnd, StringComparison.OrdinalIgnoreCase);

    private static bool StartsAlike(string one, string other) =>
        one.StartsWith(other, StringComparison.OrdinalIgnoreCase) || other.StartsWith(one, StringComparison.OrdinalIgnoreCase);

    private static bool EndsAlike(string one, string other) =>
        one.EndsWith(other, StringComparison.OrdinalIgnoreCase) || other.EndsWith(one, StringComparison.OrdinalIgnoreCase);
}
