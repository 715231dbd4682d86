using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.PowerShellScripts.Syntax;

/// <summary>A whole script of PowerShell.</summary>
internal sealed record PowerShellScript(ScriptText Text, PowerShellScriptBlock Body, ImmutableArray<SyntaxProblem> Problems);

/// <summary>Statements that run one after the other.</summary>
internal sealed record PowerShellBlock(TextSpan Span, ImmutableArray<PowerShellStatement> Statements);

/// <summary>A script, a function's body, or a block in braces.</summary>
/// <param name="Span">Where it stands in the script's content.</param>
/// <param name="Parameters">Those of <c>param(…)</c>, or those behind a function's name.</param>
/// <param name="Body">The statements outside named blocks.</param>
/// <param name="NamedBlocks">The blocks <c>begin</c>, <c>process</c>, <c>end</c> and the like.</param>
internal sealed record PowerShellScriptBlock(
    TextSpan Span, ImmutableArray<PowerShellParameter> Parameters, PowerShellBlock Body, ImmutableArray<NamedBlock> NamedBlocks);

/// <summary><c>begin</c>, <c>process</c>, <c>end</c>, <c>clean</c> or <c>dynamicparam</c>, in lower case.</summary>
internal sealed record NamedBlock(string Name, PowerShellBlock Body);

/// <summary>A declared parameter.</summary>
internal sealed record PowerShellParameter(
    TextSpan Span, string Name, ImmutableArray<PowerShellAttribute> Attributes, string? TypeName, PowerShellExpression? Default);

/// <summary><c>[Name(arguments)]</c>; an argument <c>Name=value</c> has a name, and without value it stands for true.</summary>
internal sealed record PowerShellAttribute(TextSpan Span, string Name, ImmutableArray<AttributeArgument> Arguments);

/// <summary>An argument of an attribute.</summary>
internal sealed record AttributeArgument(string? Name, PowerShellExpression? Value);

/// <summary>A statement as it is written.</summary>
/// <param name="Span">Where it stands in the script's content.</param>
internal abstract record PowerShellStatement(TextSpan Span)
{
    /// <summary>One expression or command, or more joined by <c>|</c>; a background one ends in <c>&amp;</c>.</summary>
    internal sealed record Pipeline(TextSpan Span, ImmutableArray<PipelineElement> Elements, bool IsBackground) : PowerShellStatement(Span);

    /// <summary><c>a &amp;&amp; b || c</c>, from left to right.</summary>
    internal sealed record Chain(TextSpan Span, PowerShellStatement First, ImmutableArray<PowerShellChainLink> Rest) : PowerShellStatement(Span);

    /// <summary><c>target = value</c>; the operator may be <c>+=</c> and the like; a typed target is a cast.</summary>
    internal sealed record Assignment(TextSpan Span, PowerShellExpression Target, string Operator, PowerShellStatement Value) : PowerShellStatement(Span);

    /// <summary><c>if</c> with its <c>elseif</c> branches; no <c>else</c> is null.</summary>
    internal sealed record If(TextSpan Span, ImmutableArray<PowerShellBranch> Branches, PowerShellBlock? Else) : PowerShellStatement(Span);

    /// <summary><c>switch</c>; the flags are <c>-regex</c> and the like, in lower case; a null pattern is <c>default</c>.</summary>
    internal sealed record Switch(TextSpan Span, ImmutableArray<string> Flags, PowerShellStatement Subject, ImmutableArray<SwitchCase> Cases) : PowerShellStatement(Span);

    /// <summary><c>foreach ($x in …)</c>.</summary>
    internal sealed record ForEach(TextSpan Span, PowerShellExpression Variable, PowerShellStatement Items, PowerShellBlock Body) : PowerShellStatement(Span);

    /// <summary><c>for (a; b; c)</c>; what is not written is null.</summary>
    internal sealed record For(
        TextSpan Span, PowerShellStatement? First, PowerShellStatement? Condition, PowerShellStatement? Next, PowerShellBlock Body) : PowerShellStatement(Span);

    /// <summary><c>while</c>, or <c>do</c> with its condition last, which <c>until</c> turns round.</summary>
    internal sealed record Loop(TextSpan Span, LoopKind Kind, PowerShellStatement Condition, PowerShellBlock Body) : PowerShellStatement(Span);

    /// <summary><c>try</c>; no <c>finally</c> is null.</summary>
    internal sealed record Try(TextSpan Span, PowerShellBlock Body, ImmutableArray<CatchClause> Catches, PowerShellBlock? Finally) : PowerShellStatement(Span);

    /// <summary><c>trap</c>, for one type of error or all.</summary>
    internal sealed record Trap(TextSpan Span, string? TypeName, PowerShellBlock Body) : PowerShellStatement(Span);

    /// <summary><c>function</c> or <c>filter</c>.</summary>
    internal sealed record Function(TextSpan Span, string Name, bool IsFilter, PowerShellScriptBlock Body) : PowerShellStatement(Span);

    /// <summary><c>return</c>, <c>throw</c>, <c>exit</c>, <c>break</c>, <c>continue</c>, with what follows them.</summary>
    internal sealed record Leave(TextSpan Span, LeaveKind Kind, PowerShellStatement? Value) : PowerShellStatement(Span);

    /// <summary>What is not read, was not understood, or lies too deep; a problem says which.</summary>
    internal sealed record Opaque(TextSpan Span) : PowerShellStatement(Span);
}

/// <summary>What follows in a chain: on success (<c>&amp;&amp;</c>) or on failure (<c>||</c>) of what is before.</summary>
internal sealed record PowerShellChainLink(bool OnSuccess, PowerShellStatement Statement);

/// <summary>A condition and what runs if it holds.</summary>
internal sealed record PowerShellBranch(PowerShellStatement Condition, PowerShellBlock Body);

/// <summary>A branch of <c>switch</c>.</summary>
internal sealed record SwitchCase(PowerShellExpression? Pattern, PowerShellBlock Body);

/// <summary>A <c>catch</c>, of all errors when it names no types.</summary>
internal sealed record CatchClause(ImmutableArray<string> TypeNames, PowerShellBlock Body);

/// <summary>The loops with a condition.</summary>
internal enum LoopKind
{
    /// <summary><c>while (…) { }</c>.</summary>
    While,

    /// <summary><c>do { } while (…)</c>.</summary>
    DoWhile,

    /// <summary><c>do { } until (…)</c>.</summary>
    DoUntil,
}

/// <summary>The statements that leave something.</summary>
internal enum LeaveKind
{
    /// <summary><c>return</c>.</summary>
    Return,

    /// <summary><c>throw</c>.</summary>
    Throw,

    /// <summary><c>exit</c>.</summary>
    Exit,

    /// <summary><c>break</c>.</summary>
    Break,

    /// <summary><c>continue</c>.</summary>
    Continue,
}
