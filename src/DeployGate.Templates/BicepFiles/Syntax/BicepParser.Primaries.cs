using System.Collections.Immutable;
using System.Globalization;

namespace DeployGate.Templates.BicepFiles.Syntax;

/// <summary>What operators work on: literals, strings, names, calls, lambdas, parentheses.</summary>
internal sealed partial class BicepParser
{
    private ExpressionSyntax ParsePrimary()
    {
        var token = _tokens[_next];
        switch (Kind)
        {
            case TokenKind.Integer:
                Take();
                return ulong.TryParse(Lexeme(token), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? new IntegerSyntax(token.Span, number)
                    : new BrokenSyntax(token.Span);
            case TokenKind.True or TokenKind.False:
                Take();
                return new BooleanSyntax(token.Span, token.Kind == TokenKind.True);
            case TokenKind.Null:
                Take();
                return new NullSyntax(token.Span);
            case TokenKind.String or TokenKind.StringStart:
                return ParseString();
            case TokenKind.Identifier:
                return ParseWord();
            case TokenKind.LeftParenthesis:
                return BeginsLambda() ? ParseLambda() : ParseParenthesized();
            case TokenKind.LeftBrace:
                return ParseObject(allowsResources: false);
            case TokenKind.LeftSquare:
                return BeginsFor() ? ParseFor(isBody: false, allowsResources: false) : ParseArray();
            default:
                Fail("an expression", ExpressionFix);
                return Broken();
        }
    }

    private ExpressionSyntax ParseWord()
    {
        if (KindAfter(1) == TokenKind.Arrow)
        {
            return ParseLambda();
        }

        var token = Take();
        var name = WordOf(token);
        if (Kind != TokenKind.LeftParenthesis)
        {
            return new VariableSyntax(token.Span, name);
        }

        var arguments = ParseArguments();
        return new FunctionCallSyntax(From(token.Span.Start), new Identifier(name, token.Span), arguments);
    }

    private ParenthesizedSyntax ParseParenthesized()
    {
        var start = Take().Span.Start;
        SkipNewLine();
        var inner = ParseExpression();
        SkipNewLine();
        Expect(TokenKind.RightParenthesis, "')'", "Close the parenthesis; an operator cannot begin a line.");
        return new ParenthesizedSyntax(From(start), inner);
    }

    /// <summary>Only names and commas stand between the parentheses of a lambda, so looking ahead is short.</summary>
    private bool BeginsLambda()
    {
        var ahead = 1;
        while (KindAfter(ahead) is TokenKind.Identifier or TokenKind.Comma or TokenKind.NewLine)
        {
            ahead++;
        }

        return KindAfter(ahead) == TokenKind.RightParenthesis && KindAfter(ahead + 1) == TokenKind.Arrow;
    }

    private LambdaSyntax ParseLambda()
    {
        const string Fix = "Write (name, other) => expression.";
        var start = Start;
        var parameters = ImmutableArray.CreateBuilder<Identifier>();
        if (TryTake(TokenKind.LeftParenthesis))
        {
            SkipNewLine();
            while (!_failed && !TryTake(TokenKind.RightParenthesis))
            {
                if (parameters.Count > 0)
                {
                    Expect(TokenKind.Comma, "',' or ')'", Fix);
                    SkipNewLine();
                }

                parameters.Add(TakeName("the name of a parameter", Fix));
                SkipNewLine();
            }
        }
        else
        {
            parameters.Add(TakeName("the name of a parameter", Fix));
        }

        Expect(TokenKind.Arrow, "'=>'", Fix);
        SkipNewLine();
        var body = ParseExpression();
        return new LambdaSyntax(From(start), parameters.ToImmutable(), body);
    }
}
