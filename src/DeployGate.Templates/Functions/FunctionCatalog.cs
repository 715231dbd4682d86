using System.Collections.Immutable;
using System.Globalization;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Functions;

/// <summary>
/// Every template function but those that the evaluator handles itself because they do not evaluate all their arguments
/// (<c>if</c>, <c>and</c>, <c>or</c>, <c>coalesce</c>) or look into the template (<c>parameters</c>, <c>copyIndex</c> …), and
/// those that take lambdas (<see cref="LambdaFunctions"/>).
/// </summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions"/>
internal static class FunctionCatalog
{
    // Not a frozen one: to make that at every start costs more than all its lookups of a usual run save.
    private static readonly Dictionary<string, TemplateFunction> s_functions = ByName(
        TextFunctions.All, PieceFunctions.All, SearchFunctions.All, ConversionFunctions.All, EncodingFunctions.All, UriFunctions.All,
        ArrayFunctions.All, ObjectFunctions.All, SetFunctions.All, NumberFunctions.All, ComparisonFunctions.All,
        DateFunctions.All, NetworkFunctions.All, ScopeFunctions.All, ResourceIdFunctions.All, RuntimeFunctions.All);

    /// <summary>The names of all functions, <c>list*</c> aside: there is one for every action of every resource type.</summary>
    internal static ImmutableArray<string> Names => [.. s_functions.Keys];

    // Plain loops: sequences of immutable arrays would be compiled at every start.
    private static Dictionary<string, TemplateFunction> ByName(params ImmutableArray<TemplateFunction>[] groups)
    {
        var functions = new Dictionary<string, TemplateFunction>(StringComparer.OrdinalIgnoreCase);
        foreach (var group in groups)
        {
            foreach (var function in group)
            {
                functions.Add(function.Name, function);
            }
        }

        return functions;
    }

    /// <summary>Finds a function by its name in any case; null when there is none.</summary>
    internal static TemplateFunction? Find(string name) =>
        s_functions.GetValueOrDefault(name) ?? RuntimeFunctions.FindList(name);

    /// <summary>
    /// Calls a function. Unknown arguments give an unknown result unless what is known suffices; secrets make the result
    /// secret; what Azure would refuse is an unknown value with <see cref="UnknownReason.EvaluationError"/>.
    /// </summary>
    internal static Value Call(string name, ImmutableArray<Value> args, FunctionContext context) => CallFound(Find(name), name, args, context);

    /// <summary>The same for a function that was found already; null when there is none of that name.</summary>
    internal static Value CallFound(TemplateFunction? function, string name, ImmutableArray<Value> args, FunctionContext context)
    {
        var facts = ArgumentFacts.Of(args);
        var result = Call(function, name, args, context, facts);
        return facts.HasSecret && (result is not (ObjectValue or ArrayValue) || function is null || function.IsSecretWhen(args)) ? result.AsSecret() : result;
    }

    private static Value Call(TemplateFunction? function, string name, ImmutableArray<Value> args, FunctionContext context, ArgumentFacts facts)
    {
        if (function is null)
        {
            return new UnknownValue(
                UnknownReason.Unsupported, Residual.Call(name, args), $"DeployGate does not know the function '{Residual.Name(name)}'");
        }

        if (args.Length < function.MinArguments || args.Length > function.MaxArguments)
        {
            return Unknowns.Error(function.Name, $"{function.Name} takes {Counts(function)}, not {args.Length}");
        }

        if (facts.IsTooDeep)
        {
            return Unknowns.Error(function.Name, $"an argument of {function.Name} nests deeper than {FunctionLimits.Depth} levels");
        }

        return (facts.HasChoices ? EachChoice(function, args, context, facts.HasSecret) : null) ?? Answer(function, args, context, facts.HasSecret);
    }

    // Apart, since most calls have no choices and need not carry what a call of each takes.
    private static Value? EachChoice(TemplateFunction function, ImmutableArray<Value> args, FunctionContext context, bool isSecret) =>
        Alternatives.TryEach(function, args, combination => Answer(function, combination, context, isSecret));

    private static Value Answer(TemplateFunction function, ImmutableArray<Value> args, FunctionContext context, bool isSecret)
    {
        var arguments = new FunctionArguments(function, args, context, isSecret);
        if (function.Handling == UnknownHandling.Strict && Values.AnyUnknown(args))
        {
            return arguments.Unknown();
        }

        return FunctionLimits.Check(function.Name, function.Body(arguments));
    }

    /// <summary>What a call must know of its arguments before all else, found out in one pass.</summary>
    private readonly record struct ArgumentFacts(bool HasSecret, bool IsTooDeep, bool HasChoices)
    {
        internal static ArgumentFacts Of(ImmutableArray<Value> args)
        {
            var (hasSecret, isTooDeep, hasChoices) = (false, false, false);
            foreach (var value in args)
            {
                // Most arguments have no parts to walk over.
                if (value is StringValue or IntValue or BoolValue)
                {
                    hasSecret |= value.IsSecret;
                    continue;
                }

                var facts = ValueFacts.Of(value);
                hasSecret |= facts.HasSecret;
                isTooDeep |= facts.IsTooDeep;
                hasChoices |= value is UnknownValue { Alternatives.Length: > 0 };
            }

            return new ArgumentFacts(hasSecret, isTooDeep, hasChoices);
        }
    }

    private static string Counts(TemplateFunction function)
    {
        var (min, max) = (function.MinArguments, function.MaxArguments);
        var count = (min, max) switch
        {
            (_, TemplateFunction.Any) => $"at least {min}",
            _ when min == max => min.ToString(CultureInfo.InvariantCulture),
            _ => $"{min} to {max}",
        };
        return $"{count} argument{(max == 1 || (max == TemplateFunction.Any && min == 1) ? "" : "s")}";
    }
}
