using System.Collections.Immutable;
using DeployGate.Core.Reports;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Core.Uses;

/// <summary>A value in a resource, with the place a person wrote it and the places it went through.</summary>
/// <param name="Value">The value.</param>
/// <param name="Place">Where it was written.</param>
/// <param name="NamePlace">Where the member's name stands; null when it was computed.</param>
/// <param name="Hops">The places that passed the value on, nearest to the use first.</param>
public sealed record FoundValue(Value Value, Place Place, Place? NamePlace, ImmutableArray<RelatedPlace> Hops);

/// <summary>Finds values in resources by path.</summary>
public static class ValuePath
{
    /// <summary>
    /// Follows names from <paramref name="root"/>. Null when the value is certainly absent or null; an unknown where it may be
    /// there. <paramref name="fallback"/> is the place when nothing on the way was written anywhere.
    /// </summary>
    public static FoundValue? Find(Value root, Place fallback, params ReadOnlySpan<string> path)
    {
        var value = root;
        LazyPlace namePlace = default;
        var place = root.WrittenAt;
        List<Hop>? hops = null;
        AddHops(ref hops, root);
        foreach (var name in path)
        {
            switch (value)
            {
                case ObjectValue map when map.Find(name) is { } member:
                    (value, namePlace) = (member.Value, member.WhereNamed);
                    break;
                case ObjectValue { Rest: { } rest }:
                    (value, namePlace) = (rest, default);
                    break;
                case UnknownValue unknown:
                    (value, namePlace) = (Inside(unknown, name), default);
                    break;
                default:
                    return null;
            }

            place = value.WrittenAt is { IsNone: false } inner ? inner : place;
            AddHops(ref hops, value);
        }

        var written = place.Value ?? fallback;
        return value is NullValue ? null : new FoundValue(value, written, namePlace.Value, Related(hops, written));
    }

    /// <summary>The values a member may have: itself, or each alternative when it is a choice. Empty when it is unknown.</summary>
    public static ImmutableArray<Value> Candidates(Value value) => value is UnknownValue unknown ? unknown.Alternatives : [value];

    private static Value Inside(UnknownValue unknown, string name)
    {
        var members = unknown.Alternatives.Select(one => (one as ObjectValue)?.Find(name)?.Value ?? NullValue.Instance).ToImmutableArray();
        return unknown with { Expression = $"{unknown.Expression}.{name}", Alternatives = members, Shape = ValueShape.Any };
    }

    // Most values were passed on by nothing, and of those on the way nobody asks for the origin, which the value would keep.
    private static void AddHops(ref List<Hop>? hops, Value value)
    {
        if (value.IsPassedOn)
        {
            // Hops of an outer container are nearer to the use than those of what it holds.
            (hops ??= []).AddRange(value.Origin!.Hops);
        }
    }

    private static ImmutableArray<RelatedPlace> Related(List<Hop>? hops, Place place)
    {
        if (hops is null)
        {
            return [];
        }

        var related = ImmutableArray.CreateBuilder<RelatedPlace>();
        var seen = new HashSet<string> { place.LineKey };
        foreach (var hop in hops)
        {
            if (seen.Add(hop.Place.LineKey))
            {
                related.Add(new RelatedPlace(hop.Place, $"passed on by {hop.What}"));
            }
        }

        return related.ToImmutable();
    }
}
