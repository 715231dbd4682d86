using System.Collections.Immutable;

namespace DeployGate.Templates.BicepFiles.Syntax;

/// <summary>Operators, from the weakest to what binds tightest.</summary>
internal sealed partial class BicepParser
{
    private const string ExpressionFix = "Write a value: a string in single quotes, a number, true, false, null, a name, a call, { … }, [ … ] or ( … ).";

    private ExpressionSyntax ParseExpression()
    {
        if (_depth == MaxDepth)
        {
            FailTooDeep("the expressions");
            return Broken();
        }

        // Depth counts the stack; height what lies below this expression, chains without stack included.
        _depth++;
        var height = _height;
        _height = 0;
        var start = Start;
        var expression = ParseBinary(least: 1);
        if (ComesNext(TokenKind.Question))
        {
            expression = ParseTernary(start, expression);
        }

        _height = Math.Max(height, _height + 1);
        _depth--;
        return expression;
    }

    private TernarySyntax ParseTernary(int start, ExpressionSyntax condition)
    {
        Take();
        var whenTrue = ParseExpression();
        ComesNext(TokenKind.Colon);
        Expect(TokenKind.Colon, "':'", "Write condition ? value : other value; a new line may stand before '?' and before ':'.");
        var whenFalse = ParseExpression();
        return new TernarySyntax(From(start), condition, whenTrue, whenFalse);
    }

    /// <summary>Precedence climbing; all operators associate to the left, and none follows a new line.</summary>
    private ExpressionSyntax ParseBinary(int least)
    {
        var start = Start;
        var left = ParseUnary();
        while (LevelOf(Kind) is var (level, operation) && level >= least)
        {
            Take();
            var right = ParseBinary(level + 1);
            left = new BinarySyntax(From(start), operation, left, right);
            Link();
        }

        return left;
    }

    private static (int Level, BinaryOperator Operator) LevelOf(TokenKind kind) => kind switch
    {
        TokenKind.DoubleQuestion => (1, BinaryOperator.Coalesce),
        TokenKind.Or => (2, BinaryOperator.Or),
        TokenKind.And => (3, BinaryOperator.And),
        TokenKind.Equals => (4, BinaryOperator.Equals),
        TokenKind.NotEquals => (4, BinaryOperator.NotEquals),
        TokenKind.EqualsIgnoringCase => (4, BinaryOperator.EqualsIgnoringCase),
        TokenKind.NotEqualsIgnoringCase => (4, BinaryOperator.NotEqualsIgnoringCase),
        TokenKind.Less => (5, BinaryOperator.Less),
        TokenKind.LessOrEqual => (5, BinaryOperator.LessOrEqual),
        TokenKind.Greater => (5, BinaryOperator.Greater),
        TokenKind.GreaterOrEqual => (5, BinaryOperator.GreaterOrEqual),
        TokenKind.Plus => (6, BinaryOperator.Add),
        TokenKind.Minus => (6, BinaryOperator.Subtract),
        TokenKind.Asterisk => (7, BinaryOperator.Multiply),
        TokenKind.Slash => (7, BinaryOperator.Divide),
        TokenKind.Percent => (7, BinaryOperator.Modulo),
        _ => (0, default),
    };

    private ExpressionSyntax ParseUnary()
    {
        var height = _height;
        _height = 0;
        var start = Start;
        UnaryOperator? operation = TryTake(TokenKind.Exclamation) ? UnaryOperator.Not : TryTake(TokenKind.Minus) ? UnaryOperator.Minus : null;
        var operand = ParseMember();
        _height = Math.Max(height, _height);
        return operation is null ? operand : new UnarySyntax(From(start), operation.Value, operand);
    }

    private ExpressionSyntax ParseMember()
    {
        var start = Start;
        var target = ParsePrimary();
        while (true)
        {
            switch (Kind)
            {
                case TokenKind.LeftSquare:
                    target = ParseIndex(start, target);
                    break;
                case TokenKind.Dot:
                    target = ParseDot(start, target);
                    break;
                case TokenKind.DoubleColon:
                    Take();
                    var name = TakeName("the name of a nested resource", "Write parent::child.");
                    target = new NestedResourceAccessSyntax(From(start), target, name);
                    break;
                case TokenKind.Exclamation:
                    Take();
                    target = new NonNullSyntax(From(start), target);
                    break;
                default:
                    return target;
            }

            Link();
        }
    }

    private IndexAccessSyntax ParseIndex(int start, ExpressionSyntax target)
    {
        Take();
        var isSafe = TryTake(TokenKind.Question);
        var fromEnd = TryTake(TokenKind.Caret);
        var index = ParseExpression();
        Expect(TokenKind.RightSquare, "']'", "Close the index: value[index].");
        return new IndexAccessSyntax(From(start), target, index, isSafe, fromEnd);
    }

    private ExpressionSyntax ParseDot(int start, ExpressionSyntax target)
    {
        Take();
        var isSafe = TryTake(TokenKind.Question);
        var name = TakeName("a property's name after '.'", "Write value.name, or value['name'] for a name that is no word.");
        if (Kind != TokenKind.LeftParenthesis)
        {
            return new PropertyAccessSyntax(From(start), target, name, isSafe);
        }

        var arguments = ParseArguments();
        return new InstanceCallSyntax(From(start), target, name, arguments, isSafe);
    }

    private ImmutableArray<ExpressionSyntax> ParseArguments()
    {
        var first = _expressions.Count;
        TryTake(TokenKind.LeftParenthesis);
        SkipNewLine();
        while (!_failed && !TryTake(TokenKind.RightParenthesis))
        {
            if (_expressions.Count > first)
            {
                Expect(TokenKind.Comma, "',' or ')'", "Separate the arguments with commas and close the call with ')'.");
                SkipNewLine();
            }

            _expressions.Add(ParseExpression());
            SkipNewLine();
        }

        return _expressions.TakeFrom(first);
    }

    /// <summary>Counts a link of a chain: each lies above all that came before it.</summary>
    private void Link()
    {
        if (++_height > MaxHeight)
        {
            FailTooDeep("the expressions");
        }
    }

    private BrokenSyntax Broken() => new(From(Start));
}
