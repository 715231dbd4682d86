using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Functions;

/// <summary>What a walk over a whole value tells, learnt once.</summary>
/// <param name="Depth">Levels of containers, at most one more than <see cref="FunctionLimits.Depth"/>.</param>
/// <param name="HasSecret">True when the value or a part of it is secret, or when it is too deep to tell.</param>
/// <param name="FirstUnknown">The first unknown value in it; null when all is known.</param>
internal readonly record struct ValueFacts(int Depth, bool HasSecret, UnknownValue? FirstUnknown)
{
    // Small values are cheaper to walk than to look up.
    private const int RememberFrom = 16;

    private static readonly ValueFacts s_plain = new(0, false, null);
    private static readonly ValueFacts s_secret = new(0, true, null);
    private static readonly ValueFacts s_tooDeep = new(FunctionLimits.Depth + 1, true, null);

    // Loops ask the same large arrays again and again, and shared parts would be walked once for each use.
    private static readonly ConditionalWeakTable<Value, StrongBox<ValueFacts>> s_known = [];

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

        if (s_known.TryGetValue(value, out var known))
        {
            return known.Value;
        }

        var facts = WalkParts(value, level);

        // A walk that was cut short says how deep it began, not how deep the value is.
        if (!facts.IsTooDeep)
        {
            s_known.AddOrUpdate(value, new StrongBox<ValueFacts>(facts));
        }

        return facts;
    }

    private static ValueFacts WalkParts(Value value, int level)
    {
        var all = new ValueFacts(0, value.IsSecret, value as UnknownValue);
        switch (value)
        {
            case ArrayValue list:
                all = WalkAll(all, list.Items, level);
                all = list.Rest is null ? all : all.And(Walk(list.Rest, level + 1));
                break;
            case ObjectValue map:
                foreach (var member in map.Members)
                {
                    all = all.And(Walk(member.Value, level + 1));
                }

                all = map.Rest is null ? all : all.And(Walk(map.Rest, level + 1));
                break;
            case PartialString text:
                foreach (var part in text.Parts)
                {
                    all = part.Hole is null ? all : all.And(Walk(part.Hole, level + 1));
                }

                break;
            case UnknownValue unknown:
                all = WalkAll(all, unknown.Alternatives, level);
                break;
        }

        return all with { Depth = Math.Min(all.Depth + 1, FunctionLimits.Depth + 1) };
    }

    private static ValueFacts WalkAll(ValueFacts all, ImmutableArray<Value> parts, int level)
    {
        foreach (var part in parts)
        {
            all = all.And(Walk(part, level + 1));
        }

        return all;
    }

    private ValueFacts And(ValueFacts part) => new(Math.Max(Depth, part.Depth), HasSecret || part.HasSecret, FirstUnknown ?? part.FirstUnknown);
}
