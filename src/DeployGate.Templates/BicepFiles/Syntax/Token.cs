using System.Collections.Immutable;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;

namespace DeployGate.Templates.BicepFiles.Syntax;

/// <summary>The kinds of token. Spaces, comments and directives are no tokens; keywords are identifiers.</summary>
internal enum TokenKind
{
    /// <summary>After the last character; always the last token, and there only.</summary>
    EndOfFile,

    /// <summary>One or more line ends, with nothing but blanks and comments between them.</summary>
    NewLine,

    /// <summary>Text that is no token; a problem was reported for it.</summary>
    Bad,

    /// <summary>A word other than the three below.</summary>
    Identifier,

    /// <summary><c>true</c>.</summary>
    True,

    /// <summary><c>false</c>.</summary>
    False,

    /// <summary><c>null</c>.</summary>
    Null,

    /// <summary>Decimal digits.</summary>
    Integer,

    /// <summary>A string without holes.</summary>
    String,

    /// <summary>A string from its opening quote up to and including the first <c>${</c>.</summary>
    StringStart,

    /// <summary>A string from a <c>}</c> up to and including the next <c>${</c>.</summary>
    StringMiddle,

    /// <summary>A string from the last <c>}</c> to its closing quote.</summary>
    StringEnd,

    /// <summary><c>@</c>.</summary>
    At,

    /// <summary><c>{</c>.</summary>
    LeftBrace,

    /// <summary><c>}</c>.</summary>
    RightBrace,

    /// <summary><c>(</c>.</summary>
    LeftParenthesis,

    /// <summary><c>)</c>.</summary>
    RightParenthesis,

    /// <summary><c>[</c>.</summary>
    LeftSquare,

    /// <summary><c>]</c>.</summary>
    RightSquare,

    /// <summary><c>,</c>.</summary>
    Comma,

    /// <summary><c>.</c>.</summary>
    Dot,

    /// <summary><c>...</c>.</summary>
    Ellipsis,

    /// <summary><c>?</c>.</summary>
    Question,

    /// <summary><c>??</c>.</summary>
    DoubleQuestion,

    /// <summary><c>:</c>.</summary>
    Colon,

    /// <summary><c>::</c>.</summary>
    DoubleColon,

    /// <summary><c>;</c>, which no rule of the grammar uses.</summary>
    Semicolon,

    /// <summary><c>=</c>.</summary>
    Assignment,

    /// <summary><c>+</c>.</summary>
    Plus,

    /// <summary><c>-</c>.</summary>
    Minus,

    /// <summary><c>%</c>.</summary>
    Percent,

    /// <summary><c>*</c>.</summary>
    Asterisk,

    /// <summary><c>/</c>.</summary>
    Slash,

    /// <summary><c>^</c>.</summary>
    Caret,

    /// <summary><c>!</c>.</summary>
    Exclamation,

    /// <summary><c>!=</c>.</summary>
    NotEquals,

    /// <summary><c>!~</c>.</summary>
    NotEqualsIgnoringCase,

    /// <summary><c>&lt;</c>.</summary>
    Less,

    /// <summary><c>&lt;=</c>.</summary>
    LessOrEqual,

    /// <summary><c>&gt;</c>.</summary>
    Greater,

    /// <summary><c>&gt;=</c>.</summary>
    GreaterOrEqual,

    /// <summary><c>==</c>.</summary>
    Equals,

    /// <summary><c>=~</c>.</summary>
    EqualsIgnoringCase,

    /// <summary><c>=&gt;</c>.</summary>
    Arrow,

    /// <summary><c>&amp;&amp;</c>.</summary>
    And,

    /// <summary><c>||</c>.</summary>
    Or,

    /// <summary><c>|</c>.</summary>
    Pipe,
}

/// <summary>A token. Pieces of strings carry their <paramref name="Text"/> with escapes resolved; all others null.</summary>
internal readonly record struct Token(TokenKind Kind, TextSpan Span, string? Text = null);

/// <summary>All tokens of a file, and what is wrong with its characters, in the order of the text.</summary>
internal sealed record LexedFile(ImmutableArray<Token> Tokens, ImmutableArray<Problem> Problems);
