using System.Collections.Frozen;
using System.Collections.Immutable;

namespace DeployGate.Pipelines.PowerShellScripts.Syntax;

/// <summary>Operators and what they bind.</summary>
internal sealed partial class PowerShellParser
{
    /// <summary>Bounds the tree also where the parser needs no stack: in chains such as <c>$a.b.c</c> or <c>1 + 2 + 3</c>.</summary>
    internal const int MaxHeight = 4 * MaxDepth;

    private const int Logical = 1, Bitwise = 2, Comparison = 3, Coalesce = 4, Additive = 5, Multiplicative = 6, Format = 7, Range = 8;

    private static readonly FrozenDictionary<string, int> s_words = WordOperators();

    /// <summary>How deep the deepest node of the chain being parsed lies, the links above it counted.</summary>
    private int _deepest;

    private static FrozenDictionary<string, int> WordOperators()
    {
        var words = new Dictionary<string, int>(StringComparer.Ordinal)
        {
            ["and"] = Logical,
            ["or"] = Logical,
            ["xor"] = Logical,
            ["band"] = Bitwise,
            ["bor"] = Bitwise,
            ["bxor"] = Bitwise,
            ["f"] = Format,
        };
        foreach (var word in (ReadOnlySpan<string>)["shl", "shr", "is", "isnot", "as", "join"])
        {
            words[word] = Comparison;
        }

        foreach (var word in (ReadOnlySpan<string>)["eq", "ne", "gt", "ge", "lt", "le", "like", "notlike", "match", "notmatch", "replace", "split", "contains", "notcontains", "in", "notin"])
        {
            words[word] = words["c" + word] = words["i" + word] = Comparison;
        }

        return words.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private PowerShellExpression ParseExpression(bool withCommas)
    {
        var start = At;
        var condition = ParseBinary(0, withCommas);
        var end = At;
        SkipBlanks();
        if (Current == '?' && Peek(1) is not ('?' or '.' or '['))
        {
            condition = ParseConditional(start, condition, withCommas);
        }
        else
        {
            At = end;
        }

        return condition;
    }

    private PowerShellExpression ParseConditional(int start, PowerShellExpression condition, bool withCommas)
    {
        if (!TryEnter(start))
        {
            SkipToLineEnd();
            return new PowerShellExpression.Opaque(From(start));
        }

        var question = At++;
        SkipBlanksAndNewLines();
        var then = ParseExpression(withCommas);
        SkipBlanksAndNewLines();
        if (!TryTake(":"))
        {
            Report($"expected ':', found {Found()}", question, question + 1);
        }

        SkipBlanksAndNewLines();
        var otherwise = ParseExpression(withCommas);
        Leave();
        _deepest++;
        return new PowerShellExpression.Conditional(From(start), condition, then, otherwise);
    }

    private PowerShellExpression ParseBinary(int weakest, bool withCommas)
    {
        var start = At;
        var outer = _deepest;
        _deepest = Depth;
        var left = ParseOperands(withCommas);
        while (true)
        {
            var end = At;
            SkipBlanks();
            var length = OperatorLength(out var strength);
            if (strength <= weakest)
            {
                At = end;
                _deepest = Math.Max(outer, _deepest);
                return left;
            }

            var sign = IsDash(Current) ? "-" + Text.Substring(At + 1, length - 1).ToLowerInvariant() : Text.Substring(At, length);
            At += length;
            SkipBlanksAndNewLines();
            var right = ParseBinary(strength, withCommas);
            left = TryLink(start) ? new PowerShellExpression.Binary(From(start), left, sign, right) : SkipChain(start);
        }
    }

    private bool TryLink(int start)
    {
        _deepest++;
        if (_deepest <= MaxHeight)
        {
            return true;
        }

        ReportTooDeep(start);
        return false;
    }

    private PowerShellExpression.Opaque SkipChain(int start)
    {
        SkipToLineEnd();
        return new PowerShellExpression.Opaque(From(start));
    }

    /// <summary>The length of the operator here and how strongly it binds; zero for none.</summary>
    private int OperatorLength(out int strength)
    {
        var (c, next) = (Current, Peek(1));
        if (IsDash(c) && char.IsAsciiLetter(next))
        {
            var word = DashWord();
            strength = s_words.GetValueOrDefault(word);
            return word.Length + 1;
        }

        if (next == '=' || (c == next && c is '+' or '-'))
        {
            strength = 0;
            return 0;
        }

        strength = c switch
        {
            '+' => Additive,
            '*' or '/' or '%' => Multiplicative,
            '.' when next == '.' => Range,
            '?' when next == '?' && Peek(2) != '=' => Coalesce,
            _ => IsDash(c) ? Additive : 0,
        };
        return strength is Range or Coalesce ? 2 : 1;
    }

    /// <summary>The letters behind a dash, in lower case; empty when they are more than an operator has.</summary>
    private string DashWord()
    {
        const int Longest = 13;
        var length = 1;
        while (length <= Longest && char.IsAsciiLetter(Peek(length)))
        {
            length++;
        }

        return IsWordPart(Peek(length)) ? "" : Text.Substring(At + 1, length - 1).ToLowerInvariant();
    }

    private string? UnaryWord() => DashWord() is "not" or "bnot" or "join" or "split" or "csplit" or "isplit" ? "-" + DashWord() : null;

    /// <summary>A comma binds more strongly than every operator between two operands.</summary>
    private PowerShellExpression ParseOperands(bool withCommas)
    {
        var start = At;
        var items = ImmutableArray.CreateBuilder<PowerShellExpression>();
        var isSequence = withCommas && TryTake(",");
        SkipBlanks();
        items.Add(ParseUnary());
        var end = At;
        SkipBlanks();
        while (withCommas && TryTake(","))
        {
            isSequence = true;
            SkipBlanksAndNewLines();
            items.Add(ParseUnary());
            end = At;
            SkipBlanks();
        }

        At = end;
        return isSequence ? new PowerShellExpression.Sequence(From(start), items.ToImmutable()) : items[0];
    }

    private PowerShellExpression ParseUnary()
    {
        var start = At;
        var outer = _deepest;
        _deepest = Depth;
        var expression = ParsePrefixed(start);
        _deepest = Math.Max(outer, _deepest);
        if (Looks("++") || Looks("--"))
        {
            At += 2;
            expression = new PowerShellExpression.Unary(From(start), Text.Substring(At - 2, 2), expression, true);
        }

        return expression;
    }

    private PowerShellExpression ParsePrefixed(int start)
    {
        var sign = UnaryOperator();
        if (sign is null && Current != '[')
        {
            return ParsePostfix(start, ParsePrimary());
        }

        if (!TryEnter(start))
        {
            return SkipChain(start);
        }

        _deepest = Math.Max(_deepest, Depth);
        var expression = sign is null ? ParseCast(start) : ParseUnaryOperand(start, sign);
        Leave();
        return expression;
    }

    private string? UnaryOperator()
    {
        if (Current == '!')
        {
            return "!";
        }

        if (Looks("++") || Looks("--"))
        {
            return Text.Substring(At, 2);
        }

        return IsDash(Current) ? (char.IsAsciiLetter(Peek(1)) ? UnaryWord() : "-") : Current == '+' ? "+" : null;
    }

    private PowerShellExpression.Unary ParseUnaryOperand(int start, string sign)
    {
        At += sign.Length;
        SkipBlanks();
        var operand = sign is "-join" or "-split" or "-csplit" or "-isplit" ? ParseOperands(withCommas: true) : ParseUnary();
        return new PowerShellExpression.Unary(From(start), sign, operand, false);
    }

    private PowerShellExpression ParseCast(int start)
    {
        var name = ParseBracket().Name;
        var type = new PowerShellExpression.TypeLiteral(From(start), name);
        if (Looks("::") || Current == '.')
        {
            return ParsePostfix(start, type);
        }

        var end = At;
        SkipBlanks();
        var isAdjacent = At == end;
        var next = Peek(1);
        var begins = Current is '$' or '(' or '[' or '{' || IsSingleQuote(Current) || IsDoubleQuote(Current) || char.IsAsciiDigit(Current)
            || (Current == '@' && (next is '(' or '{' || IsSingleQuote(next) || IsDoubleQuote(next))) || (isAdjacent && IsDash(Current)) || (!AtEnd && IsHoleAt(At));
        if (!begins)
        {
            At = end;
            return type;
        }

        var operand = ParseUnary();
        return new PowerShellExpression.Cast(From(start), name, operand);
    }
}
