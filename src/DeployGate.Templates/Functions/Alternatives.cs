using System.Collections.Immutable;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Functions;

/// <summary>
/// Computes with values of which only the few possibilities are known: one of two image ids, say. Trying each keeps what
/// the template says, where a plain unknown would hide it.
/// </summary>
internal static class Alternatives
{
    /// <summary>
    /// Calls a function with each combination of its arguments' alternatives. Null when no argument has alternatives, when
    /// the function leaves them in place, or when they are too many.
    /// </summary>
    internal static Value? TryEach(TemplateFunction function, ImmutableArray<Value> arguments, Func<ImmutableArray<Value>, Value> call) =>
        function.Handling == UnknownHandling.Placing ? null : TryEach(function.Name, arguments, call);

    /// <summary>The same for a call that is not in the catalogue.</summary>
    internal static Value? TryEach(string name, ImmutableArray<Value> arguments, Func<ImmutableArray<Value>, Value> call)
    {
        var first = arguments.FirstOrDefault(value => value is UnknownValue { Alternatives.Length: > 0 }) as UnknownValue;
        if (first is null || Combine(arguments) is not { } combinations)
        {
            return null;
        }

        var (results, size) = (new ValueSet(), 0L);
        foreach (var combination in combinations)
        {
            foreach (var result in Expand(call(combination)))
            {
                results.AddUnlessSame(result);
                size += result.Size;
            }

            if (size > FunctionLimits.Nodes || results.Items.Count > FunctionLimits.Combinations)
            {
                return null;
            }
        }

        return results.Items is [var only]
            ? only
            : Unknowns.From(first, Residual.Call(name, arguments), Values.CommonShape(results.Items)) with
            {
                Alternatives = [.. results.Items],
            };
    }

    /// <summary>All values that an unknown value may have; any other value is its only possibility.</summary>
    internal static IEnumerable<Value> Expand(Value value) => value is UnknownValue { Alternatives.Length: > 0 } unknown
        ? unknown.Alternatives.SelectMany(Expand).Select(possible => Values.PartOf(value, possible))
        : [value];

    // Null when there are too many.
    private static List<ImmutableArray<Value>>? Combine(ImmutableArray<Value> arguments)
    {
        var (possible, count) = (new List<Value>[arguments.Length], 1);
        for (var i = 0; i < arguments.Length; i++)
        {
            possible[i] = [.. Expand(arguments[i]).Take(FunctionLimits.Combinations + 1)];
            count *= possible[i].Count;
            if (count > FunctionLimits.Combinations)
            {
                return null;
            }
        }

        // Counts through the combinations, the last argument changing fastest.
        var combinations = new List<ImmutableArray<Value>>(count);
        for (var number = 0; number < count; number++)
        {
            var (combination, rest) = (arguments.ToBuilder(), number);
            for (var i = arguments.Length - 1; i >= 0; i--)
            {
                combination[i] = possible[i][rest % possible[i].Count];
                rest /= possible[i].Count;
            }

            combinations.Add(combination.MoveToImmutable());
        }

        return combinations;
    }
}
