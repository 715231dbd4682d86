using System.Collections.Immutable;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;

namespace DeployGate.Templates.BicepFiles.Syntax;

/// <summary>How parsing goes on after an error.</summary>
internal sealed partial class BicepParser
{
    /// <summary>Moves to the first line end behind the error that lies outside all brackets opened since a token.</summary>
    private void Recover(int first)
    {
        var failedAt = Start;
        var error = _next;
        var open = 0;
        for (_next = first; _tokens[_next].Kind != TokenKind.EndOfFile; _next++)
        {
            var kind = _tokens[_next].Kind;
            if (kind == TokenKind.NewLine && _next >= error && (open == 0 || BeginsDeclaration(_next + 1)))
            {
                break;
            }

            open += kind switch
            {
                TokenKind.LeftBrace or TokenKind.LeftParenthesis or TokenKind.LeftSquare => 1,
                TokenKind.RightBrace or TokenKind.RightParenthesis or TokenKind.RightSquare when open > 0 => -1,
                _ => 0,
            };
        }

        _failed = false;
        _end = Start;
        _skipped.Add(TextSpan.FromBounds(failedAt, Math.Max(failedAt, Start)));
    }

    /// <summary>
    /// True for a keyword and a name at the very start of a line: where a bracket was never closed, the next declaration
    /// shows itself by this. Without it one missing bracket would hide the rest of the file.
    /// </summary>
    private bool BeginsDeclaration(int index)
    {
        var tokens = _tokens;
        if (index + 1 >= tokens.Count || tokens[index].Kind != TokenKind.Identifier || tokens[index + 1].Kind != TokenKind.Identifier)
        {
            return false;
        }

        var start = tokens[index].Span.Start;
        return _text[start - 1] is '\r' or '\n'
            && Lexeme(tokens[index]) is "param" or "var" or "resource" or "module" or "output" or "type" or "func" or "metadata";
    }

    /// <summary>True when the lexer reported something between two offsets. Statements ask in the order of the text.</summary>
    private bool HasLexerProblem(int start, int last)
    {
        while (_lexerProblem < _lexerProblems.Length && _lexerProblems[_lexerProblem].At.Span.Start < start)
        {
            _lexerProblem++;
        }

        return _lexerProblem < _lexerProblems.Length && _lexerProblems[_lexerProblem].At.Span.Start <= last;
    }

    /// <summary>Parser and lexer problems in the order of the text, without those of the lexer in text that was skipped.</summary>
    private ImmutableArray<Problem> AllProblems()
    {
        var skipped = 0;
        foreach (var problem in _lexerProblems)
        {
            var at = problem.At.Span.Start;
            while (skipped < _skipped.Count && _skipped[skipped].End <= at)
            {
                skipped++;
            }

            if (skipped == _skipped.Count || at <= _skipped[skipped].Start)
            {
                _problems.Add(problem);
            }
        }

        return BicepLexer.InOrder(_problems);
    }
}
