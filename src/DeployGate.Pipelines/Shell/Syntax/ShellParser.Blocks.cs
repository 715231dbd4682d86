using System.Collections.Immutable;
using DeployGate.Pipelines.Scripts;

namespace DeployGate.Pipelines.Shell.Syntax;

/// <summary>Blocks, chains and pipelines.</summary>
internal sealed partial class ShellParser
{
    /// <summary>All that closes a block that is open: a closing word that none of them knows is reported and skipped.</summary>
    private Closers _awaited;

    private Spare<ShellStatement> _statements;

    /// <summary>Parses statements up to a word that closes this block or one around it, which is left to the caller.</summary>
    private ShellBlock ParseBlock(Closers own)
    {
        var outer = _awaited;
        _awaited |= own;
        SkipBlanksAndNewLines();
        var start = _at;
        var last = _at;
        var statements = _statements.Open();
        while (!AtEnd)
        {
            var closer = CloserHere();
            if ((closer & _awaited) != 0)
            {
                break;
            }

            if (closer != Closers.None || Current is ';' or '|' || (Current == '&' && Peek(1) != '>'))
            {
                SkipUnexpected();
            }
            else
            {
                statements.Add(ParseStatement(out last));
            }

            SkipBlanksAndNewLines();
        }

        _awaited = outer;
        return new ShellBlock(Span(start, last), _statements.Close(statements));
    }

    private void SkipUnexpected()
    {
        var start = _at;
        var found = Found();
        var reserved = Reserved().Length;
        _at += reserved > 0 ? reserved : Looks(";;&") ? 3 : Looks(";;") || Looks("&&") || Looks("||") || Looks(";&") || Looks("|&") ? 2 : 1;
        Report($"expected a command, found {(_at - start > 1 ? $"'{_text[start.._at]}'" : found)}", start, _at);
    }

    private ShellStatement ParseStatement(out int end)
    {
        var start = _at;
        var statement = ParseChain();
        end = _at;
        SkipBlanks();
        if (Current == '&' && Peek(1) is not ('&' or '>'))
        {
            _at++;
            end = _at;
            return new ShellStatement.Background(From(start), statement);
        }

        if (Current == ';' && Peek(1) is not (';' or '&'))
        {
            _at++;
        }
        else if (!AtEnd && !AtNewLine && Current != '#' && CloserHere() == Closers.None)
        {
            Report($"expected ';' or the end of the line before {Found()}", _at, Math.Min(_at + 1, _end));
        }

        return statement;
    }

    private ShellStatement ParseChain()
    {
        var start = _at;
        var first = ParsePipeline();
        var end = _at;
        List<ChainLink> rest = [];
        SkipBlanks();
        while (Looks("&&") || Looks("||"))
        {
            var at = _at;
            _at += 2;
            if (ParseAfterOperator(at) is not { } next)
            {
                // Behind a line end lie the bodies of here-documents, read already: there is no way back.
                return new ShellStatement.Chain(Span(start, at + 2), first, [.. rest]);
            }

            rest.Add(new ChainLink(_text[at] == '&', next));
            end = _at;
            SkipBlanks();
        }

        _at = end;
        return rest.Count == 0 ? first : new ShellStatement.Chain(Span(start, end), first, [.. rest]);
    }

    /// <summary>The pipeline behind an operator, on the same line or a later one; null, and a problem, when there is none.</summary>
    private ShellStatement? ParseAfterOperator(int operatorAt)
    {
        SkipBlanksAndNewLines();
        if (!BeginsNoCommand())
        {
            return ParsePipeline();
        }

        Report($"expected a command after '{_text.AsSpan(operatorAt, 2)}', found {Found()}", operatorAt, operatorAt + 2);
        return null;
    }

    private bool BeginsNoCommand() => AtEnd || CloserHere() != Closers.None || Current is ';' or '|' || (Current == '&' && Peek(1) != '>');

    private ShellStatement ParsePipeline()
    {
        var start = _at;
        var isNegated = TakePrefixes();
        if (_at > start && BeginsNoCommand())
        {
            Report($"expected a command, found {Found()}", start, _at);
            return new ShellStatement.Opaque(From(start));
        }

        var first = ParseCommand();
        var end = _at;
        SkipBlanks();
        if (Current != '|' || Peek(1) == '|')
        {
            _at = end;
            return isNegated ? new ShellStatement.Pipeline(Span(start, end), true, [new PipelineStage(first, false)]) : first;
        }

        var stages = ParseStages(first, end);
        return new ShellStatement.Pipeline(From(start), isNegated, stages);
    }

    private ImmutableArray<PipelineStage> ParseStages(ShellStatement first, int end)
    {
        var stages = ImmutableArray.CreateBuilder<PipelineStage>();
        var stage = first;
        while (Current == '|' && Peek(1) != '|')
        {
            var at = _at;
            var pipesErrors = Peek(1) == '&';
            _at += pipesErrors ? 2 : 1;
            stages.Add(new PipelineStage(stage, pipesErrors));
            SkipBlanksAndNewLines();
            if (BeginsNoCommand())
            {
                Report($"expected a command after '|', found {Found()}", at, at + 1);
                return stages.ToImmutable();
            }

            stage = ParseCommand();
            end = _at;
            SkipBlanks();
        }

        _at = end;
        stages.Add(new PipelineStage(stage, false));
        return stages.ToImmutable();
    }

    /// <summary><c>!</c> and <c>time</c>; the latter changes nothing about what runs.</summary>
    private bool TakePrefixes()
    {
        var isNegated = false;
        while (true)
        {
            if (Reserved() is "!")
            {
                isNegated = !isNegated;
                _at++;
            }
            else if (Reserved() is "time")
            {
                _at += 4;
                SkipBlanks();
                _at += Looks("-p ") ? 2 : 0;
            }
            else
            {
                return isNegated;
            }

            SkipBlanks();
        }
    }
}
