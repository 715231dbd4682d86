using System.Collections.Immutable;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Expressions;

/// <summary>
/// Parses the expressions of both hosts: GitHub's language has operators, Azure's has none and calls functions instead; all
/// else is the same. Never throws: what cannot be parsed is a <see cref="BrokenExpression"/>.
/// </summary>
internal sealed class ExpressionParser
{
    private const int Longest = 21_000;
    private const int Deepest = 50;

    // Members of members, and operands in a row: each is a level of the tree, and keeps the text before it.
    private const int LongestRow = 1_000;

    private readonly string _text;
    private readonly bool _hasOperators;
    private int _at;
    private int _depth;
    private string? _error;

    private ExpressionParser(string text, bool hasOperators)
    {
        (_text, _hasOperators) = (text, hasOperators);
    }

    /// <summary>Parses a whole expression, without <c>${{ }}</c> around it.</summary>
    internal static Expression Parse(string text, bool hasOperators)
    {
        if (text.Length > Longest)
        {
            return new BrokenExpression($"the expression is longer than {Longest} characters", text[..80]);
        }

        var parser = new ExpressionParser(text, hasOperators);
        var expression = parser.Or();
        parser.SkipBlanks();
        if (parser._at < text.Length)
        {
            parser.Fail($"'{text[parser._at]}' was not expected at character {parser._at + 1}");
        }

        return parser._error is null ? expression : new BrokenExpression(parser._error, text.Trim());
    }

    private Expression Or() => Binary(And, "||");

    private Expression And() => Binary(Comparison, "&&");

    private Expression Comparison() => Binary(Unary, "==", "!=", "<=", ">=", "<", ">");

    private Expression Binary(Func<Expression> operand, params ReadOnlySpan<string> operators)
    {
        SkipBlanks();
        var start = _at;
        var left = operand();
        for (var row = 0; _hasOperators && _error is null && TakeOperator(operators) is { } found; row++)
        {
            Limit(row);
            var right = operand();
            left = new BinaryExpression(found, left, right, Since(start));
        }

        return left;
    }

    private string? TakeOperator(ReadOnlySpan<string> operators)
    {
        SkipBlanks();
        foreach (var candidate in operators)
        {
            if (_text.AsSpan(_at).StartsWith(candidate, StringComparison.Ordinal))
            {
                _at += candidate.Length;
                return candidate;
            }
        }

        return null;
    }

    private Expression Unary()
    {
        SkipBlanks();
        var start = _at;
        if (_hasOperators && Peek() == '!' && Peek(1) != '=')
        {
            _at++;
            return Nested(() => new NotExpression(Unary(), Since(start)));
        }

        return Postfix(start);
    }

    private Expression Postfix(int start)
    {
        var expression = Primary();
        for (var row = 0; _error is null; row++)
        {
            Limit(row);
            SkipBlanks();
            if (Peek() == '[')
            {
                _at++;
                SkipBlanks();
                var each = Take("*");
                var index = each ? null : Nested(Or);
                Expect(']');
                expression = index is null ? new EachExpression(expression, Since(start)) : new AccessExpression(expression, index, Since(start));
            }
            else if (Peek() == '.')
            {
                _at++;
                SkipBlanks();
                expression = Take("*") ? new EachExpression(expression, Since(start)) : new AccessExpression(expression, new LiteralExpression(new StringValue(Name()), ""), Since(start));
            }
            else
            {
                break;
            }
        }

        return expression;
    }

    private Expression Primary()
    {
        var start = _at;
        switch (Peek())
        {
            case '(':
                _at++;
                var inner = Nested(Or);
                Expect(')');
                return inner;
            case '\'':
                return new LiteralExpression(new StringValue(Quoted()), Since(start));
            case >= '0' and <= '9' or '-' or '+' or '.':
                return Number();
            default:
                var name = Name();
                SkipBlanks();
                return Peek() == '(' ? new CallExpression(name, Arguments(), Since(start)) : Word(name);
        }
    }

    private static Expression Word(string name) => name switch
    {
        "null" => new LiteralExpression(NullValue.Instance, name),
        "true" or "True" => new LiteralExpression(new BoolValue(true), name),
        "false" or "False" => new LiteralExpression(new BoolValue(false), name),
        "NaN" or "Infinity" => new LiteralExpression(new FloatValue(name == "NaN" ? double.NaN : double.PositiveInfinity, name), name),
        _ => new NameExpression(name, name),
    };

    private ImmutableArray<Expression> Arguments()
    {
        var arguments = ImmutableArray.CreateBuilder<Expression>();
        _at++;
        SkipBlanks();
        while (_error is null && Peek() != ')')
        {
            arguments.Add(Nested(Or));
            SkipBlanks();
            if (!Take(","))
            {
                break;
            }

            SkipBlanks();
        }

        Expect(')');
        return arguments.ToImmutable();
    }

    private LiteralExpression Number()
    {
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() is '.' or '+' or '-')
        {
            _at++;
        }

        var lexeme = _text[start.._at];
        var value = Numbers.Parse(lexeme);
        if (value is null && !lexeme.All(character => char.IsAsciiDigit(character) || character == '.'))
        {
            Fail($"'{lexeme}' is not a number");
        }

        // A version such as 1.2.3 compares as text well enough.
        return new LiteralExpression(value ?? new StringValue(lexeme), lexeme);
    }

    private string Quoted()
    {
        var text = new System.Text.StringBuilder();
        _at++;
        while (_at < _text.Length)
        {
            if (_text[_at] != '\'')
            {
                text.Append(_text[_at++]);
            }
            else if (Peek(1) == '\'')
            {
                text.Append('\'');
                _at += 2;
            }
            else
            {
                _at++;
                return text.ToString();
            }
        }

        Fail("a string is not closed");
        return text.ToString();
    }

    private string Name()
    {
        var start = _at;
        while (char.IsLetterOrDigit(Peek()) || Peek() is '_' or '-')
        {
            _at++;
        }

        if (_at == start)
        {
            Fail(_at < _text.Length ? $"'{_text[_at]}' was not expected at character {_at + 1}" : "the expression ends too early");
        }

        return _text[start.._at];
    }

    private Expression Nested(Func<Expression> parse)
    {
        if (_depth >= Deepest)
        {
            Fail($"the expression nests deeper than {Deepest} levels");
        }

        if (_error is not null)
        {
            return new BrokenExpression(_error, "");
        }

        _depth++;
        var expression = parse();
        _depth--;
        return expression;
    }

    private char Peek(int ahead = 0) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private bool Take(string text)
    {
        if (!_text.AsSpan(_at).StartsWith(text, StringComparison.Ordinal))
        {
            return false;
        }

        _at += text.Length;
        return true;
    }

    private void Expect(char expected)
    {
        SkipBlanks();
        if (Peek() == expected)
        {
            _at++;
        }
        else
        {
            Fail($"'{expected}' is missing");
        }
    }

    private void SkipBlanks()
    {
        while (char.IsWhiteSpace(Peek()))
        {
            _at++;
        }
    }

    private void Limit(int row) => _error ??= row == LongestRow ? $"the expression has more than {LongestRow} parts in a row" : null;

    private string Since(int start) => _text[start.._at].Trim();

    private void Fail(string message) => _error ??= message;
}
