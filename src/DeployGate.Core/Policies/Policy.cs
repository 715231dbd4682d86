using System.Collections.Immutable;
using DeployGate.Core.Decisions;
using DeployGate.Core.Rules;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Core.Policies;

/// <summary>What a policy looks at, one after another.</summary>
public enum PolicyMode
{
    /// <summary>Each use of an image, with what is known of the image.</summary>
    Uses,

    /// <summary>Each resource that is deployed.</summary>
    Resources,
}

/// <summary>What becomes of it where a policy's condition holds.</summary>
public enum PolicyEffect
{
    /// <summary>An error: the gate closes.</summary>
    Deny,

    /// <summary>A warning.</summary>
    Audit,

    /// <summary>Nothing: the policy is not looked at.</summary>
    Disabled,
}

/// <summary>
/// A rule of the user's own. Its condition describes what must not be, as in Azure Policy: a finding is made where it holds.
/// </summary>
public sealed record Policy
{
    /// <summary>Letters and digits; never begins with <c>DG</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Words in lower case, joined by hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence.</summary>
    public required string Description { get; init; }

    /// <summary>What it looks at.</summary>
    public required PolicyMode Mode { get; init; }

    /// <summary>What must not be.</summary>
    public required PolicyCondition If { get; init; }

    /// <summary>What becomes of it.</summary>
    public required PolicyEffect Effect { get; init; }

    /// <summary>The first line of a finding; null for one made of the description.</summary>
    public PolicyText? Message { get; init; }

    /// <summary>The cure; empty when the policy names none.</summary>
    public string Fix { get; init; } = "";

    /// <summary>Where the policy is written.</summary>
    public required Place Place { get; init; }

    /// <summary>The severity of a finding.</summary>
    public Severity Severity => Effect switch
    {
        PolicyEffect.Deny => Severity.Error,
        PolicyEffect.Audit => Severity.Warning,
        _ => Severity.Off,
    };

    /// <summary>The identity under which reports show it; its page is the policy's file.</summary>
    public RuleDescriptor Descriptor => new(Id, Name, Severity, [], Outcome.None, Description) { Page = Place.Source.Path };
}

/// <summary>A text with expressions in it: literal parts and computed parts in order.</summary>
public sealed record PolicyText(ImmutableArray<PolicyOperand> Parts);

/// <summary>A value in a condition: as written, or computed when it is asked for.</summary>
public abstract record PolicyOperand
{
    private PolicyOperand()
    {
    }

    /// <summary>A value as written.</summary>
    public sealed record Literal(Value Value) : PolicyOperand;

    /// <summary>An expression; <paramref name="Text"/> is how it is written.</summary>
    public sealed record Computed(string Text, PolicyExpression Expression) : PolicyOperand;
}

/// <summary>Computes an expression. Whoever reads policies supplies it: the domain knows no expression language.</summary>
public delegate Value PolicyExpression(PolicyNames names);

/// <summary>What an expression of a policy may ask for.</summary>
/// <param name="Field">The value of a field; null where it is missing; an array for a field with <c>[*]</c>.</param>
/// <param name="Current">The item that a count is at, by the count's field or name; the innermost for null.</param>
/// <param name="Now">The time of the run.</param>
public sealed record PolicyNames(Func<string, Value> Field, Func<string?, Value> Current, DateTimeOffset Now);
