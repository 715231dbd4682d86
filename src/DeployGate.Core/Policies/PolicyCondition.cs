using System.Collections.Immutable;

namespace DeployGate.Core.Policies;

/// <summary>A condition, parsed: a closed set of forms, each in the words of Azure Policy.</summary>
/// <seealso href="https://learn.microsoft.com/azure/governance/policy/concepts/definition-structure-policy-rule"/>
public abstract record PolicyCondition
{
    private PolicyCondition()
    {
    }

    /// <summary>Holds when every part holds.</summary>
    public sealed record AllOf(ImmutableArray<PolicyCondition> Parts) : PolicyCondition;

    /// <summary>Holds when one part holds.</summary>
    public sealed record AnyOf(ImmutableArray<PolicyCondition> Parts) : PolicyCondition;

    /// <summary>Holds when the part does not.</summary>
    public sealed record Not(PolicyCondition Part) : PolicyCondition;

    /// <summary>Compares a field; with <c>[*]</c> every element must satisfy the comparison.</summary>
    public sealed record Field(FieldPath Path, PolicyTest Test) : PolicyCondition;

    /// <summary>Compares a value that is no field.</summary>
    public sealed record OfValue(PolicyOperand Operand, PolicyTest Test) : PolicyCondition;

    /// <summary>Compares the number of items for which <paramref name="Where"/> holds.</summary>
    /// <param name="Items">The elements of a field, or of a list.</param>
    /// <param name="Name">What <c>current()</c> calls an item; null where it has no name.</param>
    /// <param name="Where">The condition on each item; null counts them all.</param>
    /// <param name="Test">The comparison.</param>
    public sealed record Count(CountedItems Items, string? Name, PolicyCondition? Where, PolicyTest Test) : PolicyCondition;
}

/// <summary>What a count goes over.</summary>
public abstract record CountedItems
{
    private CountedItems()
    {
    }

    /// <summary>The elements of a field.</summary>
    public sealed record OfField(FieldPath Path) : CountedItems;

    /// <summary>The items of a list.</summary>
    public sealed record OfValue(PolicyOperand Operand) : CountedItems;
}

/// <summary>A comparison and what is compared with.</summary>
public sealed record PolicyTest(Comparison Comparison, PolicyOperand Operand);

/// <summary>The comparisons, by the words of Azure Policy.</summary>
public enum Comparison
{
    /// <summary>The same value; texts without case.</summary>
    EqualTo,

    /// <summary>Another value, or none.</summary>
    NotEqualTo,

    /// <summary>A text with <c>*</c> for any characters, without case.</summary>
    Like,

    /// <summary>The opposite.</summary>
    NotLike,

    /// <summary>A text with <c>#</c> for a digit, <c>?</c> for a letter and <c>.</c> for any character, with case.</summary>
    Match,

    /// <summary>The opposite.</summary>
    NotMatch,

    /// <summary>The same without case.</summary>
    MatchInsensitively,

    /// <summary>The opposite.</summary>
    NotMatchInsensitively,

    /// <summary>A text in a text, or an item in an array.</summary>
    Contains,

    /// <summary>The opposite.</summary>
    NotContains,

    /// <summary>One of a list.</summary>
    In,

    /// <summary>The opposite.</summary>
    NotIn,

    /// <summary>An object with a member of a name.</summary>
    ContainsKey,

    /// <summary>The opposite.</summary>
    NotContainsKey,

    /// <summary>A lower number, an earlier date or a text that sorts before.</summary>
    Less,

    /// <summary>The same or less.</summary>
    LessOrEquals,

    /// <summary>A higher number, a later date or a text that sorts after.</summary>
    Greater,

    /// <summary>The same or greater.</summary>
    GreaterOrEquals,

    /// <summary>Whether there is a value at all.</summary>
    Exists,
}
