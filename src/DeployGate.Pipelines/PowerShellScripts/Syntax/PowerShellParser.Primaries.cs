using System.Collections.Immutable;
using System.Globalization;

namespace DeployGate.Pipelines.PowerShellScripts.Syntax;

/// <summary>Values, and the members, indexes and calls behind them.</summary>
internal sealed partial class PowerShellParser
{
    private PowerShellExpression ParsePrimary()
    {
        var start = At;
        var (c, next) = (Current, Peek(1));
        if (IsSingleQuote(c) || IsDoubleQuote(c))
        {
            return ReadQuoted();
        }

        if (c is '(' or '{' || (c is '$' or '@' && next == '(') || (c == '@' && next == '{'))
        {
            return ParseEnclosed(start);
        }

        if (c == '$' && BeginsVariable())
        {
            return ReadVariable();
        }

        if (c == '@' && (IsSingleQuote(next) || IsDoubleQuote(next)))
        {
            return ReadHereString();
        }

        if (c == '@' && IsWordPart(next))
        {
            return ReadVariable();
        }

        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(next)))
        {
            return ReadNumber();
        }

        if (c == '<')
        {
            return ParsePlaceholder();
        }

        return ParseUnknown(start);
    }

    /// <summary>A hole, or a bare word where a value must stand.</summary>
    private PowerShellExpression ParseUnknown(int start)
    {
        var word = AtEnd || EndsWord(Current) || !(IsWordPart(Current) || IsHoleAt(At)) ? null : ReadWord(start, null);
        if (word?.Parts is [StringPart.Hole, ..])
        {
            return word;
        }

        At = start;
        Report($"expected a value, found {Found()}", start, start + 1);
        At = word is null ? start : word.Span.End;
        At += word is null && !AtEnd && !EndsWord(Current) && Current != ']' ? 1 : 0;
        return new PowerShellExpression.Opaque(From(start));
    }

    private PowerShellExpression ParseEnclosed(int start)
    {
        if (!TryEnter(start))
        {
            At += Current is '$' or '@' ? 1 : 0;
            SkipBraces();
            return new PowerShellExpression.Opaque(From(start));
        }

        _deepest = Math.Max(_deepest, Depth);
        var opening = Current;
        At++;
        PowerShellExpression expression = opening switch
        {
            '(' => ParseParenthesized(start),
            '{' => ParseScriptBlock(start),
            '@' when Current == '{' => ParseHashtable(start),
            _ => ParseSubexpression(start, opening),
        };
        Leave();
        return expression;
    }

    private PowerShellExpression.Parenthesized ParseParenthesized(int start)
    {
        var statement = ParseInParentheses(start);
        return new PowerShellExpression.Parenthesized(From(start), statement);
    }

    private PowerShellExpression.ScriptBlock ParseScriptBlock(int start)
    {
        _braces++;
        var body = ParseScriptBlockBody('}', start, []);
        _braces--;
        Close("}", start, 1);
        return new PowerShellExpression.ScriptBlock(From(start), body);
    }

    private PowerShellExpression ParseSubexpression(int start, char opening)
    {
        At++;
        _parentheses++;
        var body = ParseStatements(')');
        _parentheses--;
        Close(")", start, 2);
        return opening == '$' ? new PowerShellExpression.Subexpression(From(start), body) : new PowerShellExpression.Array(From(start), body);
    }

    private PowerShellExpression.Hashtable ParseHashtable(int start)
    {
        At++;
        _braces++;
        var entries = ImmutableArray.CreateBuilder<HashtableEntry>();
        SkipSeparators();
        while (!AtEnd && Current != '}')
        {
            var keyAt = At;
            var key = ParseKey();
            SkipBlanks();
            if (!TryTake("="))
            {
                Report($"expected '=' after a key, found {Found()}", keyAt, Math.Max(At, keyAt + 1));
                SkipToEntryEnd(keyAt);
            }
            else
            {
                SkipBlanksAndNewLines();
                entries.Add(new HashtableEntry(key, AtEnd || Current is '}' or ';' ? new PowerShellStatement.Opaque(From(At)) : ParseStatement()));
            }

            SkipSeparators();
            SkipStrayComma();
        }

        _braces--;
        Close("}", start, 2);
        return new PowerShellExpression.Hashtable(From(start), entries.ToImmutable());
    }

    private void SkipStrayComma()
    {
        if (Current is ',' or ')' or ']')
        {
            Report($"expected a key or '}}', found '{Current}'", At, At + 1);
            At++;
            SkipSeparators();
        }
    }

    private void SkipToEntryEnd(int keyAt)
    {
        var length = Text.AsSpan(At, End - At).IndexOfAny('\n', '}', ';');
        At = length < 0 ? End : At + length;
        At += At == keyAt && Current != '}' && !AtEnd ? 1 : 0;
    }

    private PowerShellExpression ParseKey()
    {
        var start = At;
        if (!IsWordPart(Current) || char.IsAsciiDigit(Current))
        {
            return ParsePostfix(start, ParsePrimary());
        }

        return ReadName();
    }

    private PowerShellExpression.String ReadName()
    {
        var start = At;
        while (IsWordPart(Current))
        {
            At++;
        }

        return new PowerShellExpression.String(From(start), [new StringPart.Literal(From(start), Text[start..At])], StringKind.Bare);
    }

    /// <summary>A dot with a member's name behind it, which may be computed.</summary>
    private bool BeginsMember() =>
        Current == '.' && (IsWordPart(Peek(1)) || Peek(1) is '$' or '(' || IsSingleQuote(Peek(1)) || IsDoubleQuote(Peek(1)));

    private PowerShellExpression ParsePostfix(int start, PowerShellExpression target)
    {
        while (!AtEnd)
        {
            var isConditional = Current == '?' && Peek(1) is '.' or '[' && Peek(2) != '.';
            var isStatic = Looks("::");
            if (!isConditional && !isStatic && Current != '[' && !BeginsMember())
            {
                break;
            }

            At += isConditional ? 1 : 0;
            if (!TryLink(start) || !TryEnter(start))
            {
                return SkipChain(start);
            }

            target = Current == '[' ? ParseIndex(start, target) : ParseMember(start, target, isStatic, isConditional);
            Leave();
        }

        return target;
    }

    private PowerShellExpression.Index ParseIndex(int start, PowerShellExpression target)
    {
        var opening = At++;
        SkipBlanksAndNewLines();
        var value = ParseExpression(withCommas: true);
        SkipBlanksAndNewLines();
        Close("]", opening, 1);
        return new PowerShellExpression.Index(From(start), target, value);
    }

    private PowerShellExpression ParseMember(int start, PowerShellExpression target, bool isStatic, bool isConditional)
    {
        At += isStatic ? 2 : 1;
        var name = IsWordPart(Current) ? ReadName() : ParsePrimary();
        if (Current != '(')
        {
            return new PowerShellExpression.Member(From(start), target, name, isStatic, isConditional);
        }

        var arguments = ParseCallArguments();
        return new PowerShellExpression.MethodCall(From(start), target, name, isStatic, arguments);
    }

    private ImmutableArray<PowerShellExpression> ParseCallArguments()
    {
        var opening = At++;
        var arguments = ImmutableArray.CreateBuilder<PowerShellExpression>();
        _parentheses++;
        SkipBlanksAndNewLines();
        while (!AtEnd && Current is not (')' or '}' or ';'))
        {
            arguments.Add(ParseExpression(withCommas: false));
            SkipBlanksAndNewLines();
            if (!TryTake(","))
            {
                break;
            }

            SkipBlanksAndNewLines();
        }

        _parentheses--;
        CloseParenthesis(opening);
        return arguments.ToImmutable();
    }

    private int NumberLength()
    {
        var isHex = Current == '0' && Peek(1) is 'x' or 'X';
        var length = isHex ? 2 : 0;
        while (isHex ? char.IsAsciiHexDigit(Peek(length)) : char.IsAsciiDigit(Peek(length)))
        {
            length++;
        }

        if (!isHex && Peek(length) == '.' && char.IsAsciiDigit(Peek(length + 1)))
        {
            length++;
            while (char.IsAsciiDigit(Peek(length)))
            {
                length++;
            }
        }

        length += Peek(length) is 'l' or 'L' or 'd' or 'D' or 'u' or 'U' && !char.IsLetter(Peek(length + 1)) ? 1 : 0;
        return length + (Peek(length + 1) is 'b' or 'B' && "kmgtpKMGTP".Contains(Peek(length), StringComparison.Ordinal) ? 2 : 0);
    }

    private PowerShellExpression.Number ReadNumber()
    {
        var start = At;
        At += NumberLength();
        var text = Text[start..At];
        var digits = text.AsSpan().TrimEnd("lLdDuUkKmMgGtTpPbB");
        double? value = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? long.TryParse(text.AsSpan(2).TrimEnd("lL"), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hex) ? hex : null
            : double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
        var power = text.Length > 2 && text[^1] is 'b' or 'B' ? "kmgtp".IndexOf(char.ToLowerInvariant(text[^2]), StringComparison.Ordinal) + 1 : 0;
        return new PowerShellExpression.Number(From(start), text, text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? value : value * Math.Pow(1024, power));
    }
}
