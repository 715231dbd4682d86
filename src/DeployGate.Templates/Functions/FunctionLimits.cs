using DeployGate.Core.Values;

namespace DeployGate.Templates.Functions;

/// <summary>
/// How large a result may grow. A template of a few lines can ask for gigabytes (<c>padLeft</c>, <c>{0:D999999999}</c>,
/// <c>concat</c> of itself in a loop); the gate runs on templates it does not trust.
/// </summary>
internal static class FunctionLimits
{
    /// <summary>UTF-16 units of a string: Azure's own limit for a whole template is 4 MB.</summary>
    internal const int TextLength = 4 * 1024 * 1024;

    /// <summary>Items of an array, or members of an object: over a hundred times what Azure lets a loop make (800).</summary>
    internal const int Items = 100_000;

    /// <summary>Items that <c>range</c> may make, as documented.</summary>
    internal const int RangeCount = 10_000;

    /// <summary>Nodes of a value, shared ones counted each time: what a walk over the value visits.</summary>
    internal const long Nodes = 2_000_000;

    /// <summary>Levels of nesting that a walk follows: safely within the stack, well over what the readers of files accept (128).</summary>
    internal const int Depth = 200;

    /// <summary>Levels of nesting in a text that <c>json()</c> reads.</summary>
    internal const int JsonDepth = 128;

    /// <summary>Combinations of alternatives that are worth trying before the answer is just "unknown".</summary>
    internal const int Combinations = 64;

    /// <summary>Comparisons of partly known items that <c>union</c> and its kin make; such items cannot be hashed.</summary>
    internal const int UncertainComparisons = 100_000;

    /// <summary>Digits that a numeric format specifier may ask for; .NET itself would try a thousand million.</summary>
    internal const int FormatDigits = 999;

    /// <summary>Code units that a search may compare in the worst case, which texts like <c>aaa…</c> bring about.</summary>
    internal const long SearchSteps = 2_000_000_000;

    /// <summary>True when looking for one text in another could take more than moments.</summary>
    internal static bool IsCostly(int textLength, long soughtLength) => textLength * soughtLength > SearchSteps;

    /// <summary>The result, or an error in its place when it is too large to be carried on.</summary>
    internal static Value Check(string name, Value result) => TooLarge(result) is { } what
        ? Unknowns.Error(name, $"the result of {name} is too large: {what}")
        : result;

    private static string? TooLarge(Value result) => result switch
    {
        StringValue { Text.Length: > TextLength } => $"a string of more than {TextLength} characters",
        PartialString holed when TextParts.KnownLength(holed) > TextLength => $"a string of more than {TextLength} characters",
        PartialString { Parts.Length: > Items } => $"a string of more than {Items} parts",
        ArrayValue { Items.Length: > Items } => $"an array of more than {Items} items",
        ObjectValue { Members.Length: > Items } => $"an object of more than {Items} members",
        _ when result.Size > Nodes => $"a value of more than {Nodes} parts",
        ArrayValue or ObjectValue when ValueFacts.Of(result).IsTooDeep => $"a value nested deeper than {Depth} levels",
        _ => null,
    };
}
