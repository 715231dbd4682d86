using System.Collections.Immutable;

namespace DeployGate.Pipelines.Shell.Syntax;

/// <summary>Compound statements: brackets, branches and loops.</summary>
internal sealed partial class ShellParser
{
    private ShellStatement ParseCommand()
    {
        var start = _at;
        if (Current != '(' && Reserved().IsEmpty)
        {
            return ParseSimpleCommand();
        }

        if (!TryEnter(start))
        {
            if (Current == '(')
            {
                SkipBalanced();
            }
            else
            {
                _at = _end;
            }

            return new ShellStatement.Opaque(From(start));
        }

        var statement = ParseCompound(start);
        Leave();
        return ParseTrailingRedirections(start, statement);
    }

    private ShellStatement ParseCompound(int start) => Reserved() switch
    {
        "if" => ParseIf(start),
        "for" => ParseFor(start),
        "select" => ParseForEach(start, "select"),
        "while" or "until" => ParseLoop(start),
        "case" => ParseCase(start),
        "function" => ParseFunctionWithKeyword(start),
        "{" => ParseGroup(start),
        "[[" => ParseTest(start),
        "" when IsArithmetic(start) => ParseArithmeticCommand(start),
        "" when Current == '(' => ParseSubshell(start),
        _ => ParseStray(start),
    };

    private ShellStatement.Arithmetic ParseArithmeticCommand(int start)
    {
        var parts = ParseArithmetic();
        return new ShellStatement.Arithmetic(From(start), parts);
    }

    private ShellStatement.Opaque ParseStray(int start)
    {
        SkipUnexpected();
        return new ShellStatement.Opaque(From(start));
    }

    private ShellStatement ParseTrailingRedirections(int start, ShellStatement statement)
    {
        var redirections = _redirections.Open(0);
        var end = _at;
        SkipBlanks();
        while (TryRedirection(redirections))
        {
            end = _at;
            SkipBlanks();
        }

        _at = end;
        var closed = _redirections.Close(redirections);
        return closed.IsEmpty ? statement : new ShellStatement.Redirected(From(start), statement, closed);
    }

    private ShellStatement.Subshell ParseSubshell(int start)
    {
        _at++;
        var body = ParseBlock(Closers.Parenthesis);
        Close(")", start, 1);
        return new ShellStatement.Subshell(From(start), body);
    }

    private ShellStatement.Group ParseGroup(int start)
    {
        _at++;
        var body = ParseBlock(Closers.Brace);
        Close("}", start, 1);
        return new ShellStatement.Group(From(start), body);
    }

    private ShellStatement.If ParseIf(int start)
    {
        var branches = ImmutableArray.CreateBuilder<IfBranch>();
        ShellBlock? otherwise = null;
        do
        {
            var keyword = _at;
            _at += Reserved().Length;
            var condition = ParseBlock(Closers.Then | Closers.Elif | Closers.Else | Closers.Fi);
            Close("then", keyword, 2);
            branches.Add(new IfBranch(condition, ParseBlock(Closers.Elif | Closers.Else | Closers.Fi)));
        }
        while (Reserved() is "elif");

        if (Reserved() is "else")
        {
            _at += 4;
            otherwise = ParseBlock(Closers.Fi);
        }

        Close("fi", start, 2);
        return new ShellStatement.If(From(start), branches.ToImmutable(), otherwise);
    }

    private ShellStatement.Loop ParseLoop(int start)
    {
        var isUntil = Current == 'u';
        _at += 5;
        var condition = ParseBlock(Closers.Do | Closers.Done);
        var body = ParseLoopBody(start, 5);
        return new ShellStatement.Loop(From(start), isUntil, condition, body);
    }

    private ShellStatement ParseFor(int start)
    {
        var name = _at + 3;
        while (name < _end && _text[name] is ' ' or '\t')
        {
            name++;
        }

        if (string.CompareOrdinal(_text, name, "((", 0, 2) != 0 || name + 2 > _end)
        {
            return ParseForEach(start, "for");
        }

        _at = name;
        var clauses = ParseForClauses();
        SkipBlanks();
        _at += Current == ';' ? 1 : 0;
        SkipBlanksAndNewLines();
        var body = Reserved() is "{" ? ParseGroup(_at).Body : ParseLoopBody(start, 3);
        return new ShellStatement.ForArithmetic(From(start), clauses, body);
    }

    private ShellStatement ParseForEach(int start, string keyword)
    {
        _at += keyword.Length;
        SkipBlanks();
        var nameAt = _at;
        while (IsNamePart(Current) && !AtEnd)
        {
            _at++;
        }

        if (_at == nameAt)
        {
            Report($"expected a name after '{keyword}', found {Found()}", start, start + keyword.Length);
            SkipToLineEnd();
            return new ShellStatement.Opaque(From(start));
        }

        var name = _text[nameAt.._at];
        var words = ParseForWords();
        SkipBlanksAndNewLines();
        var body = Reserved() is "{" ? ParseGroup(_at).Body : ParseLoopBody(start, keyword.Length);
        return new ShellStatement.ForEach(From(start), name, words, body, keyword == "select");
    }

    private ImmutableArray<ShellWord>? ParseForWords()
    {
        SkipBlanks();
        _at += Current == ';' ? 1 : 0;
        SkipBlanksAndNewLines();
        if (!Looks("in") || !(_at + 2 >= _end || IsMeta(Peek(2)) || IsNewLineAt(_at + 2)))
        {
            return null;
        }

        _at += 2;
        var words = ImmutableArray.CreateBuilder<ShellWord>();
        SkipBlanks();
        while (!AtEnd && !AtNewLine && Current is not (';' or '#'))
        {
            if (IsMeta(Current) && !BeginsProcess())
            {
                Report($"expected a word or ';', found {Found()}", _at, _at + 1);
                _at++;
            }
            else
            {
                words.Add(ParseWord());
            }

            SkipBlanks();
        }

        _at += Current == ';' ? 1 : 0;
        return words.ToImmutable();
    }

    private ShellBlock ParseLoopBody(int start, int keywordLength)
    {
        SkipBlanksAndNewLines();
        if (Reserved() is not "do")
        {
            ReportUnclosed($"expected 'do', found {Found()}", start, start + keywordLength);
            _at += Reserved() is "done" ? 4 : 0;
            return new ShellBlock(Span(_at, _at), []);
        }

        _at += 2;
        var body = ParseBlock(Closers.Done);
        Close("done", start, keywordLength);
        return body;
    }

    /// <summary>Takes the word that closes a construct; where it is missing, the problem stands at the construct's first word.</summary>
    private void Close(string expected, int start, int length)
    {
        if (!TryTake(expected))
        {
            ReportUnclosed($"expected '{expected}', found {Found()}", start, Math.Min(start + length, _end));
        }
    }
}
