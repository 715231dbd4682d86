using System.Collections.Immutable;
using DeployGate.Core.Values;
using static DeployGate.Templates.Functions.TemplateFunction;

namespace DeployGate.Templates.Functions;

/// <summary>
/// Unions and intersections. Where it cannot be told whether two items are equal, the result is an open array: what is
/// listed is there, but how many items there are is not known.
/// </summary>
internal static class SetFunctions
{
    internal static ImmutableArray<TemplateFunction> All { get; } =
    [
        Structural("union", 2, Any, ValueShape.Any, Union) with { IsSecretWhen = arguments => arguments.Any(argument => argument.IsSecret) },
        Structural("intersection", 2, Any, ValueShape.Any, Intersection),
        Structural("distinct", 1, 1, ValueShape.List, Distinct),
    ];

    private static Value Distinct(FunctionArguments a)
    {
        if (!a.List(0, out var list))
        {
            return a.Problem;
        }

        var items = new ValueSet();
        AddAll(items, list);
        return new ArrayValue([.. items.Items], list.Rest ?? items.Doubt);
    }

    private static Value Union(FunctionArguments a)
    {
        switch (KindOf(a))
        {
            case ValueShape.List:
                return UnionOfArrays(a);
            case ValueShape.Map:
                return UnionOfObjects(a);
            default:
                return a.All.All(value => value is NullValue) ? NullValue.Instance : Neither(a);
        }
    }

    private static Value Intersection(FunctionArguments a)
    {
        // An operand of unknown content can take away anything, but the first can never add to nothing.
        return KindOf(a) switch
        {
            ValueShape.List when a[0] is ArrayValue => IntersectionOfArrays(a),
            ValueShape.Map when a[0] is ObjectValue => IntersectionOfObjects(a),
            var shape and (ValueShape.List or ValueShape.Map) => a[0] is UnknownValue first ? a.Unknown(first, shape) : Neither(a),
            _ => Neither(a),
        };
    }

    // The first operand that is an array or an object decides, also when only its shape is known.
    private static ValueShape KindOf(FunctionArguments a) =>
        a.All.Select(Values.ShapeOf).FirstOrDefault(shape => shape is ValueShape.List or ValueShape.Map);

    private static Value Neither(FunctionArguments a)
    {
        for (var i = 0; i < a.Count; i++)
        {
            if (a[i] is not UnknownValue { Shape: ValueShape.Any or ValueShape.List or ValueShape.Map })
            {
                return a.WrongKind(i, "an array or an object");
            }
        }

        return a.Unknown();
    }

    private static Value UnionOfArrays(FunctionArguments a)
    {
        var items = new ValueSet();
        UnknownValue? rest = null;
        for (var i = 0; i < a.Count; i++)
        {
            switch (a[i])
            {
                case ArrayValue list:
                    AddAll(items, list);
                    rest ??= list.Rest;
                    break;
                case UnknownValue { Shape: ValueShape.Any or ValueShape.List } unknown:
                    rest ??= unknown;
                    break;
                case NullValue when TakesNullAsEmpty:
                    break;
                default:
                    return Mixed(a, i, "array");
            }
        }

        return new ArrayValue([.. items.Items], rest ?? items.Doubt);
    }

    private static Value UnionOfObjects(FunctionArguments a)
    {
        var members = new MemberMerge();
        UnknownValue? rest = null;
        for (var i = 0; i < a.Count; i++)
        {
            switch (a[i])
            {
                case ObjectValue map:
                    members.Put(map, Merge);
                    rest ??= map.Rest;
                    break;
                case UnknownValue { Shape: ValueShape.Any or ValueShape.Map } unknown:
                    rest ??= unknown;
                    break;
                case NullValue when TakesNullAsEmpty:
                    break;
                default:
                    return Mixed(a, i, "object");
            }
        }

        return members.ToObject(rest);
    }

    // Uncertain: Azure's answer to null in place of an array or object is not documented.
    private static bool TakesNullAsEmpty => true;

    private static UnknownValue Mixed(FunctionArguments a, int index, string kind) =>
        a.Fail($"{a.Name} was given an {kind}, but argument {index + 1} is {Values.Kind(a[index])}");

    // Arguments nest no deeper than walks follow, so the recursion ends.
    private static Value Merge(Value earlier, Value later)
    {
        Value merged = later;
        switch (earlier, later)
        {
            case (ObjectValue x, ObjectValue y):
                var members = new MemberMerge();
                members.Put(x, Merge);
                members.Put(y, Merge);
                merged = members.ToObject(x.Rest ?? y.Rest);
                break;
            case (UnknownValue { Shape: ValueShape.Any or ValueShape.Map } x, ObjectValue y):
                merged = y with { Rest = y.Rest ?? x };
                break;
            case (ObjectValue x, UnknownValue { Shape: ValueShape.Map } y):
                merged = x with { Rest = x.Rest ?? y };
                break;
            default:
                break;
        }

        return earlier.IsSecret || later.IsSecret ? merged.AsSecret() : merged;
    }

    private static Value IntersectionOfArrays(FunctionArguments a)
    {
        var first = (ArrayValue)a[0];
        var others = new List<(ValueSet Items, bool IsOpen)>();
        for (var i = 1; i < a.Count; i++)
        {
            if (a[i] is not (ArrayValue or UnknownValue { Shape: ValueShape.Any or ValueShape.List }))
            {
                return Mixed(a, i, "array");
            }

            var items = new ValueSet();
            AddAll(items, a[i] as ArrayValue ?? new ArrayValue([]));
            others.Add((items, a[i] is not ArrayValue { Rest: null }));
        }

        var common = new ValueSet();
        UnknownValue? rest = first.Rest;
        foreach (var item in first.Items)
        {
            switch (Every(others.Select(other => other.Items.Contains(item) is var found && found == false && other.IsOpen ? null : found)))
            {
                case true:
                    common.Add(item);
                    break;
                case null:
                    rest ??= a.Unknown(ValueShape.Any);
                    break;
                default:
                    break;
            }
        }

        return new ArrayValue([.. common.Items], rest ?? common.Doubt);
    }

    private static Value IntersectionOfObjects(FunctionArguments a)
    {
        var first = (ObjectValue)a[0];
        for (var i = 1; i < a.Count; i++)
        {
            if (a[i] is not (ObjectValue or UnknownValue { Shape: ValueShape.Any or ValueShape.Map }))
            {
                return Mixed(a, i, "object");
            }
        }

        var common = ImmutableArray.CreateBuilder<Member>();
        UnknownValue? rest = first.Rest;
        foreach (var member in first.Members)
        {
            switch (Every(a.All.Skip(1).Select(other => HasMember(other, member))))
            {
                case true:
                    common.Add(member);
                    break;
                case null:
                    rest ??= a.Unknown(ValueShape.Any);
                    break;
                default:
                    break;
            }
        }

        return new ObjectValue(common.ToImmutable(), rest);
    }

    private static bool? HasMember(Value other, Member member) => other switch
    {
        ObjectValue { Rest: not null } => null,
        ObjectValue map when map.Find(member.Name) is { } found => ValueEquality.AreEqual(found.Value, member.Value),
        ObjectValue => false,
        _ => null,
    };

    private static bool? Every(IEnumerable<bool?> answers)
    {
        bool? all = true;
        foreach (var answer in answers)
        {
            if (answer == false)
            {
                return false;
            }

            all &= answer;
        }

        return all;
    }

    private static void AddAll(ValueSet items, ArrayValue list)
    {
        foreach (var item in list.Items)
        {
            items.Add(Values.PartOf(list, item));
        }
    }
}
