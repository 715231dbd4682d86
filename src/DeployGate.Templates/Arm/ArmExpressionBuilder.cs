using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates.Model;

namespace DeployGate.Templates.Arm;

/// <summary>Turns JSON into expressions: strings in brackets are parsed, <c>copy</c> arrays become loops.</summary>
internal static class ArmExpressionBuilder
{
    /// <summary>
    /// The expression a JSON value means. <paramref name="hasCopy"/> is false where a member called <c>copy</c> is plain data
    /// (parameter defaults).
    /// </summary>
    internal static Expression Build(Value value, Place outer, bool hasCopy = true)
    {
        var place = value.Origin?.Place ?? outer;
        switch (value)
        {
            case StringValue text when ArmExpressionParser.IsExpression(text.Text):
                return ArmExpressionParser.Parse(place, text.Text);
            case StringValue { Text: ['[', '[', .., ']'] } text:
                return new LiteralExpression(place, new StringValue(ArmExpressionParser.Unescape(text.Text)) { Origin = text.Origin });
            case ObjectValue { Rest: null } map when NeedsEvaluation(map):
                return BuildObject(map, place, hasCopy);
            case ArrayValue { Rest: null } list when NeedsEvaluation(list):
                return new ArrayExpression(place, [.. list.Items.Select(item => Build(item, place, hasCopy))]);
            default:
                return new LiteralExpression(place, value);
        }
    }

    /// <summary>The members of an object as expressions.</summary>
    internal static ObjectExpression BuildObject(ObjectValue map, Place place, bool hasCopy = true)
    {
        var items = ImmutableArray.CreateBuilder<ObjectItem>(map.Members.Length);
        foreach (var member in map.Members)
        {
            if (hasCopy && IsCopy(member, out var loops))
            {
                items.AddRange(loops.Items.Select(loop => BuildCopy((ObjectValue)loop, place)));
            }
            else
            {
                items.Add(new PropertyItem(BuildName(member, place), Build(member.Value, place, hasCopy)));
            }
        }

        return new ObjectExpression(place, items.ToImmutable());
    }

    /// <summary>The name, count and input of a copy object; what is missing becomes an error where it is evaluated.</summary>
    internal static CopyLoop BuildLoop(ObjectValue copy, Place outer)
    {
        var place = copy.Origin?.Place ?? outer;
        return new CopyLoop(place, Required(copy, "name", place), Required(copy, "count", place));
    }

    /// <summary>True when a member is a list of property or variable loops.</summary>
    internal static bool IsCopy(Member member, out ArrayValue loops)
    {
        loops = member.Value as ArrayValue ?? new ArrayValue([]);
        return string.Equals(member.Name, "copy", StringComparison.OrdinalIgnoreCase)
            && !loops.Items.IsEmpty
            && loops.Items.All(item => item is ObjectValue map && map.Find("count") is not null && map.Find("input") is not null);
    }

    internal static Expression Required(ObjectValue map, string name, Place place) =>
        map.Find(name) is { } member
            ? Build(member.Value, place)
            : new BrokenExpression(place, "", $"'{name}' is missing here");

    private static PropertyItem BuildCopy(ObjectValue copy, Place outer)
    {
        var loop = BuildLoop(copy, outer);
        return new PropertyItem(loop.Name!, new LoopExpression(loop.Place, loop, Required(copy, "input", loop.Place)));
    }

    private static Expression BuildName(Member member, Place outer)
    {
        var place = member.NamePlace ?? outer;
        return ArmExpressionParser.IsExpression(member.Name)
            ? ArmExpressionParser.Parse(place, member.Name)
            : new LiteralExpression(place, new StringValue(ArmExpressionParser.Unescape(member.Name)) { Origin = new Origin(place) });
    }

    // Most of a template is plain data; keeping it as it is saves building and running it again.
    private static bool NeedsEvaluation(Value value) => value switch
    {
        StringValue text => text.Text is ['[', .., ']'],
        ArrayValue list => list.Rest is null && list.Items.Any(NeedsEvaluation),
        ObjectValue map => map.Rest is null && map.Members.Any(member =>
            NeedsEvaluation(member.Value) || member.Name is ['[', ..] || string.Equals(member.Name, "copy", StringComparison.OrdinalIgnoreCase)),
        _ => false,
    };
}
