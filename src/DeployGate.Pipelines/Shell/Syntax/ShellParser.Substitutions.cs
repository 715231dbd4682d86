using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace DeployGate.Pipelines.Shell.Syntax;

/// <summary>What a dollar sign or a back-tick begins, apart from braces.</summary>
internal sealed partial class ShellParser
{
    private void ReadDollar(PartList parts, Quoting quoting)
    {
        var start = _at;
        var isQuoted = quoting != Quoting.Bare;
        var next = Peek(1);
        if (next is '(' or '{')
        {
            ReadNested(parts, quoting);
        }
        else if (next is '\'' && !isQuoted)
        {
            ReadAnsiQuoted(parts);
        }
        else if (next is '"' && quoting is Quoting.Bare or Quoting.Operand)
        {
            _at++;
            ReadDoubleQuoted(parts, start);
        }
        else if (IsNameStart(next))
        {
            _at += 2;
            while (IsNamePart(Current))
            {
                _at++;
            }

            parts.Add(new WordPart.Parameter(From(start), ParameterExpansion.Plain(_text[(start + 1).._at]), isQuoted));
        }
        else if (char.IsAsciiDigit(next) || next is '@' or '*' or '#' or '?' or '-' or '$' or '!')
        {
            _at += 2;
            parts.Add(new WordPart.Parameter(From(start), ParameterExpansion.Plain(next.ToString()), isQuoted));
        }
        else
        {
            ReadCharacter(parts, isQuoted);
        }
    }

    private void ReadNested(PartList parts, Quoting quoting)
    {
        var start = _at;
        var isQuoted = quoting != Quoting.Bare;
        if (!TryEnter(start))
        {
            _at++;
            if (Current == '(')
            {
                SkipBalanced();
            }
            else
            {
                SkipBraces(0);
            }

            parts.Add(new WordPart.Opaque(From(start), isQuoted));
            return;
        }

        parts.Add(Peek(1) == '{' ? ParseBraces(quoting) : IsArithmetic(_at + 1) ? ParseArithmeticPart(isQuoted) : ParseSubstitution(isQuoted));
        Leave();
    }

    private WordPart.CommandSubstitution ParseSubstitution(bool isQuoted)
    {
        var start = _at;
        _at += 2;
        var body = ParseEnclosed(start, 2);
        return new WordPart.CommandSubstitution(From(start), body, isQuoted);
    }

    /// <summary>A script of its own: words that close something around it mean nothing in it.</summary>
    private ShellBlock ParseEnclosed(int start, int length)
    {
        var awaited = _awaited;
        _awaited = Closers.None;
        var body = ParseBlock(Closers.Parenthesis);
        _awaited = awaited;
        Close(")", start, length);
        return body;
    }

    private WordPart.Arithmetic ParseArithmeticPart(bool isQuoted)
    {
        var start = _at++;
        var parts = ParseArithmetic();
        return new WordPart.Arithmetic(From(start), parts, isQuoted);
    }

    private void ReadProcess(PartList parts)
    {
        var start = _at;
        if (!TryEnter(start))
        {
            _at++;
            SkipBalanced();
            parts.Add(new WordPart.Opaque(From(start), false));
            return;
        }

        _at += 2;
        var body = ParseEnclosed(start, 2);
        Leave();
        parts.Add(new WordPart.ProcessSubstitution(From(start), body, _text[start] == '<'));
    }

    /// <summary>
    /// True at two parentheses that two others close together. The shells try arithmetic first and go back when that fails;
    /// looking at the parentheses alone decides the same for all that people write, and needs no second try.
    /// </summary>
    private bool IsArithmetic(int at) =>
        at + 1 < _end && _text[at] == '(' && _text[at + 1] == '(' && CloserOf(at + 1) is var inner && inner >= 0 && inner + 1 < _end && _text[inner + 1] == ')';

    private ImmutableArray<WordPart> ParseArithmetic()
    {
        var start = _at;
        _at += 2;
        var open = 0;
        var parts = OpenParts();
        while (!AtEnd && (open > 0 || !Looks("))")))
        {
            open += Current == '(' ? 1 : Current == ')' ? -1 : 0;
            ReadPart(parts, Quoting.Operand);
        }

        Close("))", start, 2);
        return parts.ToImmutable();
    }

    private ImmutableArray<ShellWord> ParseForClauses()
    {
        var opening = _at;
        _at += 2;
        var clauses = ImmutableArray.CreateBuilder<ShellWord>();
        while (true)
        {
            var start = _at;
            var open = 0;
            var parts = OpenParts();
            while (!AtEnd && (open > 0 || (Current != ';' && !Looks("))"))))
            {
                open += Current == '(' ? 1 : Current == ')' ? -1 : 0;
                ReadPart(parts, Quoting.Operand);
            }

            clauses.Add(new ShellWord(From(start), parts.ToImmutable()));
            if (!TryTake(";"))
            {
                Close("))", opening, 2);
                return clauses.ToImmutable();
            }
        }
    }

    /// <summary>
    /// Between back-ticks a backslash may stand before a back-tick, a dollar sign or another backslash, once for each level.
    /// Thus a copy without these is parsed; its offsets lead back.
    /// </summary>
    private void ReadBackticks(PartList parts, Quoting quoting)
    {
        var start = _at++;
        var isQuoted = quoting != Quoting.Bare;
        var copy = new StringBuilder();
        var origins = ImmutableArray.CreateBuilder<int>();
        while (!AtEnd && Current != '`')
        {
            if (Current == '\\' && (Peek(1) is '`' or '$' or '\\' || (isQuoted && Peek(1) == '"')))
            {
                _at++;
            }

            copy.Append(Current);
            origins.Add(Span(_at, _at).Start);
            _at++;
        }

        origins.Add(Span(_at, _at).Start);
        Close("`", start, 1);
        if (!TryEnter(start))
        {
            parts.Add(new WordPart.Opaque(From(start), isQuoted));
            return;
        }

        var inner = new ShellParser(_script, copy.ToString(), origins.ToImmutable(), _problems) { _depth = _depth };
        parts.Add(new WordPart.CommandSubstitution(From(start), inner.ParseAll(), isQuoted));
        Leave();
    }

    private void ReadAnsiQuoted(PartList parts)
    {
        var start = _at;
        _at += 2;
        var inner = OpenParts();
        while (!AtEnd && Current != '\'')
        {
            if (Current == '\\' && _at + 1 < _end)
            {
                ReadAnsiEscape(inner);
            }
            else
            {
                ReadVerbatim(inner);
            }
        }

        Close("'", start, 2);
        parts.Add(new WordPart.Quoted(From(start), inner.ToImmutable(), QuoteKind.AnsiC));
    }

    private void ReadAnsiEscape(PartList parts)
    {
        var start = _at;
        var letter = Peek(1);
        _at += 2;
        var text = letter switch
        {
            'n' => "\n",
            't' => "\t",
            'r' => "\r",
            'a' => "\a",
            'b' => "\b",
            'e' or 'E' => "\e",
            'f' => "\f",
            'v' => "\v",
            '\\' or '\'' or '"' or '?' => letter.ToString(),
            'x' => TakeCode(2, 16),
            'u' => TakeCode(4, 16),
            'U' => TakeCode(8, 16),
            >= '0' and <= '7' => TakeOctal(),
            _ => "\\" + letter,
        };
        foreach (var c in text)
        {
            parts.Append(c, start, _at, true);
        }
    }

    private string TakeOctal()
    {
        _at--;
        return TakeCode(3, 8);
    }

    private string TakeCode(int longest, int radix)
    {
        var start = _at;
        long code = 0;
        while (_at < start + longest && char.IsAsciiHexDigit(Current) && (radix == 16 || Current < '8'))
        {
            code = (code * radix) + int.Parse(_text.AsSpan(_at, 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            _at++;
        }

        return code is > 0 and <= char.MaxValue ? ((char)code).ToString() : Rune.IsValid((int)Math.Min(code, int.MaxValue)) ? new Rune((int)code).ToString() : "";
    }
}
