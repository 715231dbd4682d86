using System.Collections.Immutable;
using System.Globalization;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Json;

/// <summary>What reading gave: the value unless the text is broken, and what is wrong with it.</summary>
internal sealed record JsonDocument(Value? Root, ImmutableArray<Problem> Problems);

/// <summary>
/// Reads the JSON that Azure Resource Manager reads: comments, line ends inside strings, trailing commas and repeated names
/// are accepted. Each value knows its place. The first error ends the reading; depth is bounded.
/// </summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax"/>
internal sealed class JsonReader
{
    /// <summary>Deeper than any template Azure accepts, shallow enough for the stack.</summary>
    internal const int MaxDepth = 256;

    private const int MostRemarks = 100;

    private readonly SourceText _source;
    private readonly string _text;
    private readonly ImmutableArray<Problem>.Builder _problems = ImmutableArray.CreateBuilder<Problem>();
    private int _at;
    private int _depth;
    private bool _failed;
    private int _remarks;

    private JsonReader(SourceText source)
    {
        _source = source;
        _text = source.Content;
    }

    /// <summary>Reads a whole text; one value with nothing after it.</summary>
    internal static JsonDocument Read(SourceText source)
    {
        var reader = new JsonReader(source);
        reader.SkipTrivia();
        var root = reader.ReadValue();
        reader.SkipTrivia();
        if (!reader._failed && reader._at < reader._text.Length)
        {
            reader.Fail(reader._at, 1, "text after the end of the JSON value", "Remove it, or add what is missing before it.");
        }

        return new JsonDocument(reader._failed ? null : root, reader._problems.ToImmutable());
    }

    private Value ReadValue()
    {
        if (_at >= _text.Length)
        {
            return Fail(_at, 0, "the text ends where a JSON value is expected", "Complete the file: it looks cut off.");
        }

        return _text[_at] switch
        {
            '{' => ReadObject(),
            '[' => ReadArray(),
            '"' => ReadString(),
            '-' or (>= '0' and <= '9') => ReadNumber(),
            _ => ReadWord(),
        };
    }

    private Value ReadObject()
    {
        var start = _at++;
        if (++_depth > MaxDepth)
        {
            return TooDeep(start);
        }

        var members = new List<Member>();
        while (!_failed)
        {
            SkipTrivia();
            if (TryTake('}'))
            {
                break;
            }

            if (Peek() != '"')
            {
                return Fail(_at, 1, $"expected a name in double quotes or '}}', found {Found()}", "Write \"name\": value, and a comma between members.");
            }

            var name = ReadString();
            SkipTrivia();
            if (!_failed && !TryTake(':'))
            {
                return Fail(_at, 1, $"expected ':' after the name, found {Found()}", "Write \"name\": value.");
            }

            SkipTrivia();
            var value = ReadValue();
            if (_failed)
            {
                return value;
            }

            members.Add(new Member(((StringValue)name).Text, value, name.Origin!.Place));
            EndItem('}', "member");
        }

        _depth--;
        return Unique(members) with { Origin = From(start) };
    }

    private Value ReadArray()
    {
        var start = _at++;
        if (++_depth > MaxDepth)
        {
            return TooDeep(start);
        }

        var items = ImmutableArray.CreateBuilder<Value>();
        while (!_failed)
        {
            SkipTrivia();
            if (TryTake(']'))
            {
                break;
            }

            var value = ReadValue();
            if (_failed)
            {
                return value;
            }

            items.Add(value);
            EndItem(']', "item");
        }

        _depth--;
        return new ArrayValue(items.ToImmutable()) { Origin = From(start) };
    }

    private void EndItem(char close, string what)
    {
        SkipTrivia();
        var comma = _at;
        if (TryTake(','))
        {
            SkipTrivia();
            if (Peek() == close)
            {
                Remark(comma, 1, "a comma before the closing bracket", "Remove it: other tools refuse the file.");
            }
        }
        else if (!_failed && Peek() != close)
        {
            Fail(_at, 1, $"expected ',' or '{close}' after the {what}, found {Found()}", $"Add the missing comma or bracket before this place.");
        }
    }

    private Value ReadString()
    {
        var start = _at++;
        var plain = _text.AsSpan(_at).IndexOfAny('"', '\\');
        if (plain >= 0 && _text[_at + plain] == '"')
        {
            var content = _text.Substring(_at, plain);
            _at += plain + 1;
            return new StringValue(content) { Origin = From(start) };
        }

        var decoded = JsonEscapes.Decode(_text, _at, out var end, out var badEscape);
        if (badEscape >= 0)
        {
            return Fail(badEscape, 2, "an unknown escape in a string", "Write \\\\ for a backslash; the escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX.");
        }

        if (decoded is null)
        {
            return Fail(start, 1, "a string that begins here is never closed", "Add the closing double quote.");
        }

        _at = end;
        return new StringValue(decoded) { Origin = From(start) };
    }

    private Value ReadNumber()
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] is '-' or '+' or '.' or 'e' or 'E' or (>= '0' and <= '9'))
        {
            _at++;
        }

        var lexeme = _text[start.._at];
        if (long.TryParse(lexeme, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && lexeme[0] != '+')
        {
            return new IntValue(number) { Origin = From(start) };
        }

        return double.TryParse(lexeme, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
            ? new FloatValue(real, lexeme) { Origin = From(start) }
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
            "true" => new BoolValue(true),
            "false" => new BoolValue(false),
            "null" => NullValue.Instance,
            _ => null,
        };
        if (value is not null)
        {
            return value with { Origin = From(start) };
        }

        _at = start;
        return Fail(start, 1, $"expected a JSON value, found {Found()}", "A value is a string in double quotes, a number, an object, an array, true, false or null.");
    }

    private ObjectValue Unique(List<Member> members)
    {
        var seen = new HashSet<string>(members.Count, StringComparer.Ordinal);
        var repeated = false;
        foreach (var member in members)
        {
            if (!seen.Add(member.Name))
            {
                repeated = true;
                Remark(member.NamePlace!.Span.Start, member.NamePlace.Span.Length, $"the name \"{member.Name}\" is used twice in this object; the last one counts", "Remove one of them.");
            }
        }

        return repeated ? ObjectValue.From(members) : new ObjectValue([.. members]);
    }

    private void SkipTrivia()
    {
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c is ' ' or '\t' or '\r' or '\n' or '\uFEFF' or '\u00A0')
            {
                _at++;
            }
            else if (c == '/' && _at + 1 < _text.Length && _text[_at + 1] == '/')
            {
                var end = _text.AsSpan(_at).IndexOfAny('\r', '\n');
                _at = end < 0 ? _text.Length : _at + end;
            }
            else if (c == '/' && _at + 1 < _text.Length && _text[_at + 1] == '*')
            {
                var end = _text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
                if (end < 0)
                {
                    Fail(_at, 2, "a comment that begins here is never closed", "Add */ at its end.");
                    _at = _text.Length;
                    return;
                }

                _at = end + 2;
            }
            else
            {
                return;
            }
        }
    }

    private char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private bool TryTake(char c)
    {
        if (Peek() != c || _at >= _text.Length)
        {
            return false;
        }

        _at++;
        return true;
    }

    private string Found() => _at >= _text.Length ? "the end of the file" : $"'{_text[_at]}'";

    private Origin From(int start) => new(new Place(_source, TextSpan.FromBounds(start, _at)));

    private NullValue TooDeep(int start) =>
        Fail(start, 1, $"objects and arrays are nested more than {MaxDepth} deep", "Azure accepts no such template: flatten it.");

    private NullValue Fail(int start, int length, string message, string fix)
    {
        if (!_failed)
        {
            _failed = true;
            // What is missing at the end of the file stands behind its last character: nothing is left to point at.
            var span = new TextSpan(start, Math.Min(length, _text.Length - start));
            _problems.Add(new Problem(new Place(_source, span), "not valid JSON: " + message, fix, IsFatal: true));
        }

        return NullValue.Instance;
    }

    private void Remark(int start, int length, string message, string fix)
    {
        // A megabyte of commas would be as many remarks, and each of them quotes its line.
        if (_remarks++ < MostRemarks)
        {
            var more = _remarks == MostRemarks ? "; more such remarks of this file are left out" : "";
            _problems.Add(new Problem(new Place(_source, new TextSpan(start, length)), message + more, fix, IsFatal: false));
        }
    }
}
