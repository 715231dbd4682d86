using System.Collections.Immutable;

namespace DeployGate.Pipelines.Shell.Syntax;

/// <summary><c>case</c>, <c>[[ ]]</c>, functions and arithmetic commands.</summary>
internal sealed partial class ShellParser
{
    private ShellStatement ParseCase(int start)
    {
        _at += 4;
        SkipBlanks();
        if (AtEnd || AtNewLine || IsMeta(Current))
        {
            Report($"expected a word after 'case', found {Found()}", start, start + 4);
            SkipToLineEnd();
            return new ShellStatement.Opaque(From(start));
        }

        var subject = ParseWord();
        SkipBlanksAndNewLines();
        if (!TryTake("in"))
        {
            Report($"expected 'in', found {Found()}", start, start + 4);
        }

        var items = ImmutableArray.CreateBuilder<CaseItem>();
        var goesOn = true;
        SkipBlanksAndNewLines();
        while (goesOn && !AtEnd && Reserved() is not "esac")
        {
            if (ParseCaseItem(ref goesOn) is { } item)
            {
                items.Add(item);
            }

            SkipBlanksAndNewLines();
        }

        Close("esac", start, 4);
        return new ShellStatement.Case(From(start), subject, items.ToImmutable());
    }

    private CaseItem? ParseCaseItem(ref bool goesOn)
    {
        var start = _at;
        _at += Current == '(' ? 1 : 0;
        var patterns = ParsePatterns();
        if (!TryTake(")"))
        {
            Report($"expected a pattern and ')', found {Found()}", start, Math.Min(start + 1, _end));
            SkipToLineEnd();
            return null;
        }

        var body = ParseBlock(Closers.CaseEnd | Closers.Esac);

        // Otherwise a word stands here that closes something around the whole statement.
        goesOn = CloserHere() is Closers.CaseEnd or Closers.Esac;
        var end = TryTake(";;&") ? CaseEnd.TestNext : TryTake(";;") ? CaseEnd.Leave : TryTake(";&") ? CaseEnd.FallThrough : CaseEnd.Leave;
        return new CaseItem(From(start), patterns, body, end);
    }

    private ImmutableArray<ShellWord> ParsePatterns()
    {
        var patterns = ImmutableArray.CreateBuilder<ShellWord>();
        do
        {
            SkipBlanks();
            if (AtEnd || AtNewLine || IsMeta(Current))
            {
                break;
            }

            patterns.Add(ParseWord());
            SkipBlanks();
        }
        while (TryTake("|"));
        return patterns.ToImmutable();
    }

    private ShellStatement.Test ParseTest(int start)
    {
        _at += 2;
        var words = ImmutableArray.CreateBuilder<ShellWord>();
        var isPattern = false;
        while (true)
        {
            SkipBlanks();
            while (AtNewLine && (words.Count == 0 || IsTestOperator(words[^1])))
            {
                TakeNewLine();
                SkipBlanks();
            }

            if (AtEnd || AtNewLine || IsTestEnd())
            {
                break;
            }

            var word = isPattern ? ParseRegex() : ParseTestWord();
            isPattern = word.Literal is "=~";
            words.Add(word);
        }

        Close("]]", start, 2);
        return new ShellStatement.Test(From(start), words.ToImmutable());
    }

    private bool IsTestEnd() => Looks("]]") && (_at + 2 >= _end || IsMeta(Peek(2)) || IsNewLineAt(_at + 2));

    private static bool IsTestOperator(ShellWord word) => word.Parts is [WordPart.Literal { IsQuoted: false, Text: "&&" or "||" or "(" or "!" }];

    private ShellWord ParseTestWord()
    {
        var start = _at;
        if (!IsMeta(Current) || BeginsProcess())
        {
            return ParseWord();
        }

        _at += Looks("&&") || Looks("||") ? 2 : 1;
        return Raw(start);
    }

    /// <summary>The right side of <c>=~</c> ends at a blank outside its parentheses; these and bars belong to it.</summary>
    private ShellWord ParseRegex()
    {
        var start = _at;
        var open = 0;
        var parts = OpenParts();
        while (!AtEnd && !AtNewLine && (open > 0 || Current is not (' ' or '\t')))
        {
            open += Current == '(' ? 1 : Current == ')' ? -1 : 0;
            ReadPart(parts, Quoting.Bare);
        }

        return new ShellWord(From(start), parts.ToImmutable());
    }

    private ShellWord Raw(int start) => new(From(start), [new WordPart.Literal(From(start), _text[start.._at], false)]);

    private ShellStatement ParseFunctionWithKeyword(int start)
    {
        _at += 8;
        SkipBlanks();
        var name = ParseFunctionName();
        SkipBlanks();
        if (Current == '(')
        {
            _at++;
            SkipBlanks();
            Close(")", start, 8);
        }

        return ParseFunctionBody(start, name);
    }

    private string ParseFunctionName()
    {
        var start = _at;
        while (!AtEnd && !IsMeta(Current) && !AtNewLine && Current is not ('{' or '$' or '"' or '\''))
        {
            _at++;
        }

        if (_at == start)
        {
            Report($"expected a function's name, found {Found()}", start, Math.Min(start + 1, _end));
        }

        return _text[start.._at];
    }

    private ShellStatement ParseFunctionBody(int start, string name)
    {
        SkipBlanksAndNewLines();
        if (AtEnd || (Current != '(' && Reserved() is not ("{" or "if" or "for" or "while" or "until" or "case" or "select" or "[[")))
        {
            Report($"expected the body of '{name}', found {Found()}", start, Math.Min(start + 1, _end));
            return new ShellStatement.Opaque(Span(start, start + 1));
        }

        if (!TryEnter(_at))
        {
            _at = _end;
            return new ShellStatement.Opaque(From(start));
        }

        var body = ParseCommand();
        Leave();
        return new ShellStatement.Function(From(start), name, body);
    }
}
