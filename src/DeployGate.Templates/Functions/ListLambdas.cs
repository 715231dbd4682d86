using System.Collections.Immutable;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Functions;

/// <summary>The functions that walk an array with a lambda and give an array or a value.</summary>
internal static class ListLambdas
{
    internal static Value Map(LambdaCall call)
    {
        if (call.Source is not ArrayValue list)
        {
            return call.WrongKind("an array");
        }

        var items = ImmutableArray.CreateBuilder<Value>(list.Items.Length);
        var size = 0L;
        for (var i = 0; i < list.Items.Length && size <= FunctionLimits.Nodes; i++)
        {
            items.Add(call.Invoke(0, Values.PartOf(list, list.Items[i]), LambdaCall.Index(list, i)));
            size += items[^1].Size;
        }

        return new ArrayValue(items.ToImmutable(), list.Rest is { } rest ? call.Unknown(rest) : null);
    }

    internal static Value Filter(LambdaCall call)
    {
        if (call.Source is not ArrayValue list)
        {
            return call.WrongKind("an array");
        }

        var (items, rest, isSecret) = (ImmutableArray.CreateBuilder<Value>(), list.Rest, false);
        for (var i = 0; i < list.Items.Length; i++)
        {
            var item = Values.PartOf(list, list.Items[i]);
            var answer = call.Invoke(0, item, LambdaCall.Index(list, i));
            isSecret |= Values.HasSecret(answer);
            switch (answer)
            {
                case BoolValue { IsTrue: true }:
                    items.Add(item);
                    break;
                case BoolValue:
                    break;
                case UnknownValue unknown:
                    rest ??= call.Unknown(unknown);
                    break;
                default:
                    return NotABool(call, answer);
            }
        }

        // Which items a secret let pass tells something of the secret.
        var filtered = new ArrayValue(items.ToImmutable(), rest);
        return isSecret ? filtered.AsSecret() : filtered;
    }

    internal static Value Reduce(LambdaCall call)
    {
        if (call.Source is not ArrayValue list)
        {
            return call.WrongKind("an array");
        }

        if (list.Rest is { } rest)
        {
            return call.Unknown(rest);
        }

        var folded = call[1];
        for (var i = 0; i < list.Items.Length; i++)
        {
            // Each step may double the value: waiting for the end would be too late.
            var next = call.Invoke(0, folded, Values.PartOf(list, list.Items[i]), new IntValue(i));
            folded = FunctionLimits.Check(call.Name, next);
            if (!ReferenceEquals(folded, next))
            {
                break;
            }
        }

        return folded;
    }

    internal static Value Sort(LambdaCall call)
    {
        if (call.Source is not ArrayValue list)
        {
            return call.WrongKind("an array");
        }

        var sorter = new Sorter(call, [.. list.Items.Select(item => Values.PartOf(list, item))]);
        sorter.Sort();
        if (sorter.Problem is { } problem)
        {
            return problem;
        }

        // The items are there, but in an order that is not known: that is what an open array says.
        var sorted = new ArrayValue([.. sorter.Items], list.Rest ?? (sorter.Doubt is { } doubt ? call.Unknown(doubt) : null));
        return sorter.IsSecret ? sorted.AsSecret() : sorted;
    }

    private static UnknownValue NotABool(LambdaCall call, Value answer) =>
        call.Fail($"the lambda of {call.Name} must give a bool, not {Values.Kind(answer)}");

    /// <summary>A stable merge sort, which never asks more than it must: every question evaluates a lambda.</summary>
    private sealed class Sorter(LambdaCall call, Value[] items)
    {
        internal Value[] Items { get; private set; } = items;

        internal UnknownValue? Doubt { get; private set; }

        internal Value? Problem { get; private set; }

        internal bool IsSecret { get; private set; }

        internal void Sort()
        {
            var spare = new Value[Items.Length];
            for (var width = 1; width < Items.Length; width *= 2)
            {
                for (var start = 0; start < Items.Length && Problem is null; start += 2 * width)
                {
                    var middle = Math.Min(start + width, Items.Length);
                    Merge(spare, start, middle, Math.Min(middle + width, Items.Length));
                }

                (Items, spare) = (spare, Items);
            }
        }

        private void Merge(Value[] into, int start, int middle, int end)
        {
            var (left, right) = (start, middle);
            for (var at = start; at < end; at++)
            {
                var takesRight = left == middle || (right < end && GoesBefore(Items[right], Items[left]));
                into[at] = takesRight ? Items[right++] : Items[left++];
            }
        }

        private bool GoesBefore(Value later, Value earlier)
        {
            if (Problem is not null || Doubt is not null)
            {
                return false;
            }

            var answer = call.Invoke(0, later, earlier);
            IsSecret |= Values.HasSecret(answer);
            switch (answer)
            {
                case BoolValue truth:
                    return truth.IsTrue;
                case UnknownValue unknown:
                    Doubt = unknown;
                    return false;
                default:
                    Problem = NotABool(call, answer);
                    return false;
            }
        }
    }
}
