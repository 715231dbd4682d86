using System.Buffers;
using System.Globalization;
using System.Text;
using DeployGate.Core.Text;

namespace DeployGate.Templates.BicepFiles.Syntax;

/// <summary>Strings. A string with holes is several tokens; the code in a hole is lexed like any other.</summary>
internal sealed partial class BicepLexer
{
    private static readonly SearchValues<char> s_singleLineStops = SearchValues.Create("'\\$\r\n");
    private static readonly SearchValues<char> s_hexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private readonly Stack<Hole> _holes = new();

    /// <summary>A hole that is open: the <c>$</c> signs of its multi-line string (0: a single-line one), the braces open inside it.</summary>
    private readonly record struct Hole(int Dollars, int Braces);

    private bool OpensMultiLine()
    {
        var quotes = _text.AsSpan(_at).IndexOfAnyExcept('$');
        return quotes >= 0 && _text.AsSpan(_at + quotes).StartsWith("'''");
    }

    private void ReadString()
    {
        var start = _at;
        var dollars = _text.AsSpan(_at).IndexOf('\'');
        _at += dollars + 1;
        if (Peek(0) == '\'' && Peek(1) == '\'')
        {
            _at += 2;
            _at += (Peek(0), Peek(1)) switch { ('\r', '\n') => 2, ('\r' or '\n', _) => 1, _ => 0 };
            ReadMultiLine(start, dollars, continues: false);
        }
        else
        {
            ReadSingleLine(start, continues: false);
        }
    }

    /// <summary>Counts the braces in a hole; the one that closes the hole begins the next piece of its string.</summary>
    private bool TryEndHole(TokenKind kind, int start)
    {
        if (kind is not (TokenKind.LeftBrace or TokenKind.RightBrace) || !_holes.TryPop(out var hole))
        {
            return false;
        }

        if (kind == TokenKind.LeftBrace || hole.Braces > 0)
        {
            _holes.Push(hole with { Braces = hole.Braces + (kind == TokenKind.LeftBrace ? 1 : -1) });
            return false;
        }

        if (hole.Dollars > 0)
        {
            ReadMultiLine(start, hole.Dollars, continues: true);
        }
        else
        {
            ReadSingleLine(start, continues: true);
        }

        return true;
    }

    private void ReadSingleLine(int start, bool continues)
    {
        StringBuilder? decoded = null;
        var plain = _at;
        while (true)
        {
            var length = _text.AsSpan(_at).IndexOfAny(s_singleLineStops);
            _at = length < 0 ? _text.Length : _at + length;
            if (Peek(0) == '\\')
            {
                decoded = (decoded ?? new StringBuilder()).Append(_text, plain, _at - plain);
                ReadEscape(decoded);
                plain = _at;
                continue;
            }

            if (Peek(0) == '$' && Peek(1) != '{')
            {
                _at++;
                continue;
            }

            var text = decoded is null ? RecentTexts.Of(_text.AsSpan(plain, _at - plain)) : decoded.Append(_text, plain, _at - plain).ToString();
            EndSingleLine(start, continues, text);
            return;
        }
    }

    private void EndSingleLine(int start, bool continues, string text)
    {
        if (Peek(0) == '$')
        {
            _at += 2;
            _holes.Push(new Hole(0, 0));
            Add(continues ? TokenKind.StringMiddle : TokenKind.StringStart, start, text);
            return;
        }

        if (Peek(0) == '\'')
        {
            _at++;
        }
        else
        {
            Report(start, start + 1, "a string that begins or goes on here is not closed on its line", "Add the closing single quote, or write \\n for a line end, or use '''.");
        }

        Add(continues ? TokenKind.StringEnd : TokenKind.String, start, text);
    }

    private void ReadEscape(StringBuilder decoded)
    {
        var start = _at;
        var c = Peek(1);
        if (c == 'u' && TryReadCodePoint(decoded))
        {
            return;
        }

        char? meant = c switch { '\\' or '\'' or '$' => c, 'n' => '\n', 'r' => '\r', 't' => '\t', _ => null };
        _at += meant is null ? 1 : 2;
        decoded.Append(meant ?? '\\');
        if (meant is null)
        {
            var end = c is '\0' or '\r' or '\n' ? _at : _at + 1;
            Report(start, end, $"unknown escape '{_text[start..end]}' in a string", "Write \\\\ for a backslash; the escapes are \\\\ \\' \\n \\r \\t \\$ \\u{hex digits}.");
        }
    }

    private bool TryReadCodePoint(StringBuilder decoded)
    {
        var digits = _text.AsSpan(Math.Min(_at + 3, _text.Length));
        var length = digits.IndexOfAnyExcept(s_hexDigits);
        if (Peek(2) != '{' || length is < 1 or > 6 || digits[length] != '}')
        {
            return false;
        }

        var number = uint.Parse(digits[..length], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        if (!Rune.TryCreate(number, out var rune))
        {
            return false;
        }

        decoded.Append(rune);
        _at += 3 + length + 1;
        return true;
    }

    private void ReadMultiLine(int start, int dollars, bool continues)
    {
        var begin = _at;
        while (true)
        {
            var length = dollars == 0 ? _text.AsSpan(_at).IndexOf('\'') : _text.AsSpan(_at).IndexOfAny('\'', '$');
            if (length < 0)
            {
                var quotes = continues ? 1 : dollars + 3;
                Report(start, start + quotes, "a multi-line string that begins or goes on here is never closed", "Add ''' at its end.");
                _at = _text.Length;
                Add(continues ? TokenKind.StringEnd : TokenKind.String, start, _text[begin..]);
                return;
            }

            var run = _at + length;
            var c = _text[run];
            var others = _text.AsSpan(run).IndexOfAnyExcept(c);
            _at = others < 0 ? _text.Length : run + others;
            if (c == '\'' && _at - run >= 3)
            {
                // A longer run of quotes closes with its last three.
                Add(continues ? TokenKind.StringEnd : TokenKind.String, start, _text[begin..(_at - 3)]);
                return;
            }

            if (c == '$' && _at - run >= dollars && Peek(0) == '{')
            {
                var text = _text[begin..(_at - dollars)];
                _at++;
                _holes.Push(new Hole(dollars, 0));
                Add(continues ? TokenKind.StringMiddle : TokenKind.StringStart, start, text);
                return;
            }
        }
    }
}
