using System.Collections.Immutable;
using DeployGate.Core.Text;

namespace DeployGate.Pipelines.PowerShellScripts.Syntax;

/// <summary>Pipelines, chains of them, and assignments.</summary>
internal sealed partial class PowerShellParser
{
    private PowerShellStatement ParsePipelineOrAssignment()
    {
        var start = At;
        var first = ParsePipeline();
        if (first is PowerShellStatement.Assignment)
        {
            return first;
        }

        var rest = ImmutableArray.CreateBuilder<PowerShellChainLink>();
        while (TakeAhead("&&", "||") is { } taken)
        {
            var operatorAt = At - 2;
            SkipBlanksAndNewLines();
            if (EndsStatement())
            {
                Report($"expected a command after '{taken}', found {Found()}", operatorAt, operatorAt + 2);
                break;
            }

            rest.Add(new PowerShellChainLink(taken == "&&", EndsPipelineChain() ? ParseStatement() : ParsePipeline()));
        }

        return rest.Count == 0 ? first : new PowerShellStatement.Chain(From(start), first, rest.ToImmutable());
    }

    /// <summary>True at <c>exit</c>, <c>throw</c> and the like, which may follow <c>||</c>.</summary>
    private bool EndsPipelineChain() => Keyword() is "return" or "throw" or "exit" or "break" or "continue";

    private PowerShellStatement ParsePipeline()
    {
        var start = At;
        var elements = ImmutableArray.CreateBuilder<PipelineElement>();
        if (BeginsExpression())
        {
            var value = ParseExpression(withCommas: true);
            if (AssignmentHere() is { } sign)
            {
                return ParseAssignment(start, value, sign);
            }

            elements.Add(new PipelineElement.Value(From(start), value, ParseRedirections()));
        }
        else
        {
            elements.Add(ParseCommand());
        }

        while (TakeAhead("|", null) is not null)
        {
            var pipe = At - 1;
            SkipBlanksAndNewLines();
            if (EndsStatement())
            {
                Report($"expected a command after '|', found {Found()}", pipe, pipe + 1);
                break;
            }

            elements.Add(ParseStage());
        }

        var isBackground = TakeBackground();
        return new PowerShellStatement.Pipeline(From(start), elements.ToImmutable(), isBackground);
    }

    private PipelineElement ParseStage()
    {
        if (!BeginsExpression())
        {
            return ParseCommand();
        }

        var start = At;
        var value = ParseExpression(withCommas: true);
        return new PipelineElement.Value(From(start), value, ParseRedirections());
    }

    private ImmutableArray<PowerShellRedirection> ParseRedirections()
    {
        var redirections = ImmutableArray.CreateBuilder<PowerShellRedirection>();
        var end = At;
        SkipBlanks();
        while (TryRedirection(redirections))
        {
            end = At;
            SkipBlanks();
        }

        At = end;
        return redirections.ToImmutable();
    }

    private bool TakeBackground()
    {
        var end = At;
        SkipBlanks();
        if (Current == '&' && Peek(1) != '&')
        {
            At++;
            return true;
        }

        At = end;
        return false;
    }

    /// <summary>Takes an operator that continues a pipeline, on this line or at the start of the next one.</summary>
    private string? TakeAhead(string one, string? other)
    {
        var start = At;
        SkipBlanksAndNewLines();
        if (TryTake(one) && (one != "|" || Current != '|'))
        {
            return one;
        }

        if (other is not null && TryTake(other))
        {
            return other;
        }

        At = start;
        return null;
    }

    private string? AssignmentHere()
    {
        var end = At;
        SkipBlanks();
        foreach (var sign in (ReadOnlySpan<string>)["=", "+=", "-=", "*=", "/=", "%=", "??="])
        {
            if (TryTake(sign))
            {
                return sign;
            }
        }

        At = end;
        return null;
    }

    private PowerShellStatement.Assignment ParseAssignment(int start, PowerShellExpression target, string sign)
    {
        var signAt = At - sign.Length;
        SkipBlanksAndNewLines();
        if (AtEnd || Current is ';' or '}' or ')')
        {
            Report($"expected a value after '{sign}', found {Found()}", signAt, At);
            return new PowerShellStatement.Assignment(From(start), target, sign, new PowerShellStatement.Opaque(new TextSpan(At, 0)));
        }

        if (!TryEnter(start))
        {
            SkipToLineEnd();
            return new PowerShellStatement.Assignment(From(start), target, sign, new PowerShellStatement.Opaque(From(signAt)));
        }

        var value = ParseStatement();
        Leave();
        return new PowerShellStatement.Assignment(From(start), target, sign, value);
    }

    /// <summary>True where a statement is an expression; anything else is a command's name.</summary>
    private bool BeginsExpression()
    {
        var (c, next) = (Current, Peek(1));
        if (IsSingleQuote(c) || IsDoubleQuote(c) || c is '$' or '(' or '{' or ',' or '!')
        {
            return true;
        }

        if (IsDash(c))
        {
            return IsDash(next) ? Peek(2) == '$' : !char.IsLetter(next) ? !IsBlank(next) : UnaryWord() is not null;
        }

        return c switch
        {
            '@' => next is '(' or '{' || IsSingleQuote(next) || IsDoubleQuote(next),
            '[' => IsWordPart(next),
            '+' => next is '+' or '$' or '(' || char.IsAsciiDigit(next),
            '.' => char.IsAsciiDigit(next),
            _ => char.IsAsciiDigit(c) && EndsNumber(),
        };
    }

    /// <summary>A digit may begin a command's name too, as in <c>7z</c>.</summary>
    private bool EndsNumber()
    {
        var length = NumberLength();
        return !IsWordPart(Peek(length)) && Peek(length) is not ('\\' or '/' or ':') && !(Peek(length) == '-' && char.IsLetter(Peek(length + 1)));
    }
}
