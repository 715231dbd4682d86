using System.Collections.Immutable;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Functions;

/// <summary>Evaluates a lambda's body with its variables set; the evaluator supplies it.</summary>
internal delegate Value LambdaBody(ImmutableArray<Value> arguments);

/// <summary>The functions that take lambdas: values first, then lambdas.</summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-lambda"/>
internal static class LambdaFunctions
{
    /// <summary>Computes a call whose arguments were counted.</summary>
    private delegate Value Run(LambdaCall call);

    /// <summary>A function: how many values it takes, and of each lambda how many variables.</summary>
    private sealed record Function(
        string Name, int ValueCount, ImmutableArray<(int Min, int Max)> Lambdas, ValueShape Result, Run Run)
    {
        /// <summary>How many lambdas at the end may be missing.</summary>
        internal int Optional { get; init; }
    }

    private static readonly ImmutableArray<Function> s_functions =
    [
        new("map", 1, [(1, 2)], ValueShape.List, ListLambdas.Map),
        new("filter", 1, [(1, 2)], ValueShape.List, ListLambdas.Filter),
        new("reduce", 2, [(2, 3)], ValueShape.Any, ListLambdas.Reduce),
        new("sort", 1, [(2, 2)], ValueShape.List, ListLambdas.Sort),
        new("toObject", 1, [(1, 1), (1, 1)], ValueShape.Map, ObjectLambdas.ToObject) { Optional = 1 },
        new("groupBy", 1, [(1, 1)], ValueShape.Map, ObjectLambdas.GroupBy),
        new("mapValues", 1, [(1, 1)], ValueShape.Map, ObjectLambdas.MapValues),
    ];

    /// <summary>The names of the functions that take lambdas.</summary>
    internal static ImmutableArray<string> Names { get; } = [.. s_functions.Select(function => function.Name)];

    /// <summary>True when the name, in any case, is that of a function that takes lambdas.</summary>
    internal static bool Has(string name) => Find(name) is not null;

    /// <summary>
    /// Calls a function. <paramref name="nonLambdaArgs"/> are its arguments without the lambdas, <paramref name="lambdaArity"/>
    /// says how many variables each lambda declares. Failures and what is unknown are values, as in the catalogue.
    /// </summary>
    internal static Value Call(
        string name, ImmutableArray<Value> nonLambdaArgs, IReadOnlyList<LambdaBody> lambdas, IReadOnlyList<int> lambdaArity)
    {
        var result = Answer(name, nonLambdaArgs, lambdas, lambdaArity);
        return nonLambdaArgs.Any(Values.HasSecret) ? result.AsSecret() : result;
    }

    private static Value Answer(
        string name, ImmutableArray<Value> values, IReadOnlyList<LambdaBody> lambdas, IReadOnlyList<int> lambdaArity)
    {
        if (Find(name) is not { } function)
        {
            var unknown = Residual.Name(name);
            return new UnknownValue(UnknownReason.Unsupported, $"{unknown}(…)", $"DeployGate does not know the function '{unknown}'");
        }

        if (Misfit(function, values.Length, lambdas.Count, lambdaArity) is { } misfit)
        {
            return Unknowns.Error(function.Name, misfit);
        }

        if (values.Any(value => ValueFacts.Of(value).IsTooDeep))
        {
            return Unknowns.Error(function.Name, $"an argument of {function.Name} nests deeper than {FunctionLimits.Depth} levels");
        }

        ImmutableArray<(LambdaBody, int)> bodies = [.. lambdas.Zip(lambdaArity)];
        Value Compute(ImmutableArray<Value> arguments) =>
            FunctionLimits.Check(function.Name, function.Run(new LambdaCall(function.Name, function.Result, arguments, bodies)));

        return Alternatives.TryEach(function.Name, values, Compute) ?? Compute(values);
    }

    private static Function? Find(string name)
    {
        foreach (var function in s_functions)
        {
            if (function.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return function;
            }
        }

        return null;
    }

    private static string? Misfit(Function function, int values, int lambdas, IReadOnlyList<int> arity)
    {
        if (values != function.ValueCount || lambdas > function.Lambdas.Length || lambdas < function.Lambdas.Length - function.Optional
            || arity.Count != lambdas)
        {
            return $"{function.Name} takes {function.ValueCount} value(s) and {function.Lambdas.Length} lambda(s), not {values} and {lambdas}";
        }

        for (var i = 0; i < lambdas; i++)
        {
            var (min, max) = function.Lambdas[i];
            if (arity[i] < min || arity[i] > max)
            {
                var count = min == max ? $"{min}" : $"{min} or {max}";
                return $"lambda {i + 1} of {function.Name} declares {count} variable(s), not {arity[i]}";
            }
        }

        return null;
    }
}

/// <summary>One call of a function that takes lambdas.</summary>
internal sealed class LambdaCall(
    string name, ValueShape result, ImmutableArray<Value> arguments, ImmutableArray<(LambdaBody Body, int Arity)> lambdas)
{
    /// <summary>The function's name.</summary>
    internal string Name => name;

    /// <summary>The first argument: the array or object to walk.</summary>
    internal Value Source => arguments[0];

    /// <summary>An argument that is no lambda.</summary>
    internal Value this[int index] => arguments[index];

    /// <summary>How many lambdas there are.</summary>
    internal int LambdaCount => lambdas.Length;

    /// <summary>Evaluates a lambda; it is given as many values as it declares variables.</summary>
    internal Value Invoke(int lambda, params ReadOnlySpan<Value> values)
    {
        var (body, arity) = lambdas[lambda];
        return body(ImmutableArray.Create(values[..arity]));
    }

    /// <summary>The index of an item; where items are in unknown places, there is none to tell.</summary>
    internal static Value Index(ArrayValue list, int at) => list.Rest is { } rest
        ? Unknowns.From(rest, "index", ValueShape.Number)
        : new IntValue(at);

    /// <summary>An error as result. It tells kinds only: what a lambda gives may be secret.</summary>
    internal UnknownValue Fail(string detail) => Unknowns.Error(name, detail);

    /// <summary>The result when <paramref name="cause"/> stands in the way.</summary>
    internal UnknownValue Unknown(UnknownValue cause) => Unknowns.From(cause, $"{Residual.Call(name, arguments)[..^1]}, …)", result);

    /// <summary>The result when the first argument is not of the kind the function walks.</summary>
    internal Value WrongKind(string expected) => Source is UnknownValue or PartialString
        ? Unknown(Values.FirstUnknown(Source)!)
        : Fail($"argument 1 of {name} must be {expected}, not {Values.Kind(Source)}");
}
