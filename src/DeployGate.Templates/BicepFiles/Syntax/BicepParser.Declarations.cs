using System.Collections.Immutable;

namespace DeployGate.Templates.BicepFiles.Syntax;

/// <summary>One rule for each kind of declaration; each begins behind its keyword, which starts at <c>start</c>.</summary>
internal sealed partial class BicepParser
{
    private TargetScopeStatement ParseTargetScope(int start)
    {
        var value = ParseAssigned("Write targetScope = 'subscription'.");
        return new TargetScopeStatement(From(start), value);
    }

    private MetadataStatement ParseMetadata(int start)
    {
        var name = TakeName("the metadata's name", NameFix);
        var value = ParseAssigned("Write metadata name = value.");
        return new MetadataStatement(From(start), name, value);
    }

    private ParameterStatement ParseParameter(int start)
    {
        const string Fix = "Write param name type, or param name type = default; in a parameter file param name = value.";
        var name = TakeName("the parameter's name", NameFix);
        if (Kind is TokenKind.NewLine or TokenKind.EndOfFile)
        {
            Fail("the parameter's type", Fix);
        }

        var type = Kind == TokenKind.Assignment ? null : ParseType();
        var value = type is null || Kind == TokenKind.Assignment ? ParseAssigned(Fix) : null;
        return new ParameterStatement(From(start), name, type, value);
    }

    private VariableStatement ParseVariable(int start)
    {
        const string Fix = "Write var name = value, or var name type = value.";
        var name = TakeName("the variable's name", NameFix);
        if (Kind is TokenKind.NewLine or TokenKind.EndOfFile)
        {
            Fail("'='", Fix);
        }

        var type = Kind == TokenKind.Assignment ? null : ParseType();
        var value = ParseAssigned(Fix);
        return new VariableStatement(From(start), name, type, value);
    }

    private TypeStatement ParseTypeDeclaration(int start)
    {
        var name = TakeName("the type's name", NameFix);
        Expect(TokenKind.Assignment, "'='", "Write type name = type.");
        var type = ParseType();
        return new TypeStatement(From(start), name, type);
    }

    private FunctionStatement ParseFunction(int start)
    {
        const string Fix = "Write func name(parameter type, …) type => expression.";
        var name = TakeName("the function's name", NameFix);
        Expect(TokenKind.LeftParenthesis, "'('", Fix);
        SkipNewLine();
        var parameters = ImmutableArray.CreateBuilder<FunctionParameterSyntax>();
        while (!_failed && !TryTake(TokenKind.RightParenthesis))
        {
            if (parameters.Count > 0)
            {
                Expect(TokenKind.Comma, "',' or ')'", Fix);
                SkipNewLine();
            }

            var parameter = TakeName("the name of a parameter", Fix);
            parameters.Add(new FunctionParameterSyntax(parameter, ParseType()));
            SkipNewLine();
        }

        var returns = ParseType();
        Expect(TokenKind.Arrow, "'=>'", Fix);
        SkipNewLine();
        var body = ParseExpression();
        return new FunctionStatement(From(start), name, parameters.ToImmutable(), returns, body);
    }

    private ResourceStatement ParseResource(int start)
    {
        const string Fix = "Write resource name 'type@version' = { … }.";
        var name = TakeName("the resource's symbolic name", NameFix);
        var type = ParseRequiredString("the resource's type and API version in single quotes", Fix);
        var isExisting = TryTakeWord("existing");
        Expect(TokenKind.Assignment, isExisting ? "'='" : "'=' or 'existing ='", Fix);
        SkipNewLine();
        var body = ParseBody(allowsResources: true);
        return new ResourceStatement(From(start), name, type, isExisting, body);
    }

    private ModuleStatement ParseModule(int start)
    {
        const string Fix = "Write module name 'path' = { … }.";
        var name = TakeName("the module's symbolic name", NameFix);
        var path = ParseRequiredString("the module's path or reference in single quotes", Fix);
        Expect(TokenKind.Assignment, "'='", Fix);
        SkipNewLine();
        var body = ParseBody(allowsResources: false);
        return new ModuleStatement(From(start), name, path, body);
    }

    private OutputStatement ParseOutput(int start)
    {
        const string Fix = "Write output name type = value.";
        var name = TakeName("the output's name", NameFix);
        if (Kind == TokenKind.Assignment)
        {
            Fail("the output's type", Fix);
        }

        var type = ParseType();
        var value = ParseAssigned(Fix);
        return new OutputStatement(From(start), name, type, value);
    }

    private TestStatement ParseTest(int start)
    {
        const string Fix = "Write test name 'path' = { … }.";
        var name = TakeName("the test's name", NameFix);
        var path = ParseRequiredString("the path of the tested file in single quotes", Fix);
        Expect(TokenKind.Assignment, "'='", Fix);
        var body = ParseRequiredObject(Fix);
        return new TestStatement(From(start), name, path, body);
    }

    private AssertStatement ParseAssert(int start)
    {
        var name = TakeName("the assertion's name", NameFix);
        var condition = ParseAssigned("Write assert name = condition.");
        return new AssertStatement(From(start), name, condition);
    }

    private ExpressionSyntax ParseAssigned(string fix)
    {
        Expect(TokenKind.Assignment, "'='", fix);
        return ParseExpression();
    }
}
