using System.Globalization;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Json;

/// <summary>Strings, numbers and words.</summary>
internal sealed partial class JsonReader
{
    private Value ReadString()
    {
        var start = _at;
        return ReadText() is { } text ? new StringValue(text) { WrittenAt = From(start) } : NullValue.Instance;
    }

    // The text of the string that begins here; null when it is broken, which was told then.
    private string? ReadText()
    {
        var start = _at++;
        var plain = _text.AsSpan(_at).IndexOfAny('"', '\\');
        if (plain >= 0 && _text[_at + plain] == '"')
        {
            var content = _text.AsSpan(_at, plain);
            _at += plain + 1;
            return RecentTexts.Of(content);
        }

        var decoded = JsonEscapes.Decode(_text, _at, out var end, out var badEscape);
        if (badEscape >= 0)
        {
            Fail(badEscape, 2, "an unknown escape in a string", "Write \\\\ for a backslash; the escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX.");
            return null;
        }

        if (decoded is null)
        {
            Fail(start, 1, "a string that begins here is never closed", "Add the closing double quote.");
            return null;
        }

        _at = end;
        return decoded;
    }

    private Value ReadNumber()
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] is '-' or '+' or '.' or 'e' or 'E' or (>= '0' and <= '9'))
        {
            _at++;
        }

        if (_text[start] != '+' && long.TryParse(_text.AsSpan(start, _at - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return new IntValue(number) { WrittenAt = From(start) };
        }

        var lexeme = _text[start.._at];
        return double.TryParse(lexeme, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
            ? new FloatValue(real, lexeme) { WrittenAt = From(start) }
            : Fail(start, lexeme.Length, $"'{lexeme}' is not a number", "Write a decimal number, or quote it as a string.");
    }

    private Value ReadWord()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiLetter(_text[_at]))
        {
            _at++;
        }

        Value? value = _text.AsSpan(start, _at - start) switch
        {
            "true" => new BoolValue(true) { WrittenAt = From(start) },
            "false" => new BoolValue(false) { WrittenAt = From(start) },
            "null" => new NullValue { WrittenAt = From(start) },
            _ => null,
        };
        if (value is not null)
        {
            return value;
        }

        _at = start;
        return Fail(start, 1, $"expected a JSON value, found {Found()}", "A value is a string in double quotes, a number, an object, an array, true, false or null.");
    }
}
