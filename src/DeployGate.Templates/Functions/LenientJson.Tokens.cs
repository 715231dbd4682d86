using System.Globalization;
using System.Text;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Functions;

/// <summary>Names, strings, numbers and comments.</summary>
internal ref partial struct LenientJson
{
    private string? ReadName()
    {
        if (Sees('"') || Sees('\''))
        {
            return ReadText();
        }

        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '$'))
        {
            _at++;
        }

        if (_at == start)
        {
            Stop("a member's name was expected");
            return null;
        }

        return _text[start.._at].ToString();
    }

    private string? ReadText()
    {
        var quote = _text[_at++];
        var text = new StringBuilder();
        while (true)
        {
            var length = _text[_at..].IndexOfAny(quote, '\\');
            if (length < 0)
            {
                Stop("a string has no end");
                return null;
            }

            text.Append(_text.Slice(_at, length));
            _at += length + 1;
            if (_text[_at - 1] == quote)
            {
                return text.ToString();
            }

            if (ReadEscape() is not { } character)
            {
                Stop("an escape that JSON does not have");
                return null;
            }

            text.Append(character);
        }
    }

    private char? ReadEscape()
    {
        if (_at == _text.Length)
        {
            return null;
        }

        switch (_text[_at++])
        {
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case var same and ('"' or '\'' or '\\' or '/'):
                return same;
            case 'u' when _at + 4 <= _text.Length
                && ushort.TryParse(_text.Slice(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _at += 4;
                return (char)code;
            default:
                return null;
        }
    }

    private Value? ReadNumber()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '+' or '-' or '.'))
        {
            _at++;
        }

        var lexeme = _text[start.._at];
        if (lexeme.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return long.TryParse(lexeme[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex)
                ? new IntValue(hex)
                : Stop("a hexadecimal number of 64 bits was expected");
        }

        // Newtonsoft.Json takes 010 for eight, JSON forbids it: no template should depend on either.
        var digits = lexeme.TrimStart('-');
        var isBareFraction = digits is ['.', >= '0' and <= '9', ..];
        if (lexeme.Length - digits.Length > 1 || digits.IsEmpty || (!char.IsAsciiDigit(digits[0]) && !isBareFraction)
            || (digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit(digits[1])))
        {
            return Stop("a number was expected");
        }

        if (long.TryParse(lexeme, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return new IntValue(number);
        }

        const NumberStyles Fraction = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return char.IsAsciiDigit(lexeme[^1]) && double.TryParse(lexeme, Fraction, CultureInfo.InvariantCulture, out var fraction)
            ? new FloatValue(fraction, isBareFraction ? lexeme.ToString().Replace(".", "0.", StringComparison.Ordinal) : lexeme.ToString())
            : Stop("a number was expected");
    }

    private bool Sees(char sought) => _at < _text.Length && _text[_at] == sought;

    private bool Take(char sought)
    {
        if (!Sees(sought))
        {
            return false;
        }

        _at++;
        return true;
    }

    // Moves over white space and comments; false when a comment is not one.
    private bool SkipSpace()
    {
        while (_at < _text.Length)
        {
            if (char.IsWhiteSpace(_text[_at]) || _text[_at] == '\ufeff')
            {
                _at++;
            }
            else if (_text[_at] != '/')
            {
                return true;
            }
            else if (!SkipComment())
            {
                Stop("a comment that is not one");
                return false;
            }
        }

        return true;
    }

    private bool SkipComment()
    {
        var rest = _text[(_at + 1)..];
        var (length, mark) = rest switch
        {
            ['/', ..] => (rest.IndexOfAny('\r', '\n'), 2),
            ['*', ..] => (rest[1..].IndexOf("*/"), 4),
            _ => (-1, 0),
        };
        if (mark == 0 || (mark == 4 && length < 0))
        {
            return false;
        }

        _at = length < 0 ? _text.Length : mark == 2 ? _at + 1 + length : _at + length + mark;
        return true;
    }
}
