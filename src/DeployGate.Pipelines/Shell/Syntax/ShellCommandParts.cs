using System.Collections.Immutable;
using DeployGate.Core.Text;

namespace DeployGate.Pipelines.Shell.Syntax;

/// <summary><c>name=value</c>, before a command, alone, or as the argument of a declaration.</summary>
/// <param name="Span">Where it stands in the script's content.</param>
/// <param name="Name">The variable.</param>
/// <param name="Subscript">The element that is assigned; null for the whole variable.</param>
/// <param name="IsAppend">True for <c>+=</c>.</param>
/// <param name="Value">What is assigned.</param>
internal sealed record ShellAssignment(TextSpan Span, string Name, ShellWord? Subscript, bool IsAppend, AssignedValue Value);

/// <summary>The right side of an assignment.</summary>
internal abstract record AssignedValue
{
    private AssignedValue()
    {
    }

    /// <summary>A word, which is not split; without parts, the empty text.</summary>
    internal sealed record Scalar(ShellWord Word) : AssignedValue;

    /// <summary><c>( … )</c>.</summary>
    internal sealed record Array(ImmutableArray<ArrayElement> Elements) : AssignedValue;
}

/// <summary>An element of an array; the subscript is that of <c>[key]=value</c>, else null.</summary>
internal sealed record ArrayElement(ShellWord? Subscript, ShellWord Value);

/// <summary>A redirection.</summary>
/// <param name="Span">Where it stands in the script's content, a here-document's body apart.</param>
/// <param name="Descriptor">The digits or <c>{name}</c> before the operator; null when there are none.</param>
/// <param name="Operator">What is redirected.</param>
/// <param name="Target">The file, descriptor, text, or delimiter.</param>
/// <param name="Document">The body of a here-document; null for other redirections.</param>
internal sealed record Redirection(TextSpan Span, string? Descriptor, RedirectionOperator Operator, ShellWord Target, HereDocument? Document);

/// <summary>The redirections.</summary>
internal enum RedirectionOperator
{
    /// <summary><c>&lt;</c>.</summary>
    Input,

    /// <summary><c>&gt;</c>, also <c>&gt;|</c>.</summary>
    Output,

    /// <summary><c>&gt;&gt;</c>.</summary>
    Append,

    /// <summary><c>&lt;&gt;</c>.</summary>
    InputOutput,

    /// <summary><c>&lt;&amp;</c>.</summary>
    DuplicateInput,

    /// <summary><c>&gt;&amp;</c>.</summary>
    DuplicateOutput,

    /// <summary><c>&amp;&gt;</c>.</summary>
    OutputAndError,

    /// <summary><c>&amp;&gt;&gt;</c>.</summary>
    AppendOutputAndError,

    /// <summary><c>&lt;&lt;</c>, also <c>&lt;&lt;-</c>.</summary>
    HereDocument,

    /// <summary><c>&lt;&lt;&lt;</c>.</summary>
    HereString,
}

/// <summary>
/// The body of a here-document. It stands behind the line that announces it, thus the parser fills it in after the redirection
/// is made; nothing changes it later.
/// </summary>
internal sealed class HereDocument(bool isLiteral)
{
    /// <summary>True when the delimiter was quoted: nothing in the body is expanded.</summary>
    internal bool IsLiteral => isLiteral;

    /// <summary>Where the body stands in the script's content.</summary>
    internal TextSpan Span { get; private set; }

    /// <summary>The body, the tabs that <c>&lt;&lt;-</c> removes already gone.</summary>
    internal ImmutableArray<WordPart> Parts { get; private set; } = [];

    /// <summary>Fills in the body, once.</summary>
    internal void Complete(TextSpan span, ImmutableArray<WordPart> parts) => (Span, Parts) = (span, parts);
}
