using System.Collections.Immutable;

namespace DeployGate.Templates.BicepFiles.Syntax;

/// <summary>Declarations that bring in other files and extensions, and decorators, which any declaration may have.</summary>
internal sealed partial class BicepParser
{
    private ImportStatement ParseImport(int start)
    {
        const string Fix = "Write import {name, other as alias} from 'path', or import * as alias from 'path'.";
        Identifier? wildcard = null;
        ImmutableArray<ImportItemSyntax> items = [];
        if (TryTake(TokenKind.Asterisk))
        {
            ExpectWord("as", Fix);
            wildcard = TakeName("the name that stands for the imported file", NameFix);
        }
        else
        {
            items = ParseImportItems(Fix);
        }

        ExpectWord("from", Fix);
        var from = ParseRequiredString("the path or reference of the imported file in single quotes", Fix);
        return new ImportStatement(From(start), items, wildcard, from);
    }

    private ImmutableArray<ImportItemSyntax> ParseImportItems(string fix)
    {
        var items = ImmutableArray.CreateBuilder<ImportItemSyntax>();
        Expect(TokenKind.LeftBrace, "'{' or '*'", fix);
        SkipNewLine();
        while (!_failed && !TryTake(TokenKind.RightBrace))
        {
            var name = ParseImportedName();
            var alias = TryTakeWord("as") ? TakeName("the name that the import has here", NameFix) : null;
            items.Add(new ImportItemSyntax(name, alias));
            EndItem(TokenKind.RightBrace, "'}'");
        }

        return items.ToImmutable();
    }

    /// <summary>Names in a JSON template need not be words, so they may stand in quotes.</summary>
    private Identifier ParseImportedName()
    {
        var token = _tokens[_next];
        return TryTake(TokenKind.String) ? new Identifier(token.Text!, token.Span) : TakeName("the name to import", NameFix);
    }

    private ExtensionStatement ParseExtension(int start)
    {
        const string Fix = "Write extension name, or extension name with { … } as alias.";
        var token = _tokens[_next];
        ExpressionSyntax extension = Kind is TokenKind.String or TokenKind.StringStart
            ? ParseString()
            : new VariableSyntax(token.Span, TakeName("the extension's name, or its reference in single quotes", Fix).Text);
        var configuration = TryTakeWord("with") ? ParseRequiredObject(Fix) : null;
        var alias = TryTakeWord("as") ? TakeName("the name that the extension has here", NameFix) : null;
        return new ExtensionStatement(From(start), extension, configuration, alias);
    }

    private ExtensionConfigurationStatement ParseExtensionConfiguration(int start)
    {
        const string Fix = "Write extensionConfig name with { … }.";
        var name = TakeName("the extension's name", NameFix);
        var configuration = TryTakeWord("with") ? ParseRequiredObject(Fix) : null;
        return new ExtensionConfigurationStatement(From(start), name, configuration);
    }

    private UsingStatement ParseUsing(int start)
    {
        const string Fix = "Write using 'main.bicep', or using none.";
        var path = TryTakeWord("none") ? null : ParseRequiredString("the template's path in single quotes, or none", Fix);
        var configuration = TryTakeWord("with") ? ParseRequiredObject(Fix) : null;
        return new UsingStatement(From(start), path, configuration);
    }

    private ExtendsStatement ParseExtends(int start)
    {
        var path = ParseRequiredString("the path of a parameter file in single quotes", "Write extends 'base.bicepparam'.");
        return new ExtendsStatement(From(start), path);
    }

    private void ExpectWord(string word, string fix)
    {
        if (!TryTakeWord(word))
        {
            Fail($"'{word}'", fix);
        }
    }

    /// <summary>
    /// Decorators and the line ends after them. Where <paramref name="recovers"/> holds, a broken one is reported and left out, and its
    /// statement still parsed; in types and bodies it ends the statement as any other error does.
    /// </summary>
    private ImmutableArray<DecoratorSyntax> ParseDecorators(bool recovers, out bool isBroken)
    {
        isBroken = false;
        if (Kind != TokenKind.At)
        {
            return [];
        }

        var decorators = ImmutableArray.CreateBuilder<DecoratorSyntax>();
        while (Kind == TokenKind.At)
        {
            var first = _next;
            (_depth, _height) = recovers ? (0, 0) : (_depth, _height);
            decorators.Add(ParseDecorator());
            if (_failed && recovers)
            {
                isBroken = true;
                decorators.RemoveAt(decorators.Count - 1);
                Recover(first);
            }

            SkipNewLine();
        }

        return decorators.ToImmutable();
    }

    private DecoratorSyntax ParseDecorator()
    {
        const string Fix = "Write @name(arguments) above the declaration.";
        var start = Take().Span.Start;
        var name = TakeName("the decorator's name", Fix);
        Identifier? ns = null;
        if (TryTake(TokenKind.Dot))
        {
            ns = name;
            name = TakeName("the decorator's name", Fix);
        }

        if (Kind != TokenKind.LeftParenthesis)
        {
            Fail("'('", Fix);
        }

        var arguments = ParseArguments();
        return new DecoratorSyntax(From(start), ns, name, arguments);
    }
}
