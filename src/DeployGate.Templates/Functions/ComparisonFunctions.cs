using System.Collections.Immutable;
using System.Globalization;
using DeployGate.Core.Values;
using static DeployGate.Templates.Functions.TemplateFunction;

namespace DeployGate.Templates.Functions;

/// <summary>Comparisons and logic.</summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-comparison"/>
internal static class ComparisonFunctions
{
    internal static ImmutableArray<TemplateFunction> All { get; } =
    [
        Structural("equals", 2, 2, ValueShape.Truth, AreEqual),
        Strict("less", 2, 2, ValueShape.Truth, a => Compare(a, order => order < 0)),
        Strict("lessOrEquals", 2, 2, ValueShape.Truth, a => Compare(a, order => order <= 0)),
        Strict("greater", 2, 2, ValueShape.Truth, a => Compare(a, order => order > 0)),
        Strict("greaterOrEquals", 2, 2, ValueShape.Truth, a => Compare(a, order => order >= 0)),
        Strict("not", 1, 1, ValueShape.Truth, a => a[0] is BoolValue truth ? new BoolValue(!truth.IsTrue) : a.WrongKind(0, "a bool")),
        Strict("true", 0, 0, ValueShape.Truth, _ => new BoolValue(true)),
        Strict("false", 0, 0, ValueShape.Truth, _ => new BoolValue(false)),
    ];

    private static Value AreEqual(FunctionArguments a) =>
        ValueEquality.AreEqual(a[0], a[1]) is { } answer ? new BoolValue(answer) : a.Unknown();

    private static Value Compare(FunctionArguments a, Func<int, bool> test)
    {
        switch (a[0], a[1])
        {
            case (IntValue x, IntValue y):
                return new BoolValue(test(x.Number.CompareTo(y.Number)));
            case (StringValue x, StringValue y):
                return new BoolValue(test(TextOrder.Compare(x.Text, y.Text)));
            default:
                return a.Fail($"{a.Name} compares two ints or two strings, not {Values.Kind(a[0])} with {Values.Kind(a[1])}");
        }
    }
}

/// <summary>
/// The order of strings: by language, so that 'demo' comes before 'Demo' and both before 'e'. Uncertain: which culture Azure
/// uses; the invariant one orders as English does.
/// </summary>
internal static class TextOrder
{
    private static readonly CompareInfo s_culture = CultureInfo.InvariantCulture.CompareInfo;

    // Without ICU (InvariantGlobalization) .NET silently compares code units, where 'Demo' comes first.
    private static readonly bool s_hasCulture = s_culture.Compare("demo", "Demo") < 0 && s_culture.Compare("a", "B") < 0;

    /// <summary>Below zero when <paramref name="x"/> comes first.</summary>
    internal static int Compare(string x, string y) => s_hasCulture ? s_culture.Compare(x, y) : CompareWithoutCulture(x, y);

    /// <summary>The same order for letters and digits of ASCII, for where .NET knows no cultures.</summary>
    internal static int CompareWithoutCulture(string x, string y)
    {
        var order = string.Compare(x, y, StringComparison.OrdinalIgnoreCase);

        // Small letters have the higher code units, but come first.
        return order != 0 ? order : string.CompareOrdinal(y, x);
    }
}
