using System.Buffers;
using System.Globalization;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates.Json;
using DeployGate.Templates.Model;

namespace DeployGate.Templates.Arm;

/// <summary>Parses what stands between the brackets of an ARM expression: calls, literals, member access, indexing.</summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions"/>
internal ref struct ArmExpressionParser
{
    private const int MaxDepth = 200;

    // The arguments of all calls that are being read, inner above outer: empty between expressions, and kept from one to the next.
    [ThreadStatic]
    private static List<Expression>? t_arguments;

    // What IsWordStart allows, and digits.
    private static readonly SearchValues<char> s_word = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_$");

    private readonly string _text;
    private readonly LazyPlace _whole;
    private readonly StringPlaces _places;
    private readonly int _end;
    private readonly List<Expression> _arguments;
    private int _at;
    private int _depth;
    private string? _error;
    private int _errorAt;

    private ArmExpressionParser(LazyPlace whole, string text)
    {
        (_whole, _text, _at, _end) = (whole, text, 1, text.Length - 1);
        _places = StringPlaces.For(whole, text);
        _arguments = t_arguments ??= [];
        _arguments.Clear();
    }

    /// <summary>True when a JSON string is an expression: it stands in single square brackets.</summary>
    internal static bool IsExpression(string text) => text is ['[', not '[', .., ']'] or "[]";

    /// <summary>The text that a JSON string means when it is no expression: <c>[[x]</c> is an escaped <c>[x]</c>.</summary>
    internal static string Unescape(string text) => text is ['[', '[', .., ']'] ? text[1..] : text;

    /// <summary>Parses a string for which <see cref="IsExpression"/> holds; broken text gives a <see cref="BrokenExpression"/>.</summary>
    internal static Expression Parse(LazyPlace whole, string text)
    {
        var parser = new ArmExpressionParser(whole, text);
        var parsed = parser.ParseExpression();
        parser.SkipSpace();
        if (parser._error is null && parser._at < parser._end)
        {
            parser.Fail($"text after the end of the expression: '{parser.Rest()}'");
        }

        return parser._error is null
            ? parsed.Where.Span == whole.Span ? parsed : parsed with { Where = whole }
            : new BrokenExpression(parser._places.Of(parser._errorAt, Math.Min(parser._errorAt + 1, parser._end)), text, parser._error);
    }

    private Expression ParseExpression()
    {
        if (++_depth > MaxDepth)
        {
            return Fail($"the expression is nested more than {MaxDepth} deep");
        }

        SkipSpace();
        var start = _at;
        var expression = ParsePrimary();
        while (_error is null)
        {
            SkipSpace();
            if (TryTake('.'))
            {
                expression = ParseMember(start, expression);
            }
            else if (TryTake('['))
            {
                expression = ParseIndex(start, expression);
            }
            else
            {
                break;
            }
        }

        _depth--;
        return expression;
    }

    private Expression ParseMember(int start, Expression target)
    {
        var isSafe = TryTake('?');
        SkipSpace();
        var name = TakeWord();
        return name.Length == 0
            ? Fail("expected a name after '.'")
            : new MemberExpression(Where(start), target, name, isSafe);
    }

    private Expression ParseIndex(int start, Expression target)
    {
        var isSafe = TryTake('?');
        var key = ParseExpression();
        SkipSpace();
        return !TryTake(']')
            ? Fail("expected ']' after the index")
            : new IndexExpression(Where(start), target, key, isSafe);
    }

    private Expression ParsePrimary()
    {
        if (_at >= _end)
        {
            return Fail("the expression ends where a value is expected");
        }

        var c = _text[_at];
        return c switch
        {
            '\'' => ParseString(),
            '-' or '+' or (>= '0' and <= '9') => ParseNumber(),
            _ when IsWordStart(c) => ParseCall(),
            _ => Fail($"'{c}' cannot stand here"),
        };
    }

    private Expression ParseString()
    {
        var start = _at++;
        var plain = _text.AsSpan(_at, _end - _at).IndexOf('\'');
        if (plain >= 0 && (_at + plain + 1 >= _end || _text[_at + plain + 1] != '\''))
        {
            _at += plain + 1;
            return Literal(start, new StringValue(RecentTexts.Of(_text.AsSpan(start + 1, plain))) { WrittenAt = _places.Of(start, _at) });
        }

        var text = new System.Text.StringBuilder();
        while (_at < _end)
        {
            var c = _text[_at++];
            if (c != '\'')
            {
                text.Append(c);
            }
            else if (_at < _end && _text[_at] == '\'')
            {
                text.Append('\'');
                _at++;
            }
            else
            {
                return Literal(start, new StringValue(text.ToString()) { WrittenAt = _places.Of(start, _at) });
            }
        }

        _at = start;
        return Fail("a string is never closed: a single quote is missing");
    }

    private Expression ParseNumber()
    {
        var start = _at++;
        while (_at < _end && char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }

        return long.TryParse(_text.AsSpan(start, _at - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? Literal(start, new IntValue(number) { WrittenAt = _places.Of(start, _at) })
            : Fail($"'{_text[start.._at]}' is not a 64-bit integer");
    }

    private Expression ParseCall()
    {
        var start = _at;
        var name = TakeWord();
        string? ns = null;
        SkipSpace();
        if (Peek() == '.')
        {
            _at++;
            ns = name;
            SkipSpace();
            name = TakeWord();
            SkipSpace();
        }

        if (!TryTake('('))
        {
            return Fail($"'{(ns is null ? name : $"{ns}.{name}")}' is not a function call: '(' is missing, or quotes around a string");
        }

        SkipSpace();
        if (TakeOnlyText() is { } text)
        {
            return new CallExpression(Where(start), ns, name, text);
        }

        var first = _arguments.Count;
        while (_error is null && !TryTake(')'))
        {
            if (_arguments.Count > first && !TryTake(','))
            {
                return Fail("expected ',' or ')' in the arguments");
            }

            _arguments.Add(ParseExpression());
            SkipSpace();
        }

        return new CallExpression(Where(start), ns, name, _arguments.TakeFrom(first));
    }

    // The text in 'text'), without quotes in it; null where something else stands here.
    private StringValue? TakeOnlyText()
    {
        if (Peek() != '\'' || _depth == MaxDepth)
        {
            return null;
        }

        var length = _text.AsSpan(_at + 1, _end - _at - 1).IndexOf('\'');
        var after = _at + length + 2;
        if (length < 0 || after >= _end || _text[after] != ')')
        {
            return null;
        }

        var text = new StringValue(RecentTexts.Of(_text.AsSpan(_at + 1, length))) { WrittenAt = _places.Of(_at, after) };
        _at = after + 1;
        return text;
    }

    private LiteralExpression Literal(int start, Value value) => new(Where(start), value);

    // An expression that is the whole string stands where the string stands.
    private readonly LazyPlace Where(int start) => _depth == 1 && _at == _end ? _whole : _places.Of(start, _at);

    private string TakeWord()
    {
        var rest = _text.AsSpan(_at, _end - _at);
        var length = rest.IndexOfAnyExcept(s_word);
        var word = length < 0 ? rest : rest[..length];
        _at += word.Length;
        return RecentTexts.Of(word);
    }

    private static bool IsWordStart(char c) => char.IsAsciiLetter(c) || c is '_' or '$';

    private readonly char Peek() => _at < _end ? _text[_at] : '\0';

    private bool TryTake(char c)
    {
        if (Peek() != c)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < _end && _text[_at] is ' ' or '\t' or '\r' or '\n')
        {
            _at++;
        }
    }

    private readonly string Rest()
    {
        var rest = _text[_at.._end];
        return rest.Length > 20 ? rest[..20] + "…" : rest;
    }

    private BrokenExpression Fail(string message)
    {
        if (_error is null)
        {
            (_error, _errorAt) = (message, Math.Min(_at, _end - 1));
        }

        return new BrokenExpression(_places.Of(_errorAt, _errorAt), "", message);
    }
}
