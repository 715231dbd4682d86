using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.Batch.Syntax;

/// <summary>A whole batch file.</summary>
internal sealed record BatchScript(ScriptText Text, BatchBlock Body, ImmutableArray<SyntaxProblem> Problems);

/// <summary>Statements that run one after the other, labels among them.</summary>
internal sealed record BatchBlock(TextSpan Span, ImmutableArray<BatchStatement> Statements);

/// <summary>A statement as it is written; <c>REM</c> and <c>::</c> are none.</summary>
/// <param name="Span">Where it stands in the script's content.</param>
internal abstract record BatchStatement(TextSpan Span)
{
    /// <summary>A command; the first word is its name.</summary>
    internal sealed record Command(TextSpan Span, ImmutableArray<BatchWord> Words, ImmutableArray<BatchRedirection> Redirections) : BatchStatement(Span);

    /// <summary><c>CALL</c> of a file, a command, or a label.</summary>
    internal sealed record Call(TextSpan Span, ImmutableArray<BatchWord> Words, ImmutableArray<BatchRedirection> Redirections) : BatchStatement(Span);

    /// <summary><c>SET name=value</c>; without <c>=</c> the value is null.</summary>
    internal sealed record Set(TextSpan Span, SetKind Kind, BatchWord Name, BatchWord? Value) : BatchStatement(Span);

    /// <summary><c>a | b</c>.</summary>
    internal sealed record Pipeline(TextSpan Span, ImmutableArray<BatchStatement> Stages) : BatchStatement(Span);

    /// <summary><c>a &amp; b &amp;&amp; c || d</c>, from left to right.</summary>
    internal sealed record Chain(TextSpan Span, BatchStatement First, ImmutableArray<BatchChainLink> Rest) : BatchStatement(Span);

    /// <summary><c>( … )</c>.</summary>
    internal sealed record Group(TextSpan Span, BatchBlock Body, ImmutableArray<BatchRedirection> Redirections) : BatchStatement(Span);

    /// <summary><c>IF</c>: the condition's words, <c>==</c> among them, then what runs; no <c>ELSE</c> is null.</summary>
    internal sealed record If(TextSpan Span, ImmutableArray<BatchWord> Condition, BatchStatement Then, BatchStatement? Else) : BatchStatement(Span);

    /// <summary><c>FOR</c>: the words between it and <c>DO</c>, parentheses among them, then what runs again and again.</summary>
    internal sealed record For(TextSpan Span, ImmutableArray<BatchWord> Header, BatchStatement Body) : BatchStatement(Span);

    /// <summary><c>:name</c>.</summary>
    internal sealed record Label(TextSpan Span, string Name) : BatchStatement(Span);

    /// <summary><c>GOTO</c>, which may name <c>:eof</c>.</summary>
    internal sealed record GoTo(TextSpan Span, BatchWord Target) : BatchStatement(Span);

    /// <summary><c>EXIT</c>; <c>/B</c> leaves the file alone; no code is null.</summary>
    internal sealed record Exit(TextSpan Span, bool OnlyFile, BatchWord? Code) : BatchStatement(Span);

    /// <summary>What was not understood, or lies too deep; a problem says which.</summary>
    internal sealed record Opaque(TextSpan Span) : BatchStatement(Span);
}

/// <summary>What follows in a chain.</summary>
internal sealed record BatchChainLink(BatchChainKind Kind, BatchStatement Statement);

/// <summary>When the next part of a chain runs.</summary>
internal enum BatchChainKind
{
    /// <summary><c>&amp;</c>.</summary>
    Always,

    /// <summary><c>&amp;&amp;</c>.</summary>
    OnSuccess,

    /// <summary><c>||</c>.</summary>
    OnFailure,
}

/// <summary>The kinds of <c>SET</c>.</summary>
internal enum SetKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary><c>/P</c>: a person types it; the value is the prompt.</summary>
    Prompt,

    /// <summary><c>/A</c>: the value is arithmetic.</summary>
    Arithmetic,
}

/// <summary>A redirection; the descriptor is null when there is none, the target is <c>&amp;1</c> and the like where streams join.</summary>
internal sealed record BatchRedirection(TextSpan Span, string? Descriptor, string Operator, BatchWord Target);

/// <summary>A word: parts that stand side by side, its quotes removed.</summary>
internal sealed record BatchWord(TextSpan Span, ImmutableArray<BatchPart> Parts)
{
    /// <summary>The text when nothing in it is to be expanded; null otherwise.</summary>
    internal string? Literal => Parts.All(part => part is BatchPart.Literal) ? string.Concat(Parts.Select(part => ((BatchPart.Literal)part).Text)) : null;
}

/// <summary>A part of a word.</summary>
/// <param name="Span">Where it stands in the script's content.</param>
/// <param name="IsQuoted">True between double quotes, or behind a caret.</param>
internal abstract record BatchPart(TextSpan Span, bool IsQuoted)
{
    /// <summary>Text.</summary>
    internal sealed record Literal(TextSpan Span, string Text, bool IsQuoted) : BatchPart(Span, IsQuoted);

    /// <summary>A value pasted in that is not known; the script's text holds it at the span's start.</summary>
    internal sealed record Hole(TextSpan Span, bool IsQuoted) : BatchPart(Span, IsQuoted);

    /// <summary><c>%NAME%</c>; what follows a colon, as in <c>%NAME:~0,3%</c>, is the change, else null.</summary>
    internal sealed record Variable(TextSpan Span, string Name, string? Change, bool IsQuoted) : BatchPart(Span, IsQuoted);

    /// <summary><c>%1</c>, <c>%*</c>, <c>%~dp0</c>: what stands behind the percent sign.</summary>
    internal sealed record Argument(TextSpan Span, string Text, bool IsQuoted) : BatchPart(Span, IsQuoted);

    /// <summary><c>%%i</c>, <c>%%~ni</c>: what stands behind the percent signs.</summary>
    internal sealed record LoopVariable(TextSpan Span, string Text, bool IsQuoted) : BatchPart(Span, IsQuoted);
}
