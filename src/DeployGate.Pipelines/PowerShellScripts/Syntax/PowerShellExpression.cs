using System.Collections.Immutable;
using DeployGate.Core.Text;

namespace DeployGate.Pipelines.PowerShellScripts.Syntax;

/// <summary>An expression as it is written.</summary>
/// <param name="Span">Where it stands in the script's content.</param>
internal abstract record PowerShellExpression(TextSpan Span)
{
    /// <summary>A number, its multiplier (<c>1GB</c>) applied; the value is null where it is too large.</summary>
    internal sealed record Number(TextSpan Span, string Text, double? Value) : PowerShellExpression(Span);

    /// <summary>A string or a bare word; no part at all is the empty text.</summary>
    internal sealed record String(TextSpan Span, ImmutableArray<StringPart> Parts, StringKind Kind) : PowerShellExpression(Span)
    {
        /// <summary>The text when nothing in it is to be expanded; null otherwise.</summary>
        internal string? Literal => Parts switch
        {
            [] => "",
            [StringPart.Literal only] => only.Text,
            _ => null,
        };
    }

    /// <summary><c>$name</c>, <c>$scope:name</c>, <c>$env:NAME</c>, or the splat <c>@name</c>.</summary>
    internal sealed record Variable(TextSpan Span, string? Scope, string Name, bool IsSplat) : PowerShellExpression(Span);

    /// <summary><c>@{ … }</c>; <c>[ordered]</c> before it is a <see cref="Cast"/>.</summary>
    internal sealed record Hashtable(TextSpan Span, ImmutableArray<HashtableEntry> Entries) : PowerShellExpression(Span);

    /// <summary><c>@( … )</c>.</summary>
    internal sealed record Array(TextSpan Span, PowerShellBlock Body) : PowerShellExpression(Span);

    /// <summary><c>a, b, c</c>, or <c>, a</c>.</summary>
    internal sealed record Sequence(TextSpan Span, ImmutableArray<PowerShellExpression> Items) : PowerShellExpression(Span);

    /// <summary><c>$( … )</c>.</summary>
    internal sealed record Subexpression(TextSpan Span, PowerShellBlock Body) : PowerShellExpression(Span);

    /// <summary><c>( … )</c>: a pipeline or an assignment.</summary>
    internal sealed record Parenthesized(TextSpan Span, PowerShellStatement Statement) : PowerShellExpression(Span);

    /// <summary><c>{ … }</c> as a value.</summary>
    internal sealed record ScriptBlock(TextSpan Span, PowerShellScriptBlock Body) : PowerShellExpression(Span);

    /// <summary><c>target.name</c>, <c>[type]::name</c>; <c>?.</c> is conditional.</summary>
    internal sealed record Member(TextSpan Span, PowerShellExpression Target, PowerShellExpression Name, bool IsStatic, bool IsConditional) : PowerShellExpression(Span);

    /// <summary><c>target.name(arguments)</c>, <c>[type]::name(arguments)</c>.</summary>
    internal sealed record MethodCall(
        TextSpan Span, PowerShellExpression Target, PowerShellExpression Name, bool IsStatic, ImmutableArray<PowerShellExpression> Arguments) : PowerShellExpression(Span);

    /// <summary><c>target[index]</c>.</summary>
    internal sealed record Index(TextSpan Span, PowerShellExpression Target, PowerShellExpression Value) : PowerShellExpression(Span);

    /// <summary><c>[name]</c> as a value.</summary>
    internal sealed record TypeLiteral(TextSpan Span, string Name) : PowerShellExpression(Span);

    /// <summary><c>[name]operand</c>; also an attribute before a variable.</summary>
    internal sealed record Cast(TextSpan Span, string TypeName, PowerShellExpression Operand) : PowerShellExpression(Span);

    /// <summary>An operator with one operand, in lower case: <c>!</c>, <c>-not</c>, <c>-</c>, <c>+</c>, <c>++</c>, <c>--</c>, <c>-join</c>, <c>-split</c>, <c>-bnot</c>.</summary>
    internal sealed record Unary(TextSpan Span, string Operator, PowerShellExpression Operand, bool IsPostfix) : PowerShellExpression(Span);

    /// <summary>An operator between two operands, in lower case: <c>+</c>, <c>-eq</c>, <c>-f</c>, <c>..</c>, <c>??</c>.</summary>
    internal sealed record Binary(TextSpan Span, PowerShellExpression Left, string Operator, PowerShellExpression Right) : PowerShellExpression(Span);

    /// <summary><c>a ? b : c</c>.</summary>
    internal sealed record Conditional(TextSpan Span, PowerShellExpression Condition, PowerShellExpression Then, PowerShellExpression Else) : PowerShellExpression(Span);

    /// <summary>What was not understood, or lies too deep; a problem says which.</summary>
    internal sealed record Opaque(TextSpan Span) : PowerShellExpression(Span);
}

/// <summary>A piece of a string.</summary>
/// <param name="Span">Where it stands in the script's content.</param>
internal abstract record StringPart(TextSpan Span)
{
    /// <summary>Text, its escapes resolved.</summary>
    internal sealed record Literal(TextSpan Span, string Text) : StringPart(Span);

    /// <summary>A value pasted in that is not known; the script's text holds it at the span's start.</summary>
    internal sealed record Hole(TextSpan Span) : StringPart(Span);

    /// <summary><c>$name</c> or <c>$(…)</c> inside the string.</summary>
    internal sealed record Expansion(PowerShellExpression Expression) : StringPart(Expression.Span);
}

/// <summary>How a string is written.</summary>
internal enum StringKind
{
    /// <summary>A word without quotes, as an argument or a command's name.</summary>
    Bare,

    /// <summary><c>'…'</c> or <c>@'…'@</c>.</summary>
    Single,

    /// <summary><c>"…"</c> or <c>@"…"@</c>.</summary>
    Double,
}

/// <summary>An entry of a hashtable.</summary>
internal sealed record HashtableEntry(PowerShellExpression Key, PowerShellStatement Value);
