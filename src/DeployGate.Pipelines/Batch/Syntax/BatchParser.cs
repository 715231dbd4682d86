using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.Batch.Syntax;

/// <summary>Parses a batch file of <c>cmd.exe</c>, line by line; blocks in parentheses span lines.</summary>
/// <seealso href="https://learn.microsoft.com/windows-server/administration/windows-commands/cmd"/>
internal sealed partial class BatchParser : ScriptCursor
{
    private int _groups;

    private BatchParser(ScriptText script)
        : base(script)
    {
    }

    /// <summary>Parses a whole text. What is broken is reported; the rest is parsed nevertheless.</summary>
    internal static BatchScript Parse(ScriptText script)
    {
        var parser = new BatchParser(script);
        var body = parser.ParseBlock();
        return new BatchScript(script, body, parser.Problems);
    }

    private BatchBlock ParseBlock()
    {
        SkipLines();
        var (start, last) = (At, At);
        var statements = ImmutableArray.CreateBuilder<BatchStatement>();
        while (!AtEnd && (Current != ')' || _groups == 0))
        {
            if (Current is ')' or '&' or '|')
            {
                Report($"expected a command, found '{Current}'", At, At + 1);
                At++;
            }
            else if (!SkipComment())
            {
                statements.Add(Current == ':' ? ParseLabel() : ParseChain());
                last = At;
            }

            SkipLines();
        }

        return new BatchBlock(TextSpan.FromBounds(start, Math.Max(start, last)), statements.ToImmutable());
    }

    /// <summary>Blanks, continued lines, and what else separates words before a command.</summary>
    private void SkipBlanks()
    {
        while (Current is ' ' or '\t' || (Current == '^' && IsNewLineAt(At + 1)))
        {
            At += Current != '^' ? 1 : Peek(1) == '\r' ? 3 : 2;
        }
    }

    private void SkipLines()
    {
        SkipBlanks();
        while (Current is '\r' or '\n' or '@' or ';' or ',')
        {
            At++;
            SkipBlanks();
        }
    }

    private bool SkipComment()
    {
        if (!Looks("::") && !LooksWord("rem"))
        {
            return false;
        }

        SkipToLineEnd();
        return true;
    }

    private bool LooksWord(string word) =>
        At + word.Length <= End
        && string.Compare(Text, At, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0
        && (At + word.Length == End || Peek(word.Length) is ' ' or '\t' or '\r' or '\n' or '(' or ')' or '/' or '"' or ',' or ';' or '=' or '&' or '|' or '<' or '>' or ':' or '.' or '^');

    private bool TryTakeWord(string word)
    {
        var looks = LooksWord(word);
        At += looks ? word.Length : 0;
        return looks;
    }

    private BatchStatement.Label ParseLabel()
    {
        var start = At++;
        var nameAt = At;
        while (!AtEnd && !AtNewLine && Current is not (' ' or '\t' or ':' or '&' or '|' or '<' or '>'))
        {
            At++;
        }

        var label = new BatchStatement.Label(From(start), Text[nameAt..At]);
        SkipToLineEnd();
        return label;
    }

    private BatchStatement ParseChain()
    {
        var start = At;
        var first = ParsePipeline();
        var rest = ImmutableArray.CreateBuilder<BatchChainLink>();
        var end = At;
        SkipBlanks();
        while (Current == '&' || Looks("||"))
        {
            var signAt = At;
            var kind = Current == '|' ? BatchChainKind.OnFailure : Peek(1) == '&' ? BatchChainKind.OnSuccess : BatchChainKind.Always;
            At += kind == BatchChainKind.Always ? 1 : 2;
            SkipBlanks();
            if (EndsCommand())
            {
                ReportMissing(kind == BatchChainKind.Always ? "" : Text.Substring(signAt, 2), signAt);
                return rest.Count == 0 ? first : new BatchStatement.Chain(TextSpan.FromBounds(start, end), first, rest.ToImmutable());
            }

            rest.Add(new BatchChainLink(kind, ParsePipeline()));
            end = At;
            SkipBlanks();
        }

        At = end;
        return rest.Count == 0 ? first : new BatchStatement.Chain(From(start), first, rest.ToImmutable());
    }

    /// <summary>A lone ampersand may end a line.</summary>
    private void ReportMissing(string sign, int at)
    {
        if (sign.Length > 0)
        {
            Report($"expected a command after '{sign}', found {Found()}", at, at + sign.Length);
        }
    }

    private BatchStatement ParsePipeline()
    {
        var start = At;
        var first = ParseCommand();
        var stages = ImmutableArray.CreateBuilder<BatchStatement>();
        var end = At;
        SkipBlanks();
        while (Current == '|' && Peek(1) != '|')
        {
            var at = At++;
            SkipBlanks();
            if (EndsCommand())
            {
                ReportMissing("|", at);
                break;
            }

            stages.Add(ParseCommand());
            end = At;
            SkipBlanks();
        }

        At = end;
        return stages.Count == 0 ? first : new BatchStatement.Pipeline(From(start), [first, .. stages]);
    }

    private bool EndsCommand() => AtEnd || AtNewLine || Current is '&' or '|' || (Current == ')' && _groups > 0);

    private BatchStatement ParseCommand()
    {
        while (Current is '@' or ' ' or '\t')
        {
            At++;
        }

        var start = At;
        if (!TryEnter(start))
        {
            At = End;
            return new BatchStatement.Opaque(From(start));
        }

        var statement = Current == '(' ? ParseGroup(start)
            : TryTakeWord("if") ? ParseIf(start)
            : TryTakeWord("for") ? ParseFor(start)
            : TryTakeWord("set") ? ParseSet(start)
            : TryTakeWord("goto") ? ParseGoTo(start)
            : TryTakeWord("exit") ? ParseExit(start)
            : ParseSimple(start);
        Leave();
        return statement;
    }

    private BatchStatement.Group ParseGroup(int start)
    {
        At++;
        _groups++;
        var body = ParseBlock();
        _groups--;
        Close(")", start, 1);
        var redirections = ImmutableArray.CreateBuilder<BatchRedirection>();
        var end = At;
        SkipBlanks();
        while (TryRedirection(redirections))
        {
            end = At;
            SkipBlanks();
        }

        At = end;
        return new BatchStatement.Group(From(start), body, redirections.ToImmutable());
    }

    private BatchStatement ParseSimple(int start)
    {
        var isCall = TryTakeWord("call");
        var words = ImmutableArray.CreateBuilder<BatchWord>();
        var redirections = ImmutableArray.CreateBuilder<BatchRedirection>();
        var end = At;
        SkipBlanks();
        while (!EndsCommand())
        {
            if (!TryRedirection(redirections))
            {
                words.Add(ReadWord(stopsAtEquals: false));
            }

            end = At;
            SkipBlanks();
        }

        At = end;
        return isCall
            ? new BatchStatement.Call(From(start), words.ToImmutable(), redirections.ToImmutable())
            : new BatchStatement.Command(From(start), words.ToImmutable(), redirections.ToImmutable());
    }

    private bool TryRedirection(ImmutableArray<BatchRedirection>.Builder redirections)
    {
        var start = At;
        var hasDescriptor = char.IsAsciiDigit(Current) && Peek(1) is '<' or '>';
        if (!hasDescriptor && Current is not ('<' or '>'))
        {
            return false;
        }

        At += hasDescriptor ? 1 : 0;
        var signAt = At++;
        At += Text[signAt] == '>' && Current == '>' ? 1 : 0;
        var sign = Text[signAt..At];
        var joins = Current == '&' && char.IsAsciiDigit(Peek(1));
        if (!joins)
        {
            SkipBlanks();
        }

        var targetAt = At;
        if (joins)
        {
            At += 2;
        }
        else if (EndsCommand() || Current is '<' or '>')
        {
            Report($"expected a file's name after '{sign}', found {Found()}", signAt, At);
        }

        var target = joins ? Raw(targetAt) : ReadWord(stopsAtEquals: false);
        redirections.Add(new BatchRedirection(From(start), hasDescriptor ? Text.Substring(start, 1) : null, sign, target));
        return true;
    }

    private BatchWord Raw(int start) => new(From(start), [new BatchPart.Literal(From(start), Text[start..At], false)]);
}
