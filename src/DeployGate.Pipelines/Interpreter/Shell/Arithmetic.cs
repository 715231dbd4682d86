using System.Globalization;

namespace DeployGate.Pipelines.Interpreter.Shell;

/// <summary>
/// The arithmetic of the shell on whole numbers, as far as it is plain: sums, products, remainders, brackets. Null for all else, such as
/// numbers of another base, shifts, comparisons and assignments.
/// </summary>
internal sealed class Arithmetic
{
    private const int Deepest = 50;

    private readonly string _text;
    private readonly Func<string, string?> _variable;
    private int _at;
    private int _depth;

    private Arithmetic(string text, Func<string, string?> variable) => (_text, _variable) = (text, variable);

    /// <summary>The value of an expression; <paramref name="variable"/> gives the text of a variable that is known.</summary>
    internal static long? Compute(string text, Func<string, string?> variable)
    {
        var reader = new Arithmetic(text, variable);
        var value = reader.Sum();
        reader.Blank();
        return reader._at == text.Length ? value : null;
    }

    private long? Sum()
    {
        var value = Product();
        for (var sign = Sign("+-"); sign != '\0'; sign = Sign("+-"))
        {
            value = (value, Product()) is ({ } left, { } right) ? Apply(sign, left, right) : null;
        }

        return value;
    }

    private long? Product()
    {
        var value = Operand();
        for (var sign = Sign("*/%"); sign != '\0'; sign = Sign("*/%"))
        {
            value = (value, Operand()) is ({ } left, { } right) ? Apply(sign, left, right) : null;
        }

        return value;
    }

    private long? Operand()
    {
        Blank();
        if (++_depth > Deepest || _at == _text.Length)
        {
            return null;
        }

        long? value = null;
        if (_text[_at] == '-' && _at + 1 < _text.Length && _text[_at + 1] != '-')
        {
            _at++;
            value = -Operand();
        }
        else if (_text[_at] == '(')
        {
            _at++;
            value = Sum();
            value = Sign(")") == ')' ? value : null;
        }
        else if (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '_')
        {
            value = Word();
        }

        _depth--;
        return value;
    }

    private long? Word()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '_'))
        {
            _at++;
        }

        var word = _text[start.._at];
        return char.IsAsciiDigit(word[0]) ? Number(word) : _variable(word) is { } text ? Number(text.Trim()) : null;
    }

    // A zero in front makes a number octal.
    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && text.TrimStart('-') is "0" or ['1' or '2' or '3' or '4' or '5' or '6' or '7' or '8' or '9', ..] ? number : null;

    // What looks like one of these and goes on ("**", "+=", "--") is another operator.
    private char Sign(string signs)
    {
        Blank();
        var isSign = _at < _text.Length && signs.Contains(_text[_at], StringComparison.Ordinal);
        if (!isSign || (_text[_at] != ')' && _at + 1 < _text.Length && "*=+-/%".Contains(_text[_at + 1], StringComparison.Ordinal)))
        {
            return '\0';
        }

        return _text[_at++];
    }

    private void Blank()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t' or '\n')
        {
            _at++;
        }
    }

    private static long? Apply(char sign, long left, long right)
    {
        try
        {
            return sign switch
            {
                '+' => checked(left + right),
                '-' => checked(left - right),
                '*' => checked(left * right),
                '/' when right is not (0 or -1) => left / right,
                '%' when right is not (0 or -1) => left % right,
                _ => null,
            };
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
