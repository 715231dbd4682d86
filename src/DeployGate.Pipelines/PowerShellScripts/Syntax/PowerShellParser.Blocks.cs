using System.Collections.Immutable;
using DeployGate.Core.Text;

namespace DeployGate.Pipelines.PowerShellScripts.Syntax;

/// <summary>Loops, <c>try</c>, and the blocks and parameters of scripts and functions.</summary>
internal sealed partial class PowerShellParser
{
    private PowerShellStatement.Loop ParseWhile(int start)
    {
        At += 5;
        var condition = ParseCondition("'while'");
        var body = ParseBraceBlock("the condition");
        return new PowerShellStatement.Loop(From(start), LoopKind.While, condition, body);
    }

    private PowerShellStatement ParseDo(int start)
    {
        At += 2;
        var body = ParseBraceBlock("'do'");
        var isWhile = TryTakeWordAhead("while");
        if (!isWhile && !TryTakeWordAhead("until"))
        {
            Report($"expected 'while' or 'until' after '}}', found {Found()}", start, start + 2);
            return new PowerShellStatement.Loop(From(start), LoopKind.DoWhile, new PowerShellStatement.Opaque(From(At)), body);
        }

        var condition = ParseCondition(isWhile ? "'while'" : "'until'");
        return new PowerShellStatement.Loop(From(start), isWhile ? LoopKind.DoWhile : LoopKind.DoUntil, condition, body);
    }

    private PowerShellStatement.Try ParseTry(int start)
    {
        At += 3;
        var body = ParseBraceBlock("'try'");
        var catches = ImmutableArray.CreateBuilder<CatchClause>();
        while (TryTakeWordAhead("catch"))
        {
            var types = ImmutableArray.CreateBuilder<string>();
            SkipBlanksAndNewLines();
            while (Current == '[' || Current == ',')
            {
                At += Current == ',' ? 1 : 0;
                SkipBlanksAndNewLines();
                types.Add(Current == '[' ? TakeTypeName() : "");
                SkipBlanksAndNewLines();
            }

            catches.Add(new CatchClause(types.ToImmutable(), ParseBraceBlock("'catch'")));
        }

        var last = TryTakeWordAhead("finally") ? ParseBraceBlock("'finally'") : null;
        if (catches.Count == 0 && last is null)
        {
            Report($"expected 'catch' or 'finally', found {Found()}", start, start + 3);
        }

        return new PowerShellStatement.Try(From(start), body, catches.ToImmutable(), last);
    }

    private PowerShellStatement.Trap ParseTrap(int start)
    {
        At += 4;
        SkipBlanksAndNewLines();
        var type = Current == '[' ? TakeTypeName() : null;
        var body = ParseBraceBlock("'trap'");
        return new PowerShellStatement.Trap(From(start), type, body);
    }

    private PowerShellStatement.Leave ParseLeave(int start, LeaveKind kind, int length)
    {
        At += length;
        SkipBlanks();
        var value = EndsStatement() ? null : ParseStatement();
        return new PowerShellStatement.Leave(From(start), kind, value);
    }

    private bool EndsStatement() => AtEnd || Current is '\n' or '\r' or ';' or '}' or ')' or '#' or '|' || Looks("&&");

    private PowerShellStatement.Opaque ParseUnsupported(int start, string keyword)
    {
        Report($"expected a statement that is read: '{keyword}' is unsupported", start, start + keyword.Length);
        var length = Text.AsSpan(At, End - At).IndexOfAny('{', '}');
        if (length < 0 || Text[At + length] == '}')
        {
            SkipToLineEnd();
        }
        else
        {
            At += length;
            SkipBraces();
        }

        return new PowerShellStatement.Opaque(From(start));
    }

    private PowerShellStatement ParseFunction(int start, string keyword)
    {
        At += keyword.Length;
        SkipBlanksAndNewLines();
        var nameAt = At;
        while (!AtEnd && !IsBlank(Current) && Current is not ('(' or '{' or '}' or ';' or '\r' or '\n'))
        {
            At++;
        }

        var name = Text[nameAt..At];
        SkipBlanksAndNewLines();
        var parameters = Current == '(' ? ParseParameters() : [];
        SkipBlanksAndNewLines();
        var opening = At;
        if (name.Length == 0 || !TryTake("{"))
        {
            Report($"expected {(name.Length == 0 ? "a name" : "'{'")} after '{keyword}', found {Found()}", start, start + keyword.Length);
            return new PowerShellStatement.Opaque(From(start));
        }

        _braces++;
        var body = ParseScriptBlockBody('}', opening, parameters);
        _braces--;
        Close("}", opening, 1);
        return new PowerShellStatement.Function(From(start), name, keyword == "filter", body);
    }

    /// <summary>What a script block holds: attributes, <c>param(…)</c>, then statements or named blocks.</summary>
    private PowerShellScriptBlock ParseScriptBlockBody(char closer, int start, ImmutableArray<PowerShellParameter> parameters)
    {
        SkipSeparators();
        while (BeginsAttribute())
        {
            ParseBracket();
            SkipSeparators();
        }

        if (TryTakeWord("param"))
        {
            SkipBlanksAndNewLines();
            parameters = ParseParameters();
        }

        SkipSeparators();
        var named = ImmutableArray.CreateBuilder<NamedBlock>();
        while (NamedBlockHere() is { } name)
        {
            At += name.Length;
            named.Add(new NamedBlock(name, ParseBraceBlock($"'{name}'")));
            SkipSeparators();
        }

        var body = ParseStatements(closer);
        return new PowerShellScriptBlock(From(start), parameters, body, named.ToImmutable());
    }

    private string? NamedBlockHere()
    {
        foreach (var name in (ReadOnlySpan<string>)["begin", "process", "end", "clean", "dynamicparam"])
        {
            if (LooksWord(name))
            {
                var ahead = name.Length;
                while (ahead < 200 && (IsBlank(Peek(ahead)) || Peek(ahead) is '\r' or '\n'))
                {
                    ahead++;
                }

                return Peek(ahead) == '{' ? name : null;
            }
        }

        return null;
    }

    /// <summary>An attribute has arguments, even none, which no type literal has.</summary>
    private bool BeginsAttribute()
    {
        if (Current != '[')
        {
            return false;
        }

        var ahead = 1;
        while (ahead < 200 && (IsWordPart(Peek(ahead)) || Peek(ahead) is '.' or ' '))
        {
            ahead++;
        }

        return Peek(ahead) == '(';
    }

    private ImmutableArray<PowerShellParameter> ParseParameters()
    {
        var start = At;
        if (!TryTake("("))
        {
            Report($"expected '(' after 'param', found {Found()}", start, start + 1);
            return [];
        }

        var parameters = ImmutableArray.CreateBuilder<PowerShellParameter>();
        _parentheses++;
        SkipBlanksAndNewLines();
        while (!AtEnd && Current is not (')' or '}'))
        {
            parameters.Add(ParseParameter());
            SkipBlanksAndNewLines();
            if (Current is not (',' or ')') && !AtEnd)
            {
                Report($"expected ',' or ')' after a parameter, found {Found()}", At, At + 1);
                SkipToParameterEnd();
            }

            At += Current == ',' ? 1 : 0;
            SkipBlanksAndNewLines();
        }

        _parentheses--;
        Close(")", start, 1);
        return parameters.ToImmutable();
    }

    private void SkipToParameterEnd()
    {
        var length = Text.AsSpan(At, End - At).IndexOfAny(",)}\n");
        At = length < 0 ? End : At + length;
    }

    private PowerShellParameter ParseParameter()
    {
        var start = At;
        var attributes = ImmutableArray.CreateBuilder<PowerShellAttribute>();
        string? type = null;
        while (Current == '[')
        {
            var attribute = BeginsAttribute();
            var bracket = ParseBracket();
            if (attribute)
            {
                attributes.Add(bracket);
            }
            else
            {
                type = bracket.Name;
            }

            SkipBlanksAndNewLines();
        }

        if (Current != '$' || !(IsWordPart(Peek(1)) || Peek(1) == '{'))
        {
            Report($"expected a parameter's name, found {Found()}", At, At + 1);
            SkipToParameterEnd();
            return new PowerShellParameter(From(start), "", attributes.ToImmutable(), type, null);
        }

        var name = ReadVariable().Name;
        var end = At;
        SkipBlanksAndNewLines();
        if (!TryTake("="))
        {
            return new PowerShellParameter(TextSpan.FromBounds(start, end), name, attributes.ToImmutable(), type, null);
        }

        SkipBlanksAndNewLines();
        var value = ParseExpression(withCommas: false);
        return new PowerShellParameter(From(start), name, attributes.ToImmutable(), type, value);
    }
}
