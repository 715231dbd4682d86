using System.Collections.Immutable;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;

namespace DeployGate.Templates.BicepFiles.Syntax;

/// <summary>
/// Cuts a Bicep text into tokens, once, from its start to its end. Line ends are tokens since the grammar depends on them; what
/// is no token is reported and becomes a <see cref="TokenKind.Bad"/> one.
/// </summary>
/// <seealso href="https://github.com/Azure/bicep/blob/main/docs/grammar.md"/>
internal sealed partial class BicepLexer
{
    private readonly SourceText _source;
    private readonly string _text;
    private readonly TokenBuffer _tokens;
    private readonly List<Problem> _problems = [];
    private int _at;

    private BicepLexer(SourceText source)
    {
        _source = source;
        _text = source.Content;
        _tokens = new TokenBuffer((_text.Length / 6) + 1);
    }

    /// <summary>Lexes a whole text; the last token is the end of the file.</summary>
    internal static LexedFile Lex(SourceText source)
    {
        var tokens = Lex(source, out var problems);
        var lexed = new LexedFile([.. tokens.All], problems);
        tokens.GiveBack();
        return lexed;
    }

    /// <summary>The same for whoever needs the tokens for a moment only, and gives them back.</summary>
    internal static TokenBuffer Lex(SourceText source, out ImmutableArray<Problem> problems)
    {
        var lexer = new BicepLexer(source);
        lexer.ReadTokens();
        problems = InOrder(lexer._problems);
        return lexer._tokens;
    }

    /// <summary>Problems in the order of the text, which nearly no file has.</summary>
    internal static ImmutableArray<Problem> InOrder(List<Problem> problems) =>
        problems.Count == 0 ? [] : [.. problems.OrderBy(problem => problem.At.Span.Start)];

    private void ReadTokens()
    {
        SkipTrivia();
        while (_at < _text.Length)
        {
            ReadToken();
            SkipTrivia();
        }

        Add(TokenKind.EndOfFile, _at);
    }

    private void ReadToken()
    {
        var c = _text[_at];
        if (c is '\r' or '\n')
        {
            ReadNewLine();
        }
        else if (IsWordStart(c))
        {
            ReadWord();
        }
        else if (char.IsAsciiDigit(c))
        {
            ReadInteger();
        }
        else if (c == '\'' || (c == '$' && OpensMultiLine()))
        {
            ReadString();
        }
        else if (!TryReadPunctuation(c))
        {
            ReadBad();
        }
    }

    private void ReadNewLine()
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] is '\r' or '\n')
        {
            _at++;
        }

        // A hole ends on its line; what follows a broken one is code again.
        _holes.Clear();
        if (_tokens.Count == 0 || _tokens[^1].Kind != TokenKind.NewLine)
        {
            Add(TokenKind.NewLine, start);
        }
    }

    private void ReadWord()
    {
        var start = _at++;
        while (_at < _text.Length && (IsWordStart(_text[_at]) || char.IsAsciiDigit(_text[_at])))
        {
            _at++;
        }

        var kind = _text.AsSpan(start, _at - start) switch
        {
            "true" => TokenKind.True,
            "false" => TokenKind.False,
            "null" => TokenKind.Null,
            _ => TokenKind.Identifier,
        };
        Add(kind, start);
    }

    private void ReadInteger()
    {
        var start = _at++;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }

        if (!ulong.TryParse(_text.AsSpan(start, _at - start), out _))
        {
            Report(start, _at, "the number is too large", "Bicep's integers have 64 bits: write a smaller one.");
        }

        Add(TokenKind.Integer, start);
    }

    private bool TryReadPunctuation(char c)
    {
        var start = _at;
        if (c == '.' && Peek(1) == '.' && Peek(2) == '.')
        {
            _at += 3;
            Add(TokenKind.Ellipsis, start);
            return true;
        }

        var kind = OfTwo(c, Peek(1));
        _at += 2;
        if (kind == TokenKind.Bad)
        {
            kind = OfOne(c);
            _at--;
        }

        if (kind == TokenKind.Bad)
        {
            _at = start;
            return false;
        }

        if (!TryEndHole(kind, start))
        {
            Add(kind, start);
        }

        return true;
    }

    private static TokenKind OfTwo(char c, char next) => (c, next) switch
    {
        ('?', '?') => TokenKind.DoubleQuestion,
        (':', ':') => TokenKind.DoubleColon,
        ('=', '=') => TokenKind.Equals,
        ('=', '~') => TokenKind.EqualsIgnoringCase,
        ('=', '>') => TokenKind.Arrow,
        ('!', '=') => TokenKind.NotEquals,
        ('!', '~') => TokenKind.NotEqualsIgnoringCase,
        ('<', '=') => TokenKind.LessOrEqual,
        ('>', '=') => TokenKind.GreaterOrEqual,
        ('&', '&') => TokenKind.And,
        ('|', '|') => TokenKind.Or,
        _ => TokenKind.Bad,
    };

    private static TokenKind OfOne(char c) => c switch
    {
        '@' => TokenKind.At,
        '{' => TokenKind.LeftBrace,
        '}' => TokenKind.RightBrace,
        '(' => TokenKind.LeftParenthesis,
        ')' => TokenKind.RightParenthesis,
        '[' => TokenKind.LeftSquare,
        ']' => TokenKind.RightSquare,
        ',' => TokenKind.Comma,
        '.' => TokenKind.Dot,
        '?' => TokenKind.Question,
        ':' => TokenKind.Colon,
        ';' => TokenKind.Semicolon,
        '=' => TokenKind.Assignment,
        '+' => TokenKind.Plus,
        '-' => TokenKind.Minus,
        '%' => TokenKind.Percent,
        '*' => TokenKind.Asterisk,
        '/' => TokenKind.Slash,
        '^' => TokenKind.Caret,
        '!' => TokenKind.Exclamation,
        '<' => TokenKind.Less,
        '>' => TokenKind.Greater,
        '|' => TokenKind.Pipe,
        _ => TokenKind.Bad,
    };

    private void ReadBad()
    {
        var start = _at;
        if (_text[start] == '"')
        {
            // The whole JSON string at once: its inside read as code would only give more messages.
            var length = _text.AsSpan(start + 1).IndexOfAny('"', '\r', '\n');
            _at = length < 0 ? _text.Length : start + 1 + length;
            _at += Peek(0) == '"' ? 1 : 0;
            Report(start, _at, "a string in double quotes", "Write strings in single quotes: 'text'.");
        }
        else
        {
            var c = _text[start];
            do
            {
                _at++;
            }
            while (_at < _text.Length && (IsBad(_text[_at]) || _text[_at] == c));

            var shown = char.IsControl(c) || char.IsWhiteSpace(c) || char.IsSurrogate(c) ? $"the character U+{(int)c:X4}" : $"'{c}'";
            Report(start, _at, $"{shown} cannot stand here", "Remove it, or put it into a string in single quotes.");
        }

        Add(TokenKind.Bad, start);
    }

    private static bool IsBad(char c) =>
        OfOne(c) == TokenKind.Bad && !IsWordStart(c) && !char.IsAsciiDigit(c) && c is not (' ' or '\t' or '\r' or '\n' or '\'' or '"' or '$' or '&' or '#');

    private static bool IsWordStart(char c) => char.IsAsciiLetter(c) || c == '_';

    private char Peek(int ahead) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private void Add(TokenKind kind, int start, string? text = null) =>
        _tokens.Add(new Token(kind, TextSpan.FromBounds(start, _at), text));

    private void Report(int start, int end, string message, string fix) =>
        _problems.Add(new Problem(new Place(_source, TextSpan.FromBounds(start, end)), "not valid Bicep: " + message, fix, IsFatal: true));
}
