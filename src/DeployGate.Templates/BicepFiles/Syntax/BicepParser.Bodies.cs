namespace DeployGate.Templates.BicepFiles.Syntax;

/// <summary>Objects, arrays, loops, and the bodies of resources and modules.</summary>
internal sealed partial class BicepParser
{
    private ExpressionSyntax ParseBody(bool allowsResources)
    {
        // Bodies hold resources, which have bodies: this recursion does not pass through ParseExpression.
        if (_depth == MaxDepth)
        {
            FailTooDeep("the resources");
            return Broken();
        }

        _depth++;
        var body = ParseBodyForm(allowsResources);
        _depth--;
        return body;
    }

    private ExpressionSyntax ParseBodyForm(bool allowsResources)
    {
        if (Kind == TokenKind.LeftBrace)
        {
            return ParseObject(allowsResources);
        }

        if (IsWord("if") && KindAfter(1) == TokenKind.LeftParenthesis)
        {
            var start = Start;
            var condition = ParseCondition();
            var body = ParseRequiredObject("Write if (condition) { … }.", allowsResources);
            return new IfSyntax(From(start), condition, body);
        }

        if (Kind == TokenKind.LeftSquare && BeginsFor())
        {
            return ParseFor(isBody: true, allowsResources);
        }

        Fail("'{', 'if (' or '[for'", "The body is { … }, if (condition) { … }, or [for item in items: { … }].");
        return Broken();
    }

    private ExpressionSyntax ParseCondition()
    {
        Take();
        return ParseParenthesized().Inner;
    }

    private ExpressionSyntax ParseRequiredObject(string fix, bool allowsResources = false)
    {
        if (Kind == TokenKind.LeftBrace)
        {
            return ParseObject(allowsResources);
        }

        Fail("'{'", fix);
        return Broken();
    }

    private ObjectSyntax ParseObject(bool allowsResources)
    {
        var start = Take().Span.Start;
        SkipNewLine();
        var first = _items.Count;
        while (!_failed && !TryTake(TokenKind.RightBrace))
        {
            _items.Add(ParseObjectItem(allowsResources));
            EndItem(TokenKind.RightBrace, "'}'");
        }

        return new ObjectSyntax(From(start), _items.TakeFrom(first));
    }

    private ObjectItemSyntax ParseObjectItem(bool allowsResources)
    {
        var start = Start;
        if (TryTake(TokenKind.Ellipsis))
        {
            var spread = ParseExpression();
            return new ObjectSpreadSyntax(From(start), spread);
        }

        // A key may be called resource too; then no name follows it.
        if (allowsResources && (Kind == TokenKind.At || (IsWord("resource") && KindAfter(1) == TokenKind.Identifier)))
        {
            return ParseNestedResource();
        }

        var key = ParseKey("a property's name or '}'", "Write name: value, one on each line; names that are no words stand in single quotes.");
        Expect(TokenKind.Colon, "':' after the property's name", "Write name: value.");
        var value = ParseExpression();
        return new ObjectPropertySyntax(From(start), key, value);
    }

    private NestedResourceSyntax ParseNestedResource()
    {
        var decorators = ParseDecorators(recovers: false, out _);
        var start = Start;
        ExpectWord("resource", "In the body of a resource decorators belong to a nested resource: write resource name 'type' = { … } below them.");
        return new NestedResourceSyntax(ParseResource(start) with { Decorators = decorators });
    }

    private StringSyntax ParseKey(string expected, string fix)
    {
        if (Kind is TokenKind.Identifier or TokenKind.True or TokenKind.False or TokenKind.Null)
        {
            var token = Take();
            return new StringSyntax(token.Span, WordOf(token));
        }

        return ParseRequiredString(expected, fix);
    }

    private ArraySyntax ParseArray()
    {
        var start = Take().Span.Start;
        SkipNewLine();
        var first = _expressions.Count;
        while (!_failed && !TryTake(TokenKind.RightSquare))
        {
            var item = Start;
            if (TryTake(TokenKind.Ellipsis))
            {
                var spread = ParseExpression();
                _expressions.Add(new SpreadSyntax(From(item), spread));
            }
            else
            {
                _expressions.Add(ParseExpression());
            }

            EndItem(TokenKind.RightSquare, "']'");
        }

        return new ArraySyntax(From(start), _expressions.TakeFrom(first));
    }

    /// <summary>Items end with a line end, with a comma, which a line end may follow, or before the closing bracket.</summary>
    private void EndItem(TokenKind close, string closing)
    {
        if (TryTake(TokenKind.Comma))
        {
            SkipNewLine();
        }
        else if (!TryTake(TokenKind.NewLine) && Kind != close)
        {
            Fail($"a new line, ',' or {closing}", $"Put each item on its own line, or commas between them, and close with {closing}.");
        }
    }

    /// <summary>True at <c>[for item</c> and <c>[for (</c>: a name <c>for</c> alone is an item like any other.</summary>
    private bool BeginsFor()
    {
        var ahead = KindAfter(1) == TokenKind.NewLine ? 2 : 1;
        return IsWord("for", ahead) && KindAfter(ahead + 1) is TokenKind.Identifier or TokenKind.LeftParenthesis;
    }

    private ForSyntax ParseFor(bool isBody, bool allowsResources)
    {
        const string Fix = "Write [for item in items: value] or [for (item, index) in items: value].";
        var start = Take().Span.Start;
        SkipNewLine();
        Take();
        Identifier? index = null;
        var isPair = TryTake(TokenKind.LeftParenthesis);
        var item = TakeName("the name of the loop's item", Fix);
        if (isPair)
        {
            Expect(TokenKind.Comma, "','", Fix);
            index = TakeName("the name of the loop's index", Fix);
            Expect(TokenKind.RightParenthesis, "')'", Fix);
        }

        ExpectWord("in", Fix);
        var collection = ParseExpression();
        Expect(TokenKind.Colon, "':'", Fix);
        var hasCondition = isBody && IsWord("if") && KindAfter(1) == TokenKind.LeftParenthesis;
        var condition = hasCondition ? ParseCondition() : null;
        var body = isBody ? ParseRequiredObject("Write [for item in items: { … }] or [for item in items: if (condition) { … }].", allowsResources) : ParseExpression();
        SkipNewLine();
        Expect(TokenKind.RightSquare, "']'", "Close the loop: the value is one expression.");
        return new ForSyntax(From(start), item, index, collection, condition, body);
    }
}
