using System.Collections.Immutable;

namespace DeployGate.Pipelines.Batch.Syntax;

/// <summary>The commands with a grammar of their own.</summary>
internal sealed partial class BatchParser
{
    private BatchStatement ParseIf(int start)
    {
        var condition = ImmutableArray.CreateBuilder<BatchWord>();
        SkipBlanks();
        while (LooksWord("/i") || LooksWord("not"))
        {
            AddConditionWord(condition);
        }

        if (LooksWord("errorlevel") || LooksWord("exist") || LooksWord("defined") || LooksWord("cmdextversion"))
        {
            AddConditionWord(condition);
            AddConditionWord(condition);
        }
        else
        {
            AddConditionWord(condition);
            AddConditionWord(condition);
            AddConditionWord(condition);
        }

        if (EndsCommand())
        {
            Report($"expected a command after the condition, found {Found()}", start, start + 2);
            return new BatchStatement.If(From(start), condition.ToImmutable(), new BatchStatement.Opaque(From(At)), null);
        }

        var isGroup = Current == '(';
        var then = isGroup ? ParsePipeline() : ParseChain();
        var otherwise = TakeElse() ? ParseBranch() : null;
        return new BatchStatement.If(From(start), condition.ToImmutable(), then, otherwise);
    }

    private void AddConditionWord(ImmutableArray<BatchWord>.Builder condition)
    {
        var start = At;
        if (TryTake("=="))
        {
            condition.Add(Raw(start));
        }
        else if (!EndsCommand())
        {
            var word = ReadWord(stopsAtEquals: true);
            if (word.Span.Length > 0)
            {
                condition.Add(word);
            }
        }

        SkipBlanks();
    }

    private bool TakeElse()
    {
        var end = At;
        SkipBlanks();
        if (TryTakeWord("else"))
        {
            return true;
        }

        At = end;
        return false;
    }

    private BatchStatement ParseBranch()
    {
        SkipBlanks();
        if (!EndsCommand())
        {
            return Current == '(' ? ParsePipeline() : ParseChain();
        }

        Report($"expected a command after 'else', found {Found()}", At - 1, At);
        return new BatchStatement.Opaque(From(At));
    }

    private BatchStatement ParseFor(int start)
    {
        var header = ImmutableArray.CreateBuilder<BatchWord>();
        var open = 0;
        SkipBlanks();
        while (!AtEnd && (open > 0 || (!AtNewLine && !LooksWord("do"))))
        {
            var at = At;
            if (Current is '(' or ')')
            {
                open += Current == '(' ? 1 : -1;
                At++;
                header.Add(Raw(at));
            }
            else if (AtNewLine || Current is '&' or '|' or '<' or '>')
            {
                At++;
            }
            else
            {
                header.Add(ReadHeaderWord());
            }

            SkipBlanks();
        }

        if (!TryTakeWord("do"))
        {
            Report($"expected 'do', found {Found()}", start, start + 3);
            return new BatchStatement.For(From(start), header.ToImmutable(), new BatchStatement.Opaque(From(At)));
        }

        var body = ParseBranch();
        return new BatchStatement.For(From(start), header.ToImmutable(), body);
    }

    private BatchStatement.Set ParseSet(int start)
    {
        SkipBlanks();
        var kind = TryTakeWord("/p") ? SetKind.Prompt : TryTakeWord("/a") ? SetKind.Arithmetic : SetKind.Text;
        SkipBlanks();
        var quoteAt = At;
        var isQuoted = TryTake("\"");
        var name = ReadText(isQuoted, stopsAtEquals: true);
        var value = TryTake("=") ? ReadText(isQuoted, stopsAtEquals: false) : null;
        if (isQuoted && !Close("\"", quoteAt, 1))
        {
            return new BatchStatement.Set(From(start), kind, name, value);
        }

        while (!EndsCommand())
        {
            At++;
        }

        return new BatchStatement.Set(From(start), kind, name, value);
    }

    private BatchStatement ParseGoTo(int start)
    {
        SkipBlanks();
        if (!EndsCommand())
        {
            var target = ReadWord(stopsAtEquals: false);
            return new BatchStatement.GoTo(From(start), target);
        }

        Report($"expected a label after 'goto', found {Found()}", start, start + 4);
        return new BatchStatement.Opaque(From(start));
    }

    private BatchStatement.Exit ParseExit(int start)
    {
        SkipBlanks();
        var onlyFile = TryTakeWord("/b");
        SkipBlanks();
        var code = EndsCommand() ? null : ReadWord(stopsAtEquals: false);
        while (!EndsCommand())
        {
            At++;
        }

        return new BatchStatement.Exit(From(start), onlyFile, code);
    }
}
