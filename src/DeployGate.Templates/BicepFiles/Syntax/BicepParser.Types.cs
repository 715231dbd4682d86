using System.Collections.Immutable;

namespace DeployGate.Templates.BicepFiles.Syntax;

/// <summary>Types.</summary>
internal sealed partial class BicepParser
{
    private const string TypeFix = "Write a type: string, int, bool, object, array, a type's name, a literal, { … }, [ … ], or several with '|' between them.";

    private TypeSyntax ParseType()
    {
        if (_depth == MaxDepth)
        {
            FailTooDeep("the types");
            return new BrokenTypeSyntax(From(Start));
        }

        _depth++;
        var height = _height;
        _height = 0;
        TryTakePipe();
        var start = Start;
        var members = ImmutableArray.CreateBuilder<TypeSyntax>();
        do
        {
            members.Add(ParseUnaryType());
        }
        while (TryTakePipe());

        _height = Math.Max(height, _height + 1);
        _depth--;
        return members.Count == 1 ? members[0] : new UnionTypeSyntax(From(start), members.ToImmutable());
    }

    /// <summary>A union goes on after a line end before its <c>|</c>, after it, or both.</summary>
    private bool TryTakePipe()
    {
        if (!ComesNext(TokenKind.Pipe))
        {
            return false;
        }

        Take();
        SkipNewLine();
        return true;
    }

    /// <summary>A sign or a negation makes sense before a literal only.</summary>
    private TypeSyntax ParseUnaryType()
    {
        var start = Start;
        UnaryOperator? operation = TryTake(TokenKind.Minus) ? UnaryOperator.Minus : TryTake(TokenKind.Exclamation) ? UnaryOperator.Not : null;
        if (operation is null)
        {
            return ParsePostfixType();
        }

        if (Kind is not (TokenKind.Integer or TokenKind.True or TokenKind.False))
        {
            Fail("a literal after the operator", TypeFix);
            return new BrokenTypeSyntax(From(start));
        }

        var operand = ParsePrimary();
        return ParsePostfixes(start, new LiteralTypeSyntax(new UnarySyntax(From(start), operation.Value, operand)));
    }

    private TypeSyntax ParsePostfixType()
    {
        var start = Start;
        return ParsePostfixes(start, ParsePrimaryType());
    }

    private TypeSyntax ParsePostfixes(int start, TypeSyntax type)
    {
        while (true)
        {
            switch (Kind)
            {
                case TokenKind.Question:
                    Take();
                    type = new NullableTypeSyntax(From(start), type);
                    break;
                case TokenKind.Exclamation:
                    Take();
                    type = new NonNullTypeSyntax(From(start), type);
                    break;
                case TokenKind.LeftSquare:
                    type = ParseTypeBrackets(start, type);
                    break;
                case TokenKind.Dot:
                    Take();
                    var name = TryTake(TokenKind.Asterisk) ? null : TakeName("a member's name or '*' after '.'", "Write type.member or type.*.");
                    type = new TypeMemberAccessSyntax(From(start), type, name);
                    break;
                case TokenKind.Less:
                    var arguments = ParseTypeArguments();
                    type = new ParameterizedTypeSyntax(From(start), type, arguments);
                    break;
                default:
                    return type;
            }

            Link();
        }
    }

    private TypeSyntax ParseTypeBrackets(int start, TypeSyntax type)
    {
        Take();
        if (TryTake(TokenKind.RightSquare))
        {
            return new ArrayTypeSyntax(From(start), type);
        }

        ulong? index = null;
        if (!TryTake(TokenKind.Asterisk))
        {
            index = (Kind == TokenKind.Integer ? ParsePrimary() : null) is IntegerSyntax integer ? integer.Value : null;
            if (index is null)
            {
                Fail("']', a number or '*'", "Write type[] for an array, tuple[0] or array[*] for the type of an item.");
            }
        }

        Expect(TokenKind.RightSquare, "']'", "Close the bracket.");
        return new TypeItemAccessSyntax(From(start), type, index);
    }

    private ImmutableArray<TypeSyntax> ParseTypeArguments()
    {
        const string Fix = "Write type<argument, …>, such as resourceInput<'type@version'>.";
        Take();
        SkipNewLine();
        var arguments = ImmutableArray.CreateBuilder<TypeSyntax>();
        do
        {
            SkipNewLine();
            arguments.Add(ParseType());
            SkipNewLine();
        }
        while (TryTake(TokenKind.Comma));

        Expect(TokenKind.Greater, "',' or '>'", Fix);
        return arguments.ToImmutable();
    }

    private TypeSyntax ParsePrimaryType()
    {
        switch (Kind)
        {
            case TokenKind.Identifier when IsWord("resource") && KindAfter(1) is TokenKind.String or TokenKind.StringStart:
                var start = Take().Span.Start;
                var resource = ParseString();
                return new ResourceTypeSyntax(From(start), resource);
            case TokenKind.Identifier:
                var token = Take();
                return new NamedTypeSyntax(token.Span, Lexeme(token).ToString());
            case TokenKind.String or TokenKind.StringStart or TokenKind.Integer or TokenKind.True or TokenKind.False or TokenKind.Null:
                return new LiteralTypeSyntax(ParsePrimary());
            case TokenKind.LeftParenthesis:
                Take();
                SkipNewLine();
                var inner = ParseType();
                SkipNewLine();
                Expect(TokenKind.RightParenthesis, "')'", "Close the parenthesis of the type.");
                return inner;
            case TokenKind.LeftBrace:
                return ParseObjectType();
            case TokenKind.LeftSquare:
                return ParseTupleType();
            default:
                Fail("a type", TypeFix);
                return new BrokenTypeSyntax(From(Start));
        }
    }

    private ObjectTypeSyntax ParseObjectType()
    {
        const string Fix = "Write name: type, one on each line, or *: type for all other members.";
        var start = Take().Span.Start;
        SkipNewLine();
        var members = ImmutableArray.CreateBuilder<TypeMemberSyntax>();
        while (!_failed && !TryTake(TokenKind.RightBrace))
        {
            var decorators = ParseDecorators(recovers: false, out _);
            var member = Start;
            var key = TryTake(TokenKind.Asterisk) ? null : ParseKey("a member's name, '*' or '}'", Fix);
            Expect(TokenKind.Colon, "':' after the member's name", Fix);
            var type = ParseType();
            members.Add(new TypeMemberSyntax(From(member), decorators, key, type));
            EndItem(TokenKind.RightBrace, "'}'");
        }

        return new ObjectTypeSyntax(From(start), members.ToImmutable());
    }

    private TupleTypeSyntax ParseTupleType()
    {
        var start = Take().Span.Start;
        SkipNewLine();
        var items = ImmutableArray.CreateBuilder<TupleItemSyntax>();
        while (!_failed && !TryTake(TokenKind.RightSquare))
        {
            var decorators = ParseDecorators(recovers: false, out _);
            var item = Start;
            var type = ParseType();
            items.Add(new TupleItemSyntax(From(item), decorators, type));
            EndItem(TokenKind.RightSquare, "']'");
        }

        return new TupleTypeSyntax(From(start), items.ToImmutable());
    }
}
