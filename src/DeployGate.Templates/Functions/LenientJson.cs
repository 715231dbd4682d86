using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Functions;

/// <summary>
/// Reads JSON as leniently as Newtonsoft.Json, with which Azure reads the argument of <c>json()</c>: single quotes, names
/// without quotes, comments, a comma too many, hexadecimal numbers. Problems tell the place only, since the text may be secret.
/// </summary>
internal ref partial struct LenientJson
{
    private readonly ReadOnlySpan<char> _text;
    private int _at;
    private int _nodes;
    private string? _problem;

    private LenientJson(ReadOnlySpan<char> text) => _text = text;

    /// <summary>Reads one value; an empty text is null. False with a reason when the text is not JSON or exceeds the limits.</summary>
    internal static bool TryParse(string text, [NotNullWhen(true)] out Value? value, [NotNullWhen(false)] out string? problem)
    {
        var reader = new LenientJson(text);
        value = reader.ReadAll();
        problem = reader._problem;
        return value is not null && problem is null;
    }

    /// <summary>True when the text is a JSON number.</summary>
    internal static bool IsNumber(string text)
    {
        var reader = new LenientJson(text);
        return text.Length > 0 && (text[0] == '-' || char.IsAsciiDigit(text[0])) && reader.ReadNumber() is not null
            && reader._at == text.Length && !text.Contains('x', StringComparison.OrdinalIgnoreCase);
    }

    private Value? ReadAll()
    {
        if (!SkipSpace())
        {
            return null;
        }

        if (_at == _text.Length)
        {
            return NullValue.Instance;
        }

        var value = Read(0);
        if (value is not null && SkipSpace() && _at < _text.Length)
        {
            return Stop("more text follows the value");
        }

        return value;
    }

    private Value? Stop(string problem)
    {
        _problem ??= string.Create(CultureInfo.InvariantCulture, $"{problem} (at character {_at + 1})");
        return null;
    }

    private Value? Read(int level)
    {
        if (++_nodes > FunctionLimits.Nodes || level > FunctionLimits.JsonDepth)
        {
            return Stop(level > FunctionLimits.JsonDepth ? $"more than {FunctionLimits.JsonDepth} levels" : "too many values");
        }

        if (_at == _text.Length)
        {
            return Stop("the text ends too early");
        }

        switch (_text[_at])
        {
            case '{':
                return ReadObject(level);
            case '[':
                return ReadArray(level);
            case '"' or '\'':
                return ReadText() is { } text ? new StringValue(text) : null;
            case '-' or '.' or (>= '0' and <= '9'):
                return ReadNumber();
            default:
                return ReadWord();
        }
    }

    private Value? ReadWord()
    {
        var end = _at;
        while (end < _text.Length && char.IsAsciiLetter(_text[end]))
        {
            end++;
        }

        Value? word = _text[_at..end] switch
        {
            "true" => new BoolValue(true),
            "false" => new BoolValue(false),
            "null" => NullValue.Instance,
            _ => null,
        };
        if (word is null)
        {
            return Stop("a value was expected");
        }

        _at = end;
        return word;
    }

    private Value? ReadArray(int level)
    {
        var items = ImmutableArray.CreateBuilder<Value>();
        _at++;
        while (SkipSpace())
        {
            if (Take(']'))
            {
                return new ArrayValue(items.ToImmutable());
            }

            if (items.Count >= FunctionLimits.Items)
            {
                return Stop($"an array of more than {FunctionLimits.Items} items");
            }

            if (Read(level + 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
            if (!SkipSpace() || (!Take(',') && !Sees(']')))
            {
                return Stop("',' or ']' was expected");
            }
        }

        return null;
    }

    private Value? ReadObject(int level)
    {
        var members = new List<Member>();
        _at++;
        while (SkipSpace())
        {
            if (Take('}'))
            {
                return ObjectValue.From(members);
            }

            if (members.Count >= FunctionLimits.Items)
            {
                return Stop($"an object of more than {FunctionLimits.Items} members");
            }

            if (ReadName() is not { } name || !SkipSpace())
            {
                return null;
            }

            if (!Take(':'))
            {
                return Stop("':' was expected");
            }

            if (!SkipSpace() || Read(level + 1) is not { } value)
            {
                return null;
            }

            members.Add(new Member(name, value));
            if (!SkipSpace() || (!Take(',') && !Sees('}')))
            {
                return Stop("',' or '}' was expected");
            }
        }

        return null;
    }
}
