using System.Collections.Immutable;
using DeployGate.Core.Values;
using static DeployGate.Templates.Functions.TemplateFunction;

namespace DeployGate.Templates.Functions;

/// <summary>Functions that make arrays and take them apart.</summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-array"/>
internal static class ArrayFunctions
{
    internal static ImmutableArray<TemplateFunction> All { get; } =
    [
        Structural("array", 1, 1, ValueShape.List, ToArray),
        Placing("createArray", 0, Any, ValueShape.List, a => new ArrayValue(a.All)) with { IsSecretWhen = _ => false },
        Structural("flatten", 1, 1, ValueShape.List, Flatten),
        Structural("indexFromEnd", 2, 2, ValueShape.Any, a => FromEnd(a, orNull: false)),
        Structural("tryIndexFromEnd", 2, 2, ValueShape.Any, a => FromEnd(a, orNull: true)),
        Strict("min", 1, Any, ValueShape.Number, a => Extreme(a, Math.Min)),
        Strict("max", 1, Any, ValueShape.Number, a => Extreme(a, Math.Max)),
        Strict("range", 2, 2, ValueShape.List, Range),
        Structural("tryGet", 2, Any, ValueShape.Any, TryGet),
    ];

    private static Value ToArray(FunctionArguments a) => a[0] switch
    {
        ArrayValue or UnknownValue { Shape: ValueShape.List } => a[0],
        UnknownValue { Shape: ValueShape.Any } unknown => a.Unknown(unknown),
        _ => new ArrayValue([a[0]]),
    };

    private static Value Flatten(FunctionArguments a)
    {
        if (!a.List(0, out var lists))
        {
            return a.Problem;
        }

        var items = ImmutableArray.CreateBuilder<Value>();
        var rest = lists.Rest;
        for (var i = 0; i < lists.Items.Length; i++)
        {
            switch (lists.Items[i])
            {
                case ArrayValue list when items.Count + list.Items.Length <= FunctionLimits.Items:
                    items.AddRange(list.Items.Select(item => Values.PartOf(list, item)));
                    rest ??= list.Rest;
                    break;
                case ArrayValue:
                    return a.Fail($"the result of {a.Name} has more than {FunctionLimits.Items} items");
                case UnknownValue { Shape: ValueShape.Any or ValueShape.List } unknown:
                    rest ??= unknown;
                    break;
                default:
                    return a.Fail($"{a.Name} needs an array of arrays, but item {i} is {Values.Kind(lists.Items[i])}");
            }
        }

        return new ArrayValue(items.ToImmutable(), rest);
    }

    private static Value FromEnd(FunctionArguments a, bool orNull)
    {
        if (a[0] is NullValue && orNull)
        {
            return NullValue.Instance;
        }

        if (!a.List(0, out var list) || !a.Int(1, out var index))
        {
            return a.Problem;
        }

        if (list.Rest is { } rest)
        {
            return a.Unknown(rest);
        }

        if (index < 1 || index > list.Items.Length)
        {
            return orNull ? NullValue.Instance
                : a.Fail($"{a.Name} counts from 1, the last item, to {a.Show(new IntValue(list.Items.Length))}, the first; not {a.Show(a[1])}");
        }

        return list.Items[^(int)index];
    }

    private static Value Extreme(FunctionArguments a, Func<long, long, long> better)
    {
        var numbers = a.Count == 1 && a[0] is ArrayValue list ? list.Items : a.All;
        if (numbers.IsEmpty)
        {
            return a.Fail($"{a.Name} of an empty array");
        }

        long? result = null;
        foreach (var value in numbers)
        {
            if (value is not IntValue number)
            {
                return a.Fail($"{a.Name} compares ints, not {Values.Kind(value)}");
            }

            result = result is { } before ? better(before, number.Number) : number.Number;
        }

        return new IntValue(result!.Value);
    }

    private static Value Range(FunctionArguments a)
    {
        if (!a.Int(0, out var start) || !a.Int(1, out var count))
        {
            return a.Problem;
        }

        if (count is < 0 or > FunctionLimits.RangeCount || start > long.MaxValue - count)
        {
            return a.Fail($"{a.Name} makes 0 to {FunctionLimits.RangeCount} numbers of 64 bits, not {a.Show(a[1])} from {a.Show(a[0])}");
        }

        var items = ImmutableArray.CreateBuilder<Value>((int)count);
        for (var i = 0; i < count; i++)
        {
            items.Add(new IntValue(start + i));
        }

        return new ArrayValue(items.MoveToImmutable());
    }

    private static Value TryGet(FunctionArguments a)
    {
        var current = a[0];
        for (var i = 1; i < a.Count; i++)
        {
            switch (current, a[i])
            {
                case (NullValue, _):
                    return NullValue.Instance;
                case (UnknownValue unknown, _):
                    return a.Unknown(unknown);
                case (ArrayValue { Rest: null } list, ObjectValue key) when FromEnd(key) is { } back:
                    current = back >= 1 && back <= list.Items.Length ? list.Items[^(int)back] : NullValue.Instance;
                    break;
                case (ArrayValue or ObjectValue, UnknownValue or PartialString):
                    return a.Unknown(Values.FirstUnknown(a[i])!);
                case (ArrayValue { Rest: { } rest }, IntValue):
                    return a.Unknown(rest);
                case (ArrayValue list, IntValue index):
                    current = index.Number >= 0 && index.Number < list.Items.Length ? list.Items[(int)index.Number] : NullValue.Instance;
                    break;
                case (ObjectValue map, StringValue name) when map.Find(name.Text) is { } member:
                    current = member.Value;
                    break;
                case (ObjectValue { Rest: { } rest }, StringValue):
                    return a.Unknown(rest);
                case (ObjectValue, StringValue):
                    current = NullValue.Instance;
                    break;
                default:
                    return a.Fail($"argument {i + 1} of {a.Name} is {Values.Kind(a[i])}, which does not look into {Values.Kind(current)}");
            }
        }

        return current;
    }

    // Compilers write x[?^n] as tryGet(x, createObject('value', n, 'fromEnd', true())).
    private static long? FromEnd(ObjectValue key) =>
        key.Get("fromEnd") is BoolValue { IsTrue: true } && key.Get("value") is IntValue back ? back.Number : null;
}
