using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.Shell.Syntax;

/// <summary>A whole script of <c>bash</c> or <c>sh</c>.</summary>
internal sealed record ShellScript(ScriptText Text, ShellBlock Body, ImmutableArray<SyntaxProblem> Problems);

/// <summary>Statements that run one after the other.</summary>
internal sealed record ShellBlock(TextSpan Span, ImmutableArray<ShellStatement> Statements);

/// <summary>A statement as it is written.</summary>
/// <param name="Span">Where it stands in the script's content; bodies of here-documents may lie behind it.</param>
internal abstract record ShellStatement(TextSpan Span)
{
    /// <summary>A command of words. Without words its assignments are those of the shell itself.</summary>
    internal sealed record Command(
        TextSpan Span,
        ImmutableArray<ShellAssignment> Assignments,
        ImmutableArray<ShellWord> Words,
        ImmutableArray<Redirection> Redirections) : ShellStatement(Span);

    /// <summary><c>a | b</c>, or <c>! a</c>, which may have one command only.</summary>
    internal sealed record Pipeline(TextSpan Span, bool IsNegated, ImmutableArray<PipelineStage> Stages) : ShellStatement(Span);

    /// <summary><c>a &amp;&amp; b || c</c>, from left to right, all operators of one strength.</summary>
    internal sealed record Chain(TextSpan Span, ShellStatement First, ImmutableArray<ChainLink> Rest) : ShellStatement(Span);

    /// <summary><c>a &amp;</c>: started and not waited for.</summary>
    internal sealed record Background(TextSpan Span, ShellStatement Statement) : ShellStatement(Span);

    /// <summary>A compound statement with redirections behind it.</summary>
    internal sealed record Redirected(TextSpan Span, ShellStatement Statement, ImmutableArray<Redirection> Redirections) : ShellStatement(Span);

    /// <summary><c>( … )</c>: what it assigns is lost behind it.</summary>
    internal sealed record Subshell(TextSpan Span, ShellBlock Body) : ShellStatement(Span);

    /// <summary><c>{ …; }</c>.</summary>
    internal sealed record Group(TextSpan Span, ShellBlock Body) : ShellStatement(Span);

    /// <summary><c>if</c> with its <c>elif</c> branches; no <c>else</c> is null.</summary>
    internal sealed record If(TextSpan Span, ImmutableArray<IfBranch> Branches, ShellBlock? Else) : ShellStatement(Span);

    /// <summary><c>for name in words</c> or <c>select</c>; without <c>in</c> the words are null: the positional parameters.</summary>
    internal sealed record ForEach(TextSpan Span, string Name, ImmutableArray<ShellWord>? Words, ShellBlock Body, bool IsSelect) : ShellStatement(Span);

    /// <summary><c>for ((a; b; c))</c>: the three texts as parts.</summary>
    internal sealed record ForArithmetic(TextSpan Span, ImmutableArray<ShellWord> Clauses, ShellBlock Body) : ShellStatement(Span);

    /// <summary><c>while</c> or <c>until</c>.</summary>
    internal sealed record Loop(TextSpan Span, bool IsUntil, ShellBlock Condition, ShellBlock Body) : ShellStatement(Span);

    /// <summary><c>case word in … esac</c>.</summary>
    internal sealed record Case(TextSpan Span, ShellWord Subject, ImmutableArray<CaseItem> Items) : ShellStatement(Span);

    /// <summary>A function's definition, of either form.</summary>
    internal sealed record Function(TextSpan Span, string Name, ShellStatement Body) : ShellStatement(Span);

    /// <summary><c>[[ … ]]</c>: operands and operators, the latter as bare literals such as <c>&amp;&amp;</c>, <c>(</c> and <c>=~</c>.</summary>
    internal sealed record Test(TextSpan Span, ImmutableArray<ShellWord> Words) : ShellStatement(Span);

    /// <summary><c>(( … ))</c>: the parts make the expression's text once they are expanded.</summary>
    internal sealed record Arithmetic(TextSpan Span, ImmutableArray<WordPart> Parts) : ShellStatement(Span);

    /// <summary>What was not understood, or lies too deep; a problem says which.</summary>
    internal sealed record Opaque(TextSpan Span) : ShellStatement(Span);
}

/// <summary>A command of a pipeline; <paramref name="PipesErrors"/> is true when <c>|&amp;</c> follows it.</summary>
internal sealed record PipelineStage(ShellStatement Statement, bool PipesErrors);

/// <summary>What follows in a chain: on success (<c>&amp;&amp;</c>) or on failure (<c>||</c>) of what is before.</summary>
internal sealed record ChainLink(bool OnSuccess, ShellStatement Statement);

/// <summary>A condition, whose last command decides, and what runs if it holds.</summary>
internal sealed record IfBranch(ShellBlock Condition, ShellBlock Body);

/// <summary>A branch of <c>case</c>.</summary>
internal sealed record CaseItem(TextSpan Span, ImmutableArray<ShellWord> Patterns, ShellBlock Body, CaseEnd End);

/// <summary>How a branch of <c>case</c> ends.</summary>
internal enum CaseEnd
{
    /// <summary><c>;;</c>, also nothing before <c>esac</c>.</summary>
    Leave,

    /// <summary><c>;&amp;</c>: the next branch runs too.</summary>
    FallThrough,

    /// <summary><c>;;&amp;</c>: the next patterns are tried too.</summary>
    TestNext,
}
