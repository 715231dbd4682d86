using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Lvm;

/// <summary>
/// Reads LVM's metadata text: <c>name = value</c> and <c>name { ... }</c>, where a value is a number, a text or a list of them.
/// Nesting and the number of values are bounded.
/// </summary>
/// <param name="text">The whole text.</param>
/// <param name="place">Where it comes from, for messages.</param>
internal sealed class LvmText(string text, string place)
{
    private const int DeepestNesting = 8;
    private const int MostValues = 200_000;

    private int _at;
    private int _values;

    internal static LvmNode.Section Parse(string text, string place) => new LvmText(text, place).Items(0, inBraces: false);

    private LvmNode.Section Items(int depth, bool inBraces)
    {
        var items = ImmutableArray.CreateBuilder<KeyValuePair<string, LvmNode>>();
        while (true)
        {
            SkipSpace();
            if (inBraces && TryTake('}'))
                return new LvmNode.Section(items.ToImmutable());

            if (_at == text.Length || text[_at] == '\0')
                return inBraces ? throw Expected("'}'") : new LvmNode.Section(items.ToImmutable());

            var name = Name();
            SkipSpace();
            items.Add(KeyValuePair.Create(name, NextItem(depth)));
        }
    }

    private LvmNode NextItem(int depth)
    {
        if (++_values > MostValues)
            throw Expected(FormattableString.Invariant($"at most {MostValues} values"));

        if (TryTake('='))
            return Value(depth);

        if (!TryTake('{'))
            throw Expected("'=' or '{'");

        return depth < DeepestNesting ? Items(depth + 1, inBraces: true) : throw Expected("less deep nesting");
    }

    private LvmNode Value(int depth)
    {
        SkipSpace();
        if (TryTake('['))
            return ListItems(depth);

        return _at < text.Length && text[_at] == '"' ? new LvmNode.TextValue(Quoted()) : NumberHere();
    }

    private LvmNode.ListValue ListItems(int depth)
    {
        if (depth >= DeepestNesting)
            throw Expected("less deep nesting");

        var items = ImmutableArray.CreateBuilder<LvmNode>();
        while (true)
        {
            SkipSpace();
            if (TryTake(']'))
                return new LvmNode.ListValue(items.ToImmutable());

            if (++_values > MostValues)
                throw Expected(FormattableString.Invariant($"at most {MostValues} values"));

            items.Add(Value(depth + 1));
            SkipSpace();
            TryTake(',');
        }
    }

    private LvmNode.NumberValue NumberHere()
    {
        var start = _at;
        while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || text[_at] is '-' or '+' or '.'))
            _at++;

        // Fractions occur in settings only; none of them is wanted here.
        var digits = text.AsSpan(start, _at - start);
        var point = digits.IndexOf('.');
        if (long.TryParse(point < 0 ? digits : digits[..point], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            return new LvmNode.NumberValue(value);

        _at = start;
        throw Expected("a value");
    }

    private string Quoted()
    {
        var result = new StringBuilder();
        for (_at++; _at < text.Length && text[_at] != '"'; _at++)
        {
            if (text[_at] == '\\' && _at + 1 < text.Length)
                _at++;

            result.Append(text[_at]);
        }

        return TryTake('"') ? result.ToString() : throw Expected("a closing quotation mark");
    }

    private string Name()
    {
        if (text[_at] == '"')
            return Quoted();

        var start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '_' or '-' or '.' or '+'))
            _at++;

        return _at > start ? text[start.._at] : throw Expected("a name");
    }

    private void SkipSpace()
    {
        while (_at < text.Length && (char.IsWhiteSpace(text[_at]) || text[_at] == '#'))
        {
            if (text[_at] == '#')
            {
                var end = text.IndexOf('\n', _at);
                _at = end < 0 ? text.Length : end;
            }
            else
            {
                _at++;
            }
        }
    }

    private bool TryTake(char wanted)
    {
        if (_at >= text.Length || text[_at] != wanted)
            return false;

        _at++;
        return true;
    }

    private DiskFaultException Expected(string what) => Fault.At(place, _at, what, _at < text.Length ? $"'{text[_at]}'" : "the end of the text");
}
