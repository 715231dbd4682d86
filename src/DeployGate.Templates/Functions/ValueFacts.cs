using System.Runtime.CompilerServices;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Functions;

/// <summary>What a walk over a whole value tells, learnt once.</summary>
/// <param name="Depth">Levels of containers, at most one more than <see cref="FunctionLimits.Depth"/>.</param>
/// <param name="HasSecret">True when the value or a part of it is secret, or when it is too deep to tell.</param>
/// <param name="FirstUnknown">The first unknown value in it; null when all is known.</param>
internal sealed record ValueFacts(int Depth, bool HasSecret, UnknownValue? FirstUnknown)
{
    // Small values are cheaper to walk than to look up.
    private const int RememberFrom = 16;

    private static readonly ValueFacts s_plain = new(0, false, null);
    private static readonly ValueFacts s_secret = new(0, true, null);
    private static readonly ValueFacts s_tooDeep = new(FunctionLimits.Depth + 1, true, null);

    // Loops ask the same large arrays again and again, and shared parts would be walked once for each use.
    private static readonly ConditionalWeakTable<Value, ValueFacts> s_known = [];

    /// <summary>True when the value nests deeper than walks follow.</summary>
    internal bool IsTooDeep => Depth > FunctionLimits.Depth;

    /// <summary>Walks the value, or remembers an earlier walk.</summary>
    internal static ValueFacts Of(Value value) => Walk(value, 0);

    private static ValueFacts Walk(Value value, int level)
    {
        switch (value)
        {
            case ArrayValue or ObjectValue or PartialString or UnknownValue { Alternatives.Length: > 0 }:
                break;
            case UnknownValue unknown:
                return new ValueFacts(0, value.IsSecret, unknown);
            default:
                return value.IsSecret ? s_secret : s_plain;
        }

        if (level > FunctionLimits.Depth)
        {
            return s_tooDeep;
        }

        if (value.Size < RememberFrom)
        {
            return WalkParts(value, level);
        }

        if (s_known.TryGetValue(value, out var facts))
        {
            return facts;
        }

        facts = WalkParts(value, level);

        // A walk that was cut short says how deep it began, not how deep the value is.
        if (!facts.IsTooDeep)
        {
            s_known.AddOrUpdate(value, facts);
        }

        return facts;
    }

    private static ValueFacts WalkParts(Value value, int level)
    {
        var (depth, secret, unknown) = (0, value.IsSecret, value as UnknownValue);
        foreach (var part in Parts(value))
        {
            var facts = Walk(part, level + 1);
            depth = Math.Max(depth, facts.Depth);
            secret |= facts.HasSecret;
            unknown ??= facts.FirstUnknown;
        }

        return new ValueFacts(Math.Min(depth + 1, FunctionLimits.Depth + 1), secret, unknown);
    }

    private static IEnumerable<Value> Parts(Value value) => value switch
    {
        ArrayValue list => list.Rest is null ? list.Items : list.Items.Append(list.Rest),
        ObjectValue { Rest: null } map => map.Members.Select(member => member.Value),
        ObjectValue map => map.Members.Select(member => member.Value).Append(map.Rest),
        PartialString text => text.Parts.Where(part => part.Hole is not null).Select(part => part.Hole!),
        UnknownValue unknown => unknown.Alternatives,
        _ => [],
    };
}
