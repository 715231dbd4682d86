using System.Collections.Immutable;
using System.Runtime.InteropServices;
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
    internal static Expression Build(Value value, LazyPlace outer, bool hasCopy = true)
    {
        var place = PlaceOf(value, outer);
        return Evaluated(value, place, hasCopy) ?? new LiteralExpression(place, value);
    }

    /// <summary>The members of an object as expressions.</summary>
    internal static Expression BuildObject(ImmutableArray<Member> members, LazyPlace place) =>
        ObjectOf(members, ValuesOf(members, place, hasCopy: true, out _), place, hasCopy: true);

    // Null for plain data, which most of a template is: keeping it as it is saves building and running it again.
    private static Expression? Evaluated(Value value, LazyPlace place, bool hasCopy)
    {
        switch (value)
        {
            case StringValue text when ArmExpressionParser.IsExpression(text.Text):
                return ArmExpressionParser.Parse(place, text.Text);
            case StringValue { Text: ['[', '[', .., ']'] } text:
                return new LiteralExpression(place, new StringValue(ArmExpressionParser.Unescape(text.Text)) { Origin = text.Origin });
            case ObjectValue { Rest: null } map:
                var values = ValuesOf(map.Members, place, hasCopy, out var isPlain);
                return isPlain ? null : ObjectOf(map.Members, values, place, hasCopy);
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
                (items ??= new Expression?[list.Items.Length]).AsSpan()[i] = item;
            }
        }

        if (items is null)
        {
            return null;
        }

        for (var i = 0; i < items.Length; i++)
        {
            items[i] ??= new LiteralExpression(PlaceOf(list.Items[i], place), list.Items[i]);
        }

        return new ArrayExpression(place, ImmutableCollectionsMarshal.AsImmutableArray(items)!);
    }

    // The values of the members that are no plain data; null where all are. Those called copy are left to whoever makes items of them.
    private static Expression?[]? ValuesOf(ImmutableArray<Member> members, LazyPlace place, bool hasCopy, out bool isPlain)
    {
        Expression?[]? values = null;
        isPlain = true;
        for (var i = 0; i < members.Length; i++)
        {
            var member = members[i];
            isPlain &= !IsCopyName(member.Name) && member.Name is not ['[', ..];
            if (!IsCopyName(member.Name) && Evaluated(member.Value, PlaceOf(member.Value, place), hasCopy) is { } value)
            {
                // As a span: an array would ask at each whether it takes that kind of expression.
                (values ??= new Expression?[members.Length]).AsSpan()[i] = value;
            }
        }

        isPlain &= values is null;
        return values;
    }

    private static Expression ObjectOf(ImmutableArray<Member> members, Expression?[]? values, LazyPlace place, bool hasCopy)
    {
        if (AreAllWritten(members))
        {
            return new WrittenObject(place, members, values is null ? [] : ImmutableCollectionsMarshal.AsImmutableArray(values));
        }

        var items = ImmutableArray.CreateBuilder<ObjectItem>(members.Length);
        for (var i = 0; i < members.Length; i++)
        {
            var member = members[i];
            if (hasCopy && IsCopy(member, out var loops))
            {
                foreach (var loop in loops.Items)
                {
                    items.Add(BuildCopy((ObjectValue)loop, place));
                }
            }
            else
            {
                var value = IsCopyName(member.Name) ? Evaluated(member.Value, PlaceOf(member.Value, place), hasCopy) : values?[i];
                items.Add(Item(member, value, place));
            }
        }

        return new ObjectExpression(place, items.DrainToImmutable());
    }

    private static bool AreAllWritten(ImmutableArray<Member> members)
    {
        foreach (var member in members)
        {
            if (IsCopyName(member.Name) || member.Name is ['[', ..] || member.WhereNamed.IsNone)
            {
                return false;
            }
        }

        return true;
    }

    private static ObjectItem Item(Member member, Expression? value, LazyPlace outer)
    {
        var place = member.WhereNamed.IsNone ? outer : member.WhereNamed;
        if (ArmExpressionParser.IsExpression(member.Name))
        {
            return new PropertyItem(ArmExpressionParser.Parse(place, member.Name), value ?? new LiteralExpression(PlaceOf(member.Value, outer), member.Value));
        }

        var name = ArmExpressionParser.Unescape(member.Name);
        var isAsWritten = !member.WhereNamed.IsNone && ReferenceEquals(name, member.Name);
        return new WrittenItem(isAsWritten ? member : new Member(name, member.Value, place), value);
    }

    /// <summary>Where a value is written, or what is around it where it is written nowhere.</summary>
    internal static LazyPlace PlaceOf(Value value, LazyPlace outer) => value.WrittenAt is { IsNone: false } own ? own : outer;

    /// <summary>The name, count and input of a copy object; what is missing becomes an error where it is evaluated.</summary>
    internal static CopyLoop BuildLoop(ObjectValue copy, LazyPlace outer)
    {
        var place = PlaceOf(copy, outer);
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

    internal static Expression Required(ObjectValue map, string name, LazyPlace place) =>
        map.Find(name) is { } member
            ? Build(member.Value, place)
            : new BrokenExpression(place, "", $"'{name}' is missing here");

    private static PropertyItem BuildCopy(ObjectValue copy, LazyPlace outer)
    {
        var loop = BuildLoop(copy, outer);
        return new PropertyItem(loop.Name!, new LoopExpression(loop.Where, loop, Required(copy, "input", loop.Where)));
    }
}
