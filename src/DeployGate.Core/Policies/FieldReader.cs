using System.Collections.Immutable;
using DeployGate.Core.Values;

namespace DeployGate.Core.Policies;

/// <summary>What a field has: one value, or one for each element.</summary>
/// <param name="Items">The values that are known to be there; null where there is none.</param>
/// <param name="Rest">Why there may be more than these; null when these are all.</param>
/// <param name="IsSingle">True when the path went over no elements.</param>
internal sealed record FieldValues(ImmutableArray<Value?> Items, UnknownValue? Rest, bool IsSingle = false)
{
    internal static FieldValues None { get; } = new([], null);
}

/// <summary>Finds fields in subjects.</summary>
internal static class FieldReader
{
    // What stands beside 'properties' in a resource; an alias of Azure leaves out both.
    private static readonly string[] s_outside = ["sku", "plan", "identity", "zones", "kind", "managedBy", "extendedLocation", "location", "tags", "name", "type", "id"];

    /// <summary>Not null when the field is an alias of another resource type: false, or not known when the subject's type is not.</summary>
    internal static Truth? OtherType(FieldPath path, ObjectValue fields)
    {
        if (path.Type is null)
        {
            return null;
        }

        return Root(path, fields).Get("type") switch
        {
            StringValue text => string.Equals(text.Text, path.Type, StringComparison.OrdinalIgnoreCase) ? null : Truth.False,
            UnknownValue unknown => ValueTest.Unknown(unknown),
            _ => Truth.False,
        };
    }

    internal static FieldValues Read(FieldPath path, ObjectValue fields, ref int steps)
    {
        var root = Root(path, fields);
        var way = path.Steps.AsSpan();
        if (path.Type is null)
        {
            return way is [{ Name: { } first }, { Name: { } second }, ..] && Beside(root, first, second) is { } whole
                ? Follow(whole, way[2..], ref steps)
                : Follow(root, way, ref steps);
        }

        var isOutside = s_outside.Contains(way[0].Name, StringComparer.OrdinalIgnoreCase) && root.Find(way[0].Name!) is not null;
        return isOutside ? Follow(root, way, ref steps) : root.Get("properties") is { } properties ? Follow(properties, way, ref steps) : Missing(way);
    }

    // A field with a dot in its name stands beside the one before the dot, if it stands anywhere.
    private static Value? Beside(ObjectValue root, string first, string second) => root.Find($"{first}.{second}") is { } whole ? whole.Value
        : root.Find(first)?.Value is StringValue or PartialString or BoolValue ? root.Rest
        : null;

    /// <summary>Follows a path from a value.</summary>
    internal static FieldValues Follow(Value? value, ReadOnlySpan<FieldStep> path, ref int steps)
    {
        while (!path.IsEmpty)
        {
            var step = path[0];
            if (step.IsEach)
            {
                return Each(value, path[1..], ref steps);
            }

            switch (value)
            {
                case ObjectValue map when map.Find(step.Name!) is { } member:
                    value = member.Value;
                    break;
                case ObjectValue { Rest: { } rest }:
                    return Unknown(rest, step.Name!, path[1..]);
                case UnknownValue { Alternatives.IsEmpty: false } choice when !HasEach(path):
                    return Choice(choice, path, ref steps);
                case UnknownValue unknown:
                    return Unknown(unknown, step.Name!, path[1..]);
                default:
                    return Missing(path);
            }

            path = path[1..];
        }

        return new FieldValues([value is NullValue ? null : value], null, IsSingle: true);
    }

    private static FieldValues Each(Value? value, ReadOnlySpan<FieldStep> path, ref int steps)
    {
        switch (value)
        {
            case UnknownValue unknown:
                return new FieldValues([], unknown);
            case ArrayValue list:
                var items = ImmutableArray.CreateBuilder<Value?>();
                var rest = list.Rest;
                foreach (var item in list.Items)
                {
                    if (++steps > PolicyRun.MostSteps)
                    {
                        return new FieldValues([], new UnknownValue(UnknownReason.Limit, "[*]", "the policy was stopped: there are too many elements"));
                    }

                    var found = Follow(item, path, ref steps);
                    items.AddRange(found.Items);
                    rest ??= found.Rest;
                }

                return new FieldValues(items.ToImmutable(), rest);
            default:
                return FieldValues.None;
        }
    }

    private static FieldValues Choice(UnknownValue choice, ReadOnlySpan<FieldStep> path, ref int steps)
    {
        var alternatives = ImmutableArray.CreateBuilder<Value>();
        foreach (var one in choice.Alternatives)
        {
            if (++steps > PolicyRun.MostSteps)
            {
                return Unknown(choice, path[0].Name!, []);
            }

            var found = Follow(one, path, ref steps);
            alternatives.Add(found.Items is [{ } only] ? only : NullValue.Instance);
        }

        return new FieldValues([choice with { Shape = ValueShape.Any, Alternatives = alternatives.ToImmutable() }], null, IsSingle: true);
    }

    private static FieldValues Unknown(UnknownValue unknown, string name, ReadOnlySpan<FieldStep> rest)
    {
        var inside = unknown with { Expression = $"{unknown.Expression}.{name}", Alternatives = [], Shape = ValueShape.Any };
        return HasEach(rest) ? new FieldValues([], inside) : new FieldValues([inside], null, IsSingle: true);
    }

    private static FieldValues Missing(ReadOnlySpan<FieldStep> path) => HasEach(path) ? FieldValues.None : new FieldValues([null], null, IsSingle: true);

    private static bool HasEach(ReadOnlySpan<FieldStep> path)
    {
        foreach (var step in path)
        {
            if (step.IsEach)
            {
                return true;
            }
        }

        return false;
    }

    private static ObjectValue Root(FieldPath path, ObjectValue fields) =>
        path.Prefix.Length == 0 ? fields : fields.Get(path.Prefix) as ObjectValue ?? ObjectValue.Empty;
}
