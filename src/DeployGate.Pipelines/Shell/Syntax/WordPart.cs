using System.Collections.Immutable;
using System.Text;
using DeployGate.Core.Text;

namespace DeployGate.Pipelines.Shell.Syntax;

/// <summary>A word as it is written, before any expansion: parts that stand side by side. No part at all is an empty text.</summary>
/// <param name="Span">Where it stands in the script's content.</param>
/// <param name="Parts">The parts, in order.</param>
/// <param name="Declares">The assignment that an argument of <c>local</c>, <c>export</c> and the like is; null for other words.</param>
internal sealed record ShellWord(TextSpan Span, ImmutableArray<WordPart> Parts, ShellAssignment? Declares = null)
{
    /// <summary>The word's text when nothing in it is to be expanded, quoted or not; null otherwise.</summary>
    internal string? Literal
    {
        get
        {
            // Most words are one text.
            if ((Parts is [WordPart.Quoted { Parts: [var inner] }] ? inner : Parts is [var part] ? part : null) is WordPart.Literal only)
            {
                return only.Text;
            }

            var text = new StringBuilder();
            return AppendLiterals(Parts, text) ? text.ToString() : null;
        }
    }

    private static bool AppendLiterals(ImmutableArray<WordPart> parts, StringBuilder text)
    {
        foreach (var part in parts)
        {
            if (part is WordPart.Literal literal)
            {
                text.Append(literal.Text);
            }
            else if (part is not WordPart.Quoted quoted || !AppendLiterals(quoted.Parts, text))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>A part of a word.</summary>
/// <param name="Span">Where it stands in the script's content.</param>
/// <param name="IsQuoted">True when quotes or a backslash keep the result from being split or taken as a pattern.</param>
internal abstract record WordPart(TextSpan Span, bool IsQuoted)
{
    /// <summary>Text, its escapes resolved.</summary>
    internal sealed record Literal(TextSpan Span, string Text, bool IsQuoted) : WordPart(Span, IsQuoted);

    /// <summary>A value pasted in that is not known; the script's text holds it at the span's start.</summary>
    internal sealed record Hole(TextSpan Span, bool IsQuoted) : WordPart(Span, IsQuoted);

    /// <summary>What stands between a pair of quotes; single ones hold literals and holes alone.</summary>
    internal sealed record Quoted(TextSpan Span, ImmutableArray<WordPart> Parts, QuoteKind Kind) : WordPart(Span, true);

    /// <summary><c>$name</c>, <c>$1</c>, <c>$@</c>, and all that <c>${…}</c> can do with one parameter.</summary>
    internal sealed record Parameter(TextSpan Span, ParameterExpansion Expansion, bool IsQuoted) : WordPart(Span, IsQuoted);

    /// <summary><c>$(…)</c> or back-ticks.</summary>
    internal sealed record CommandSubstitution(TextSpan Span, ShellBlock Body, bool IsQuoted) : WordPart(Span, IsQuoted);

    /// <summary><c>$((…))</c>: the parts make the expression's text once they are expanded.</summary>
    internal sealed record Arithmetic(TextSpan Span, ImmutableArray<WordPart> Parts, bool IsQuoted) : WordPart(Span, IsQuoted);

    /// <summary><c>&lt;(…)</c>, which the command reads, or <c>&gt;(…)</c>.</summary>
    internal sealed record ProcessSubstitution(TextSpan Span, ShellBlock Body, bool IsInput) : WordPart(Span, false);

    /// <summary>One of <c>*</c>, <c>?</c>, <c>[</c>, or a whole extended pattern such as <c>@(a|b)</c>, as it is written.</summary>
    internal sealed record Glob(TextSpan Span, string Text) : WordPart(Span, false);

    /// <summary><c>~</c> or <c>~user</c> at the start of a word.</summary>
    internal sealed record Tilde(TextSpan Span, string User) : WordPart(Span, false);

    /// <summary>What was not understood, or lies too deep; a problem says which.</summary>
    internal sealed record Opaque(TextSpan Span, bool IsQuoted) : WordPart(Span, IsQuoted);
}

/// <summary>The kinds of quotes.</summary>
internal enum QuoteKind
{
    /// <summary><c>'…'</c>.</summary>
    Single,

    /// <summary><c>"…"</c>, also <c>$"…"</c>.</summary>
    Double,

    /// <summary><c>$'…'</c>, its escapes resolved.</summary>
    AnsiC,
}
