using System.Collections.Immutable;
using DeployGate.Core.Text;

namespace DeployGate.Pipelines.PowerShellScripts.Syntax;

/// <summary>Commands, and the words, parameters and values behind their names.</summary>
internal sealed partial class PowerShellParser
{
    private PipelineElement.Command ParseCommand()
    {
        var start = At;
        var invocation = TakeInvocation();
        SkipBlanks();
        var name = invocation == InvocationKind.Plain ? ParseCommandWord() : ParseArgument();
        var elements = ImmutableArray.CreateBuilder<CommandElement>();
        var redirections = ImmutableArray.CreateBuilder<PowerShellRedirection>();
        var end = At;
        SkipBlanks();
        while (!EndsCommand())
        {
            if (!TryRedirection(redirections))
            {
                elements.Add(ParseElement());
            }

            end = At;
            SkipBlanks();
        }

        At = end;
        return new PipelineElement.Command(From(start), invocation, name, elements.ToImmutable(), redirections.ToImmutable());
    }

    private bool EndsCommand() => AtEnd || AtNewLine || Current is '\r' or ';' or '|' or '&' or '}' or ')' or '#';

    private InvocationKind TakeInvocation()
    {
        var kind = Current switch
        {
            '&' => InvocationKind.Call,
            '.' when IsBlank(Peek(1)) || Peek(1) is '$' or '(' || IsSingleQuote(Peek(1)) || IsDoubleQuote(Peek(1)) => InvocationKind.Dot,
            _ => InvocationKind.Plain,
        };
        At += kind == InvocationKind.Plain ? 0 : 1;
        return kind;
    }

    private CommandElement ParseElement()
    {
        var start = At;
        if (Looks("--%") && (At + 3 >= End || IsBlank(Peek(3)) || IsNewLineAt(At + 3)))
        {
            At += 3;
            var text = At;
            SkipToLineEnd();
            return new CommandElement.Verbatim(From(start), Text[text..At].Trim());
        }

        if (ParameterLength() is var length && length == 0)
        {
            return new CommandElement.Argument(ParseArguments());
        }

        var name = Text.Substring(At + 1, length - 1);
        At += length;
        if (!TryTake(":"))
        {
            return new CommandElement.Parameter(From(start), name, null);
        }

        SkipBlanks();
        if (EndsCommand())
        {
            Report($"expected a value after '-{name}:', found {Found()}", start, At);
            return new CommandElement.Parameter(From(start), name, null);
        }

        var value = ParseArguments();
        return new CommandElement.Parameter(From(start), name, value);
    }

    /// <summary>The length of <c>-Name</c>; zero when more of a word follows it, as in <c>-var=x</c>.</summary>
    private int ParameterLength()
    {
        if (!IsDash(Current) || !(char.IsLetter(Peek(1)) || Peek(1) is '_' or '?'))
        {
            return 0;
        }

        var length = 2;
        while (IsWordPart(Peek(length)) || Peek(length) is '-' or '?')
        {
            length++;
        }

        return At + length >= End || EndsWord(Peek(length)) || Peek(length) == ':' || (Peek(length) == '`' && IsBreak(Peek(length + 1))) ? length : 0;
    }

    private static bool IsBreak(char c) => IsBlank(c) || c is '\r' or '\n' or '\0';

    private static bool EndsWord(char c) => IsBlank(c) || c is '\r' or '\n' or ';' or '|' or '&' or '(' or ')' or '{' or '}' or ',' or '<' or '>';

    /// <summary>Arguments joined by commas are one array.</summary>
    private PowerShellExpression ParseArguments()
    {
        var start = At;
        var first = ParseArgument();
        ImmutableArray<PowerShellExpression>.Builder? items = null;
        var end = At;
        SkipBlanks();
        while (TryTake(","))
        {
            items ??= ImmutableArray.CreateBuilder<PowerShellExpression>();
            SkipBlanksAndNewLines();
            if (EndsCommand())
            {
                Report($"expected a value after ',', found {Found()}", end, At);
                break;
            }

            items.Add(ParseArgument());
            end = At;
            SkipBlanks();
        }

        At = end;
        return items is null ? first : new PowerShellExpression.Sequence(From(start), [first, .. items]);
    }

    private PowerShellExpression ParseArgument()
    {
        var start = At;
        var (c, next) = (Current, Peek(1));
        var outer = _deepest;
        _deepest = Depth;
        var value = ParseValueOrWord(start, c, next);
        _deepest = Math.Max(outer, _deepest);
        return value;
    }

    private PowerShellExpression ParseValueOrWord(int start, char c, char next)
    {
        if (c == '$' && next != '(' && BeginsVariable())
        {
            var variable = ReadVariable();
            return AtEnd || EndsWord(Current) || ContinuesValue() || (Current == '`' && IsBreak(Peek(1)))
                ? ParsePostfix(start, variable)
                : ReadWord(start, variable);
        }

        var isValue = IsSingleQuote(c) || IsDoubleQuote(c) || c is '(' or '{' || (c == '$' && next == '(')
            || (c == '@' && (next is '(' or '{' || IsWordPart(next) || IsSingleQuote(next) || IsDoubleQuote(next)));
        return isValue ? ParsePostfix(start, ParsePrimary()) : ParseCommandWord();
    }

    private bool ContinuesValue() => Current == '[' || Looks("::") || BeginsMember();

    /// <summary>A bare word: text, quotes and expansions up to a blank or a sign that ends it.</summary>
    private PowerShellExpression ParseCommandWord()
    {
        var start = At;
        if (Current == '<')
        {
            return ParsePlaceholder();
        }

        var word = ReadWord(start, null);
        if (At == start)
        {
            Report($"expected a command or a value, found {Found()}", start, start + 1);
            At += AtEnd || Current is '}' or ')' or '\n' ? 0 : 1;
            return new PowerShellExpression.Opaque(From(start));
        }

        return word;
    }

    /// <summary><c>&lt;your-group&gt;</c>: left there for the reader to replace, and no PowerShell.</summary>
    private PowerShellExpression.Opaque ParsePlaceholder()
    {
        var start = At++;
        while (!AtEnd && !AtNewLine && Current is not (';' or '|' or '"' or '\'' or '>'))
        {
            At++;
        }

        At += Current == '>' ? 1 : 0;
        Report("expected a value, found '<', which PowerShell reserves", start, start + 1);
        return new PowerShellExpression.Opaque(From(start));
    }

    private PowerShellExpression.String ReadWord(int start, PowerShellExpression? first)
    {
        var parts = new StringParts(this);
        if (first is not null)
        {
            parts.Add(new StringPart.Expansion(first));
        }

        while (!AtEnd && !EndsWord(Current))
        {
            if (IsSingleQuote(Current) || IsDoubleQuote(Current))
            {
                parts.AddAll(ReadQuoted().Parts);
            }
            else if (Current == '`' && IsBreak(Peek(1)))
            {
                break;
            }
            else
            {
                ReadExpandable(parts);
            }
        }

        return new PowerShellExpression.String(From(start), parts.ToImmutable(), StringKind.Bare);
    }

    private bool TryRedirection(ImmutableArray<PowerShellRedirection>.Builder redirections)
    {
        var start = At;
        var hasStream = (char.IsAsciiDigit(Current) || Current == '*') && Peek(1) == '>';
        if (!hasStream && Current != '>')
        {
            return false;
        }

        At += hasStream ? 2 : 1;
        var stream = hasStream ? Text.Substring(start, 1) : null;
        var isAppend = TryTake(">");
        if (Current == '&' && char.IsAsciiDigit(Peek(1)))
        {
            At += 2;
            redirections.Add(new PowerShellRedirection(From(start), stream, isAppend, null));
            return true;
        }

        SkipBlanks();
        PowerShellExpression target = new PowerShellExpression.Opaque(new TextSpan(At, 0));
        if (EndsCommand() || Current == '>')
        {
            Report($"expected a file's name after '>', found {Found()}", start, At);
        }
        else
        {
            target = ParseArgument();
        }

        redirections.Add(new PowerShellRedirection(From(start), stream, isAppend, target));
        return true;
    }
}
