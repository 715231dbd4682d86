using System.Collections.Immutable;
using DeployGate.Core.Text;

namespace DeployGate.Pipelines.PowerShellScripts.Syntax;

/// <summary>One stage of a pipeline.</summary>
/// <param name="Span">Where it stands in the script's content.</param>
internal abstract record PipelineElement(TextSpan Span)
{
    /// <summary>An expression, which only the first stage can be.</summary>
    internal sealed record Value(TextSpan Span, PowerShellExpression Expression, ImmutableArray<PowerShellRedirection> Redirections) : PipelineElement(Span);

    /// <summary>A command; its name is a bare word, or any expression behind <c>&amp;</c> or <c>.</c>.</summary>
    internal sealed record Command(
        TextSpan Span,
        InvocationKind Invocation,
        PowerShellExpression Name,
        ImmutableArray<CommandElement> Elements,
        ImmutableArray<PowerShellRedirection> Redirections) : PipelineElement(Span);
}

/// <summary>How a command is called.</summary>
internal enum InvocationKind
{
    /// <summary>By its name alone.</summary>
    Plain,

    /// <summary><c>&amp; name</c>.</summary>
    Call,

    /// <summary><c>. name</c>: in the scope of the caller.</summary>
    Dot,
}

/// <summary>What follows a command's name.</summary>
/// <param name="Span">Where it stands in the script's content.</param>
internal abstract record CommandElement(TextSpan Span)
{
    /// <summary><c>-Name</c>, without its dash; the value is that of <c>-Name:value</c>, else null.</summary>
    internal sealed record Parameter(TextSpan Span, string Name, PowerShellExpression? Value) : CommandElement(Span);

    /// <summary>An argument; a splat is a variable that says so.</summary>
    internal sealed record Argument(PowerShellExpression Value) : CommandElement(Value.Span);

    /// <summary>The rest of the line behind <c>--%</c>, as it is written.</summary>
    internal sealed record Verbatim(TextSpan Span, string Text) : CommandElement(Span);
}

/// <summary>A redirection: <c>2&gt;&gt; file</c>, <c>*&gt;&amp;1</c>.</summary>
/// <param name="Span">Where it stands in the script's content.</param>
/// <param name="Stream">The digit or <c>*</c> before the sign; null when there is none.</param>
/// <param name="IsAppend">True for <c>&gt;&gt;</c>.</param>
/// <param name="Target">The file; null when the stream joins another.</param>
internal sealed record PowerShellRedirection(TextSpan Span, string? Stream, bool IsAppend, PowerShellExpression? Target);
