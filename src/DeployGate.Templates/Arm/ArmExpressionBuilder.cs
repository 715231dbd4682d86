using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates.Model;

namespace DeployGate.Templates.Arm;

/// <summary>Turns JSON into expressions: strings in brackets are parsed, <c>copy</c> arrays become loops.</summary>
internal static class ArmExpressionBuilder
{
    private static readonly ArrayValue s_none = new([]);

    /// <summary>
    /// The expression a JSON value means. <paramref name="hasCopy"/> is false where a member called <c>copy</c> is plain data
    /// (parameter defaults).
    /// </summary>
    internal static Expression Build(Value value, Place outer, bool hasCopy = true)
    {
        var place = PlaceOf(value, new LazyPlace(outer));
        return Evaluated(value, place, hasCopy) ?? new LiteralExpression(place.Value!, value);
    }

    /// <summary>The members of an object as expressions.</summary>
    internal static ObjectExpression BuildObject(ObjectValue map, Place place, bool hasCopy = true)
    {
        var where = new LazyPlace(place);
        return ObjectOf(map, ValuesOf(map, where, hasCopy, out _), where, hasCopy);
    }

    // Null for plain data, which most of a template is: keeping it as it is saves building and running it again.
    private static Expression? Evaluated(Value value, LazyPlace place, bool hasCopy)
    {
        switch (value)
        {
            case StringValue text when ArmExpressionParser.IsExpression(text.Text):
                return ArmExpressionParser.Parse(place.Value!, text.Text);
            case StringValue { Text: ['[', '[', .., ']'] } text:
                return new LiteralExpression(place.Value!, new StringValue(ArmExpressionParser.Unescape(text.Text)) { Origin = text.Origin });
            case ObjectValue { Rest: null } map:
                var values = ValuesOf(map, place, hasCopy, out var isPlain);
                return isPlain ? null : ObjectOf(map, values, place, hasCopy);
            case ArrayValue { Rest: null } list:
                return EvaluatedArray(list, place, hasCopy);
            default:
                return null;
        }
    }

    private static ArrayExpression? EvaluatedArray(ArrayValue list, LazyPlace place, bool hasCopy)
    {
        Expression?[]? items = null;
        for (var i = 0; i < list.Items.Length; i++)
        {
            if (Evaluated(list.Items[i], PlaceOf(list.Items[i], place), hasCopy) is { } item)
            {
                (items ??= new Expression?[list.Items.Length])[i] = item;
            }
        }

        return items is null
            ? null
            : new ArrayExpression(place.Value!, [.. items.Select((item, i) => item ?? new LiteralExpression(PlaceOf(list.Items[i], place).Value!, list.Items[i]))]);
    }

    // The values of the members that are no plain data; null where all are. Those called copy are left to whoever makes items of them.
    private static Expression?[]? ValuesOf(ObjectValue map, LazyPlace place, bool hasCopy, out bool isPlain)
    {
        Expression?[]? values = null;
        isPlain = true;
        for (var i = 0; i < map.Members.Length; i++)
        {
            var member = map.Members[i];
            isPlain &= !IsCopyName(member.Name) && member.Name is not ['[', ..];
            if (!IsCopyName(member.Name) && Evaluated(member.Value, PlaceOf(member.Value, place), hasCopy) is { } value)
            {
                (values ??= new Expression?[map.Members.Length])[i] = value;
            }
        }

        isPlain &= values is null;
        return values;
    }

    private static ObjectExpression ObjectOf(ObjectValue map, Expression?[]? values, LazyPlace place, bool hasCopy)
    {
        var items = ImmutableArray.CreateBuilder<ObjectItem>(map.Members.Length);
        for (var i = 0; i < map.Members.Length; i++)
        {
            var member = map.Members[i];
            if (hasCopy && IsCopy(member, out var loops))
            {
                items.AddRange(loops.Items.Select(loop => BuildCopy((ObjectValue)loop, place.Value!)));
            }
            else
            {
                var value = IsCopyName(member.Name) ? Evaluated(member.Value, PlaceOf(member.Value, place), hasCopy) : values?[i];
                items.Add(Item(member, value, place));
            }
        }

        return new ObjectExpression(place.Value!, items.DrainToImmutable());
    }

    private static ObjectItem Item(Member member, Expression? value, LazyPlace outer)
    {
        var place = member.WhereNamed.IsNone ? outer : member.WhereNamed;
        if (ArmExpressionParser.IsExpression(member.Name))
        {
            return new PropertyItem(ArmExpressionParser.Parse(place.Value!, member.Name), value ?? new LiteralExpression(PlaceOf(member.Value, outer).Value!, member.Value));
        }

        var name = ArmExpressionParser.Unescape(member.Name);
        var isAsWritten = !member.WhereNamed.IsNone && ReferenceEquals(name, member.Name);
        return new WrittenItem(isAsWritten ? member : new Member(name, member.Value, place), value);
    }

    private static LazyPlace PlaceOf(Value value, LazyPlace outer) => value.WrittenAt is { IsNone: false } own ? own : outer;

    /// <summary>The name, count and input of a copy object; what is missing becomes an error where it is evaluated.</summary>
    internal static CopyLoop BuildLoop(ObjectValue copy, Place outer)
    {
        var place = copy.Origin?.Place ?? outer;
        return new CopyLoop(place, Required(copy, "name", place), Required(copy, "count", place));
    }

    /// <summary>True when a member is a list of property or variable loops.</summary>
    internal static bool IsCopy(Member member, out ArrayValue loops)
    {
        loops = member.Value as ArrayValue ?? s_none;
        return IsCopyName(member.Name)
            && !loops.Items.IsEmpty
            && loops.Items.All(item => item is ObjectValue map && map.Find("count") is not null && map.Find("input") is not null);
    }

    private static bool IsCopyName(string name) => string.Equals(name, "copy", StringComparison.OrdinalIgnoreCase);

    internal static Expression Required(ObjectValue map, string name, Place place) =>
        map.Find(name) is { } member
            ? Build(member.Value, place)
            : new BrokenExpression(place, "", $"'{name}' is missing here");

    private static PropertyItem BuildCopy(ObjectValue copy, Place outer)
    {
        var loop = BuildLoop(copy, outer);
        return new PropertyItem(loop.Name!, new LoopExpression(loop.Place, loop, Required(copy, "input", loop.Place)));
    }
}
