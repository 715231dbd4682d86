using DeployGate.Core.Text;

namespace DeployGate.Pipelines.Shell.Syntax;

/// <summary>One parameter and what is done with its value.</summary>
/// <param name="Name">A name, a position, or one of the special parameters <c>@ * # ? - $ !</c>.</param>
/// <param name="Subscript">What stands in <c>[…]</c>; its literal is <c>@</c> or <c>*</c> for all elements.</param>
/// <param name="Form">What is asked of the parameter.</param>
/// <param name="Operation">What is done with the value; null for nothing.</param>
internal sealed record ParameterExpansion(string Name, ShellWord? Subscript, ParameterForm Form, ParameterOperation? Operation)
{
    /// <summary>The value of a parameter without more.</summary>
    internal static ParameterExpansion Plain(string name) => new(name, null, ParameterForm.Value, null);
}

/// <summary>What is asked of a parameter.</summary>
internal enum ParameterForm
{
    /// <summary>Its value.</summary>
    Value,

    /// <summary><c>${#x}</c>: the length of its value, or the number of elements.</summary>
    Length,

    /// <summary><c>${!x}</c>: the value of the parameter that its value names; with a subscript <c>@</c>, the keys of an array.</summary>
    Indirect,

    /// <summary><c>${!x*}</c> and <c>${!x@}</c>: the names that begin with it.</summary>
    NamesWithPrefix,
}

/// <summary>What is done with a parameter's value.</summary>
/// <param name="Span">The operator and its operands.</param>
/// <param name="Operator">The operation.</param>
/// <param name="AlsoWhenEmpty">True for <c>:-</c> and its kin, which treat an empty value like none.</param>
/// <param name="Argument">The word, pattern, offset, or letter after the operator.</param>
/// <param name="Second">The replacement, or the length of a substring; null when it is not written.</param>
internal sealed record ParameterOperation(TextSpan Span, ParameterOperator Operator, bool AlsoWhenEmpty, ShellWord Argument, ShellWord? Second);

/// <summary>The operations of <c>${…}</c>.</summary>
internal enum ParameterOperator
{
    /// <summary><c>-</c>.</summary>
    UseDefault,

    /// <summary><c>=</c>.</summary>
    AssignDefault,

    /// <summary><c>+</c>.</summary>
    UseAlternative,

    /// <summary><c>?</c>.</summary>
    FailIfUnset,

    /// <summary><c>#</c>.</summary>
    RemoveShortestPrefix,

    /// <summary><c>##</c>.</summary>
    RemoveLongestPrefix,

    /// <summary><c>%</c>.</summary>
    RemoveShortestSuffix,

    /// <summary><c>%%</c>.</summary>
    RemoveLongestSuffix,

    /// <summary><c>/</c>.</summary>
    ReplaceFirst,

    /// <summary><c>//</c>.</summary>
    ReplaceAll,

    /// <summary><c>/#</c>.</summary>
    ReplacePrefix,

    /// <summary><c>/%</c>.</summary>
    ReplaceSuffix,

    /// <summary><c>^</c>.</summary>
    UpperFirst,

    /// <summary><c>^^</c>.</summary>
    UpperAll,

    /// <summary><c>,</c>.</summary>
    LowerFirst,

    /// <summary><c>,,</c>.</summary>
    LowerAll,

    /// <summary><c>:offset</c> or <c>:offset:length</c>.</summary>
    Substring,

    /// <summary><c>@</c> and a letter.</summary>
    Transform,
}
