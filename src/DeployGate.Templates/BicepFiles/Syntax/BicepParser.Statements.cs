using DeployGate.Core.Text;

namespace DeployGate.Templates.BicepFiles.Syntax;

/// <summary>Declarations and decorators. Keywords mean something only at the start of a statement, so a switch on the word decides.</summary>
internal sealed partial class BicepParser
{
    private const string NameFix = "Write a name: a letter or '_', then letters, digits and '_'.";

    private Statement ParseStatement()
    {
        var begin = _begin = Start;
        var decorators = ParseDecorators(recovers: true, out var isBroken);
        var first = _next;
        (_depth, _height) = (0, 0);

        // A broken decorator that swallowed the rest was reported; that nothing follows it is no news.
        _failed = isBroken && Kind == TokenKind.EndOfFile;
        var statement = ParseDeclaration();
        if (Kind is not (TokenKind.NewLine or TokenKind.EndOfFile))
        {
            Fail("the end of the line after the declaration", "Begin each declaration on its own line, or complete the expression before this place.");
        }

        isBroken |= _failed;
        if (_failed)
        {
            Recover(first);
        }

        isBroken |= HasLexerProblem(begin, Start);
        if (isBroken && statement is BrokenStatement or NamedStatement { Name.Text: "" })
        {
            statement = new BrokenStatement(TextSpan.FromBounds(begin, Start));
        }

        return decorators.IsEmpty && !isBroken ? statement : statement with { Decorators = decorators, IsBroken = isBroken };
    }

    private Statement ParseDeclaration()
    {
        var start = Start;
        if (Kind != TokenKind.Identifier)
        {
            return FailDeclaration(start);
        }

        // The keyword is taken before its rule runs; a word that is none stays for the message.
        var keyword = Lexeme(_tokens[_next]);
        Take();
        Statement? statement = keyword switch
        {
            "targetScope" => ParseTargetScope(start),
            "metadata" => ParseMetadata(start),
            "param" => ParseParameter(start),
            "var" => ParseVariable(start),
            "type" => ParseTypeDeclaration(start),
            "func" => ParseFunction(start),
            "resource" => ParseResource(start),
            "module" => ParseModule(start),
            "output" => ParseOutput(start),
            "import" => ParseImport(start),
            "extension" => ParseExtension(start),
            "using" => ParseUsing(start),
            "extends" => ParseExtends(start),
            "extensionConfig" => ParseExtensionConfiguration(start),
            "test" => ParseTest(start),
            "assert" => ParseAssert(start),
            _ => null,
        };
        if (statement is not null)
        {
            return statement;
        }

        _next--;
        return FailDeclaration(start);
    }

    private BrokenStatement FailDeclaration(int start)
    {
        const string Keywords = "A declaration begins with a word such as param, var, resource, module, output, type, func, import, metadata, targetScope or using; decorators stand before it.";
        var isOperator = LevelOf(Kind).Level > 0;
        Fail("a declaration", isOperator ? "An operator cannot begin a line: write the whole expression on one line." : Keywords);
        return new BrokenStatement(new TextSpan(start, 0));
    }
}
