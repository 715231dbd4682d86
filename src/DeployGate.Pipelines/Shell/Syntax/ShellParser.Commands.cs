using System.Collections.Immutable;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.Shell.Syntax;

/// <summary>Commands of words, with their assignments and redirections.</summary>
internal sealed partial class ShellParser
{
    /// <summary>How far a bracket may lie from the one that closes it where that is looked up again and again.</summary>
    private const int LongestOnLine = 1000;

    private Spare<ShellWord> _words;
    private Spare<ShellAssignment> _assignments;
    private Spare<Redirection> _redirections;

    private ShellStatement ParseSimpleCommand()
    {
        var start = _at;
        var end = _at;
        var assignments = _assignments.Open(0);
        var redirections = _redirections.Open(0);
        var words = _words.Open();
        var declares = false;
        while (!EndsCommand())
        {
            if (Current == '(')
            {
                if (words.Count == 1 && assignments.Count == 0 && redirections.Count == 0 && TakeEmptyParentheses())
                {
                    return ParseFunctionBody(start, _words.Close(words)[0].Literal ?? "");
                }

                SkipStrayParenthesis();
            }
            else if (!TryRedirection(redirections))
            {
                var isName = words.Count == 0;
                ReadCommandWord(assignments, words, declares);
                declares = declares || (isName && words.Count == 1 && IsDeclaration(words[0]));
            }

            end = _at;
            SkipBlanks();
        }

        _at = end;
        return new ShellStatement.Command(From(start), _assignments.Close(assignments), _words.Close(words), _redirections.Close(redirections));
    }

    private bool EndsCommand() =>
        AtEnd || AtNewLine || Current is ';' or '|' or ')' or '#' || (Current == '&' && Peek(1) != '>');

    private void ReadCommandWord(ImmutableArray<ShellAssignment>.Builder assignments, ImmutableArray<ShellWord>.Builder words, bool declares)
    {
        if ((words.Count > 0 && !declares) || TryAssignment() is not { } assignment)
        {
            words.Add(ParseWord());
        }
        else if (words.Count == 0)
        {
            assignments.Add(assignment);
        }
        else
        {
            words.Add(new ShellWord(assignment.Span, [], assignment));
        }
    }

    private static bool IsDeclaration(ShellWord word) => word.Literal is "declare" or "local" or "export" or "readonly" or "typeset";

    private bool TakeEmptyParentheses()
    {
        var ahead = 1;
        while (Peek(ahead) is ' ' or '\t')
        {
            ahead++;
        }

        if (Peek(ahead) != ')')
        {
            return false;
        }

        _at += ahead + 1;
        return true;
    }

    private void SkipStrayParenthesis()
    {
        var start = _at;
        var closer = CloserOf(start);
        if (closer >= 0 && closer < _end && closer - start < LongestOnLine && !_text.AsSpan(start, closer - start).Contains('\n'))
        {
            _at = closer + 1;
        }
        else
        {
            SkipToLineEnd();
        }

        Report("expected a word or the end of the command, found '('", start, start + 1);
    }

    /// <summary>An assignment here, taken; null, and nothing taken, for any other word.</summary>
    private ShellAssignment? TryAssignment()
    {
        var start = _at;
        var length = AssignedNameLength();
        if (length == 0)
        {
            return null;
        }

        var name = _text.Substring(start, length);
        _at += length;
        var subscript = Current == '[' ? ParseSubscript() : null;
        var isAppend = TryTake("+=");
        _at += isAppend ? 0 : 1;
        var value = ParseAssignedValue();
        return new ShellAssignment(From(start), name, subscript, isAppend, value);
    }

    /// <summary>The length of the name when <c>=</c>, <c>+=</c>, or an element and one of these follows; zero otherwise.</summary>
    private int AssignedNameLength()
    {
        if (!IsNameStart(Current))
        {
            return 0;
        }

        var length = 1;
        while (IsNamePart(Peek(length)))
        {
            length++;
        }

        var ahead = Peek(length) == '[' ? SubscriptEnd(length) : length;
        return Peek(ahead) == '=' || (Peek(ahead) == '+' && Peek(ahead + 1) == '=') ? length : 0;
    }

    /// <summary>What follows the bracket that closes the one here; a bound keeps a row of words that only look like elements cheap.</summary>
    private int SubscriptEnd(int ahead)
    {
        const int Longest = 200;
        var open = 0;
        for (var i = ahead; i < ahead + Longest && _at + i < _end && !IsNewLineAt(_at + i); i++)
        {
            open += Peek(i) == '[' ? 1 : Peek(i) == ']' ? -1 : 0;
            if (open == 0)
            {
                return i + 1;
            }
        }

        return ahead;
    }

    private AssignedValue ParseAssignedValue()
    {
        if (Current == '(')
        {
            return ParseArray();
        }

        return new AssignedValue.Scalar(AtEnd || AtNewLine || (IsMeta(Current) && PlaceholderLength() == 0) ? new ShellWord(Span(_at, _at), []) : ParseWord());
    }

    private AssignedValue.Array ParseArray()
    {
        var start = _at++;
        var elements = ImmutableArray.CreateBuilder<ArrayElement>();
        SkipBlanksAndNewLines();
        while (!AtEnd && Current != ')')
        {
            if (IsMeta(Current) && !BeginsProcess())
            {
                Report($"expected an array's element or ')', found {Found()}", _at, _at + 1);
                _at++;
            }
            else
            {
                elements.Add(ParseArrayElement());
            }

            SkipBlanksAndNewLines();
        }

        Close(")", start, 1);
        return new AssignedValue.Array(elements.ToImmutable());
    }

    private ArrayElement ParseArrayElement()
    {
        if (Current != '[' || SubscriptEnd(0) is var end && Peek(end) != '=')
        {
            return new ArrayElement(null, ParseWord());
        }

        var subscript = ParseSubscript();
        _at++;
        return new ArrayElement(subscript, AtEnd || AtNewLine || IsMeta(Current) ? new ShellWord(Span(_at, _at), []) : ParseWord());
    }

    /// <summary>The text between <c>[</c> and <c>]</c>, brackets inside it in pairs.</summary>
    private ShellWord ParseSubscript()
    {
        var start = ++_at;
        var open = 0;
        var parts = OpenParts();
        while (!AtEnd && !AtNewLine && (Current != ']' || open > 0))
        {
            open += Current == '[' ? 1 : Current == ']' ? -1 : 0;
            ReadPart(parts, Quoting.Operand);
        }

        var word = new ShellWord(From(start), parts.ToImmutable());
        Close("]", start - 1, 1);
        return word;
    }
}
