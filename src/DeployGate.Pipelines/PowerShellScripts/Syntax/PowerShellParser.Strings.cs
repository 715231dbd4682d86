using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using DeployGate.Core.Text;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.PowerShellScripts.Syntax;

/// <summary>Variables, strings and here-strings.</summary>
internal sealed partial class PowerShellParser
{
    private bool BeginsVariable() => Peek(1) is '{' or '?' or '^' or '$' || IsWordPart(Peek(1)) || (Peek(1) == ':' && IsWordPart(Peek(2)));

    /// <summary><c>$name</c>, <c>${any name}</c>, <c>$scope:name</c>, or <c>@name</c>.</summary>
    private PowerShellExpression.Variable ReadVariable()
    {
        var start = At;
        var isSplat = Current == '@';
        At++;
        if (Current == '{')
        {
            return ReadBracedVariable(start);
        }

        if (Current is '?' or '^' or '$')
        {
            At++;
            return new PowerShellExpression.Variable(From(start), null, Text[(start + 1)..At], isSplat);
        }

        var name = TakeVariableName();
        string? scope = null;
        if (Current == ':' && IsWordPart(Peek(1)))
        {
            At++;
            scope = name.ToLowerInvariant();
            name = TakeVariableName();
        }

        return new PowerShellExpression.Variable(From(start), scope, name, isSplat);
    }

    private string TakeVariableName()
    {
        var start = At;
        while (IsWordPart(Current) || (Current == '?' && IsWordPart(Peek(1))))
        {
            At++;
        }

        return Text[start..At];
    }

    private PowerShellExpression.Variable ReadBracedVariable(int start)
    {
        var name = new StringBuilder();
        At++;
        while (!AtEnd && !AtNewLine && Current != '}')
        {
            At += Current == '`' && At + 1 < End ? 1 : 0;
            name.Append(Current);
            At++;
        }

        Close("}", start, 2);
        var whole = name.ToString();
        var colon = whole.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            ? new PowerShellExpression.Variable(From(start), whole[..colon].ToLowerInvariant(), whole[(colon + 1)..], false)
            : new PowerShellExpression.Variable(From(start), null, whole, false);
    }

    private PowerShellExpression.String ReadQuoted()
    {
        var start = At;
        var isSingle = IsSingleQuote(Current);
        var parts = new StringParts(this);
        At++;
        while (!AtEnd && !EndsQuotes(isSingle))
        {
            if (isSingle ? IsSingleQuote(Current) : IsDoubleQuote(Current))
            {
                // A quote written twice is one; the first of them is passed here.
                At++;
                parts.AppendCurrent();
            }
            else if (isSingle)
            {
                parts.AppendCurrent();
            }
            else
            {
                ReadExpandable(parts);
            }
        }

        if (AtEnd)
        {
            Close(isSingle ? "'" : "\"", start, 1);
        }
        else
        {
            At++;
        }

        return new PowerShellExpression.String(From(start), parts.ToImmutable(), isSingle ? StringKind.Single : StringKind.Double);
    }

    private bool EndsQuotes(bool isSingle) =>
        isSingle ? IsSingleQuote(Current) && !IsSingleQuote(Peek(1)) : IsDoubleQuote(Current) && !IsDoubleQuote(Peek(1));

    /// <summary>One character, escape, variable or subexpression of a text that expands; <c>$x.y</c> is no member here.</summary>
    private void ReadExpandable(StringParts parts)
    {
        if (Current == '`' && At + 1 < End)
        {
            ReadEscape(parts);
        }
        else if (Current == '$' && Peek(1) == '(')
        {
            parts.Add(new StringPart.Expansion(ParseEnclosed(At)));
        }
        else if (Current == '$' && BeginsVariable() && !(IsDoubleQuote(Peek(2)) && Peek(1) is '?' or '^'))
        {
            parts.Add(new StringPart.Expansion(ReadVariable()));
        }
        else
        {
            parts.AppendCurrent();
        }
    }

    private void ReadEscape(StringParts parts)
    {
        var start = At;
        At += 2;
        var letter = Text[start + 1];
        if (letter == 'u' && Current == '{')
        {
            ReadCode(parts, start);
            return;
        }

        if (IsHoleAt(start + 1))
        {
            At = start + 1;
            parts.AppendCurrent();
            return;
        }

        parts.Append(
            letter switch
            {
                '0' => '\0',
                'a' => '\a',
                'b' => '\b',
                'e' => '\e',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'v' => '\v',
                _ => letter,
            },
            start);
    }

    private void ReadCode(StringParts parts, int start)
    {
        var digits = At + 1;
        At++;
        while (char.IsAsciiHexDigit(Current) && At < digits + 6)
        {
            At++;
        }

        var isNumber = int.TryParse(Text.AsSpan(digits, At - digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code);
        if (!TryTake("}") || !isNumber || !Rune.IsValid(code))
        {
            Report("expected a code such as `u{20AC}", start, At);
            return;
        }

        foreach (var c in new Rune(code).ToString())
        {
            parts.Append(c, start);
        }
    }

    private PowerShellExpression.String ReadHereString()
    {
        var start = At;
        var isSingle = IsSingleQuote(Peek(1));
        At += 2;
        while (IsBlank(Current))
        {
            At++;
        }

        if (!AtNewLine)
        {
            Report($"expected the end of the line after '{Text.AsSpan(start, 2)}', found {Found()}", start, start + 2);
        }

        SkipToLineEnd();
        var bodyStart = At;
        var length = Text.AsSpan(At, End - At).IndexOf(isSingle ? "\n'@" : "\n\"@");
        var close = length < 0 ? End : At + length;
        if (length < 0)
        {
            Report($"expected '{(isSingle ? "'@" : "\"@")}' at the start of a line, found the end of the script", start, start + 2);
        }

        var bodyEnd = close > bodyStart && Text[close - 1] == '\r' && length >= 0 ? close - 1 : close;
        At = Math.Min(bodyStart + (Current == '\r' ? 2 : 1), End);
        var parts = ReadBody(Math.Max(bodyEnd, At), isSingle);
        At = length < 0 ? End : close + 3;
        return new PowerShellExpression.String(From(start), parts, isSingle ? StringKind.Single : StringKind.Double);
    }

    private ImmutableArray<StringPart> ReadBody(int bodyEnd, bool isSingle)
    {
        var end = End;
        End = Math.Min(bodyEnd, end);
        var parts = new StringParts(this);
        while (!AtEnd)
        {
            if (isSingle)
            {
                parts.AppendCurrent();
            }
            else
            {
                ReadExpandable(parts);
            }
        }

        End = end;
        return parts.ToImmutable();
    }

    /// <summary>The parts of a string in the making; characters that follow one another become one literal.</summary>
    private sealed class StringParts(PowerShellParser parser)
    {
        private readonly ImmutableArray<StringPart>.Builder _parts = ImmutableArray.CreateBuilder<StringPart>();
        private readonly LiteralRun _literal = new(parser.Text);

        /// <summary>Takes the next character as it is.</summary>
        internal void AppendCurrent()
        {
            var at = parser.At++;
            if (parser.IsHoleAt(at))
            {
                Add(new StringPart.Hole(new TextSpan(at, 1)));
            }
            else
            {
                Append(parser.Text[at], at);
            }
        }

        /// <summary>Adds a character that the text behind an offset stands for.</summary>
        internal void Append(char c, int start) => _literal.Append(c, start, parser.At);

        internal void Add(StringPart part)
        {
            Flush();
            _parts.Add(part);
        }

        internal void AddAll(ImmutableArray<StringPart> parts)
        {
            foreach (var part in parts)
            {
                Add(part);
            }
        }

        internal ImmutableArray<StringPart> ToImmutable()
        {
            Flush();
            return _parts.ToImmutable();
        }

        private void Flush()
        {
            if (!_literal.IsEmpty)
            {
                var span = TextSpan.FromBounds(_literal.Start, _literal.End);
                _parts.Add(new StringPart.Literal(span, _literal.Take()));
            }
        }
    }
}
