using System.Collections.Immutable;
using DeployGate.Core.Values;
using static DeployGate.Templates.Functions.TemplateFunction;

namespace DeployGate.Templates.Functions;

/// <summary>Arithmetic on 64-bit integers; what does not fit is an error, never another number.</summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-numeric"/>
internal static class NumberFunctions
{
    internal static ImmutableArray<TemplateFunction> All { get; } =
    [
        Strict("add", 2, 2, ValueShape.Number, a => Compute(a, (x, y) => (Int128)x + y)),
        Strict("sub", 2, 2, ValueShape.Number, a => Compute(a, (x, y) => (Int128)x - y)),
        Strict("mul", 2, 2, ValueShape.Number, a => Compute(a, (x, y) => (Int128)x * y)),
        Strict("div", 2, 2, ValueShape.Number, a => Divide(a, (x, y) => (Int128)x / y)),
        Strict("mod", 2, 2, ValueShape.Number, a => Divide(a, (x, y) => (Int128)x % y)),
    ];

    private static Value Divide(FunctionArguments a, Func<long, long, Int128> compute) =>
        a[1] is IntValue { Number: 0 } ? a.Fail($"{a.Name} by zero") : Compute(a, compute);

    private static Value Compute(FunctionArguments a, Func<long, long, Int128> compute)
    {
        if (!a.Int(0, out var x) || !a.Int(1, out var y))
        {
            return a.Problem;
        }

        var result = compute(x, y);
        return result >= long.MinValue && result <= long.MaxValue
            ? new IntValue((long)result)
            : a.Fail($"the result of {a.Name} does not fit into 64 bits");
    }
}
