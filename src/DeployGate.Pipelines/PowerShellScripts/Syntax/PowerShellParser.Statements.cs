using System.Collections.Immutable;

namespace DeployGate.Pipelines.PowerShellScripts.Syntax;

/// <summary>Statements that begin with a keyword.</summary>
internal sealed partial class PowerShellParser
{
    private PowerShellStatement ParseStatement()
    {
        var start = At;
        SkipLabel();
        var keyword = Keyword();
        if (!IsStatementKeyword(keyword))
        {
            return ParsePipelineOrAssignment();
        }

        if (!TryEnter(start))
        {
            At = End;
            return new PowerShellStatement.Opaque(From(start));
        }

        var statement = ParseByKeyword(start, keyword);
        Leave();
        return statement;
    }

    private PowerShellStatement ParseByKeyword(int start, string keyword) => keyword switch
    {
        "if" => ParseIf(start),
        "switch" => ParseSwitch(start),
        "foreach" => ParseForEach(start),
        "for" => ParseFor(start),
        "while" => ParseWhile(start),
        "do" => ParseDo(start),
        "try" => ParseTry(start),
        "trap" => ParseTrap(start),
        "function" or "filter" => ParseFunction(start, keyword),
        "return" => ParseLeave(start, LeaveKind.Return, 6),
        "throw" => ParseLeave(start, LeaveKind.Throw, 5),
        "exit" => ParseLeave(start, LeaveKind.Exit, 4),
        "break" => ParseLeave(start, LeaveKind.Break, 5),
        "continue" => ParseLeave(start, LeaveKind.Continue, 8),
        _ => ParseUnsupported(start, keyword),
    };

    private static bool IsStatementKeyword(string word) => word is
        "if" or "switch" or "foreach" or "for" or "while" or "do" or "try" or "trap" or "function" or "filter" or "return" or "throw"
        or "exit" or "break" or "continue" or "class" or "enum" or "data" or "workflow" or "configuration";

    /// <summary><c>:name</c> before a loop.</summary>
    private void SkipLabel()
    {
        if (Current != ':' || !IsWordPart(Peek(1)))
        {
            return;
        }

        At++;
        while (IsWordPart(Current))
        {
            At++;
        }

        SkipBlanksAndNewLines();
    }

    /// <summary>The keyword here, in lower case; empty for none. Words that are also commands need what follows them.</summary>
    private string Keyword()
    {
        const int Longest = 13;
        var length = 0;
        while (length <= Longest && char.IsAsciiLetter(Peek(length)))
        {
            length++;
        }

        var word = Text.Substring(At, length).ToLowerInvariant();
        if (!LooksWord(word))
        {
            return "";
        }

        var next = length;
        while (IsBlank(Peek(next)) && next < length + Longest)
        {
            next++;
        }

        return word switch
        {
            "foreach" => Peek(next) is '(' or '<' || IsDash(Peek(next)) ? word : "",
            "class" or "enum" or "workflow" or "configuration" => char.IsAsciiLetter(Peek(next)) || Peek(next) == '_' ? word : "",
            "data" => Peek(next) == '{' ? word : "",
            _ => word,
        };
    }

    private PowerShellStatement.If ParseIf(int start)
    {
        At += 2;
        var branches = ImmutableArray.CreateBuilder<PowerShellBranch>();
        do
        {
            var condition = ParseCondition("'if'");
            branches.Add(new PowerShellBranch(condition, ParseBraceBlock("the condition")));
        }
        while (TryTakeWordAhead("elseif"));

        var otherwise = TryTakeWordAhead("else") ? ParseBraceBlock("'else'") : null;
        return new PowerShellStatement.If(From(start), branches.ToImmutable(), otherwise);
    }

    /// <summary>The statement between parentheses behind a keyword.</summary>
    private PowerShellStatement ParseCondition(string behind)
    {
        SkipBlanksAndNewLines();
        var start = At;
        if (!TryTake("("))
        {
            Report($"expected '(' after {behind}, found {Found()}", start, start + 1);
            return new PowerShellStatement.Opaque(From(start));
        }

        return ParseInParentheses(start);
    }

    private PowerShellStatement ParseInParentheses(int start)
    {
        _parentheses++;
        SkipBlanksAndNewLines();
        var statement = AtEnd || Current is ')' or '}' ? new PowerShellStatement.Opaque(From(start)) : ParseStatement();
        if (statement is PowerShellStatement.Opaque && Current == ')')
        {
            Report("expected an expression between '(' and ')'", start, At + 1);
        }

        SkipBlanksAndNewLines();
        _parentheses--;
        CloseParenthesis(start);
        return statement;
    }

    /// <summary>Where something else stands before the parenthesis, it is skipped up to it if that is on the same line.</summary>
    private void CloseParenthesis(int start)
    {
        if (Close(")", start, 1) || AtEnd)
        {
            return;
        }

        var line = Text.AsSpan(At, End - At);
        var stop = line.IndexOfAny("){}\n");
        if (stop >= 0 && line[stop] == ')')
        {
            At += stop + 1;
        }
    }

    private PowerShellStatement.Switch ParseSwitch(int start)
    {
        At += 6;
        var flags = ImmutableArray.CreateBuilder<string>();
        SkipBlanks();
        PowerShellStatement? file = null;
        while (IsDash(Current))
        {
            var flag = At++;
            while (IsWordPart(Current))
            {
                At++;
            }

            flags.Add("-" + Text[(flag + 1)..At].ToLowerInvariant());
            SkipBlanks();
            if (flags[^1] == "-file" && Current != '(')
            {
                file = AsStatement(ParseArgument());
                SkipBlanks();
            }
        }

        var subject = file ?? ParseCondition("'switch'");
        var cases = ParseCases();
        return new PowerShellStatement.Switch(From(start), flags.ToImmutable(), subject, cases);
    }

    private ImmutableArray<SwitchCase> ParseCases()
    {
        var cases = ImmutableArray.CreateBuilder<SwitchCase>();
        SkipBlanksAndNewLines();
        var start = At;
        if (!TryTake("{"))
        {
            Report($"expected '{{' after the value of 'switch', found {Found()}", start, start + 1);
            return [];
        }

        _braces++;
        SkipSeparators();
        while (!AtEnd && Current != '}')
        {
            var before = At;
            var pattern = TryTakeWord("default") ? null : ParseArgument();
            SkipBlanksAndNewLines();
            if (Current != '{')
            {
                Report($"expected '{{' after a pattern, found {Found()}", before, At);
                SkipToLineEnd();
                At += At == before && !AtEnd ? 1 : 0;
            }
            else
            {
                cases.Add(new SwitchCase(pattern, ParseBraceBlock("a pattern")));
            }

            SkipSeparators();
        }

        _braces--;
        Close("}", start, 1);
        return cases.ToImmutable();
    }

    private static PowerShellStatement AsStatement(PowerShellExpression expression) =>
        new PowerShellStatement.Pipeline(expression.Span, [new PipelineElement.Value(expression.Span, expression, [])], false);

    private PowerShellStatement ParseForEach(int start)
    {
        At += 7;
        SkipBlanks();
        while (IsDash(Current))
        {
            ParseCommandWord();
            SkipBlanks();
        }

        var opening = At;
        if (!TryTake("("))
        {
            Report($"expected '(' after 'foreach', found {Found()}", start, start + 7);
            return new PowerShellStatement.Opaque(From(start));
        }

        _parentheses++;
        SkipBlanksAndNewLines();
        var variable = ParsePrimary();
        SkipBlanksAndNewLines();
        if (!TryTakeWord("in"))
        {
            Report($"expected 'in', found {Found()}", opening, opening + 1);
        }

        SkipBlanksAndNewLines();
        var items = AtEnd || Current == ')' ? new PowerShellStatement.Opaque(From(At)) : ParseStatement();
        SkipBlanksAndNewLines();
        _parentheses--;
        CloseParenthesis(opening);
        var body = ParseBraceBlock("'foreach (…)'");
        return new PowerShellStatement.ForEach(From(start), variable, items, body);
    }

    private PowerShellStatement ParseFor(int start)
    {
        At += 3;
        SkipBlanksAndNewLines();
        var opening = At;
        if (!TryTake("("))
        {
            Report($"expected '(' after 'for', found {Found()}", start, start + 3);
            return new PowerShellStatement.Opaque(From(start));
        }

        _parentheses++;
        var clauses = new PowerShellStatement?[3];
        for (var i = 0; i < 3; i++)
        {
            SkipBlanksAndNewLines();
            clauses[i] = AtEnd || Current is ';' or ')' ? null : ParseStatement();
            SkipBlanksAndNewLines();
            At += Current == ';' && i < 2 ? 1 : 0;
        }

        _parentheses--;
        CloseParenthesis(opening);
        var body = ParseBraceBlock("'for (…)'");
        return new PowerShellStatement.For(From(start), clauses[0], clauses[1], clauses[2], body);
    }
}
