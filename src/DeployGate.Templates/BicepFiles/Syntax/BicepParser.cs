using System.Collections.Immutable;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;

namespace DeployGate.Templates.BicepFiles.Syntax;

/// <summary>
/// Parses a <c>.bicep</c> or <c>.bicepparam</c> text by recursive descent. The first error in a statement ends it: from there to
/// the statement's end the parser sees only the end of the file, so that every rule stops and no second message follows.
/// </summary>
/// <seealso href="https://github.com/Azure/bicep/blob/main/docs/grammar.md"/>
internal sealed partial class BicepParser
{
    /// <summary>Deeper than anything people write, shallow enough for the stack.</summary>
    internal const int MaxDepth = 200;

    /// <summary>Bounds the tree also where the parser needs no stack: in chains such as <c>a.b.c</c> or <c>1 + 2 + 3</c>.</summary>
    internal const int MaxHeight = 2 * MaxDepth;

    private readonly SourceText _source;
    private readonly string _text;
    private readonly TokenBuffer _tokens;
    private readonly ImmutableArray<Problem> _lexerProblems;
    private readonly List<Problem> _problems = [];

    // The parts of all lists that are being read, inner above outer: each takes its own off when it ends.
    private readonly List<ExpressionSyntax> _expressions = [];
    private readonly List<ObjectItemSyntax> _items = [];
    private readonly List<TextSpan> _skipped = [];
    private int _next;
    private int _begin;
    private int _lexerProblem;
    private int _end;
    private int _depth;
    private int _height;
    private bool _failed;

    private BicepParser(SourceText source)
    {
        _source = source;
        _text = source.Content;
        _tokens = BicepLexer.Lex(source, out _lexerProblems);
    }

    /// <summary>Parses a whole text. What is broken is reported once for each statement; the rest is parsed nevertheless.</summary>
    internal static BicepFile Parse(SourceText source)
    {
        var parser = new BicepParser(source);
        var statements = ImmutableArray.CreateBuilder<Statement>();
        while (parser.Kind != TokenKind.EndOfFile)
        {
            if (!parser.TryTake(TokenKind.NewLine))
            {
                statements.Add(parser.ParseStatement());
            }
        }

        parser._tokens.GiveBack();
        return new BicepFile(source, statements.DrainToImmutable(), parser.AllProblems());
    }

    private TokenKind Kind => _failed ? TokenKind.EndOfFile : _tokens[_next].Kind;

    private int Start => _tokens[_next].Span.Start;

    private TokenKind KindAfter(int count) =>
        _failed || _next + count >= _tokens.Count ? TokenKind.EndOfFile : _tokens[_next + count].Kind;

    private ReadOnlySpan<char> Lexeme(Token token) => _text.AsSpan(token.Span.Start, token.Span.Length);

    private string WordOf(Token token) => RecentTexts.Of(Lexeme(token));

    private bool IsWord(string word, int ahead = 0) =>
        KindAfter(ahead) == TokenKind.Identifier && Lexeme(_tokens[_next + ahead]).SequenceEqual(word);

    private Token Take()
    {
        var token = _tokens[_next];
        if (Kind != TokenKind.EndOfFile)
        {
            _next++;
            _end = token.Span.End;
        }

        return token;
    }

    private bool TryTake(TokenKind kind)
    {
        if (Kind != kind || kind == TokenKind.EndOfFile)
        {
            return false;
        }

        // A line end before a closing bracket or an operator belongs to no node's span.
        var end = _end;
        Take();
        _end = kind == TokenKind.NewLine ? end : _end;
        return true;
    }

    private bool TryTakeWord(string word)
    {
        if (!IsWord(word))
        {
            return false;
        }

        Take();
        return true;
    }

    private void SkipNewLine() => TryTake(TokenKind.NewLine);

    /// <summary>True, and any line end before it is skipped, when the next token that counts is of a kind.</summary>
    private bool ComesNext(TokenKind kind)
    {
        if (Kind == TokenKind.NewLine && KindAfter(1) == kind)
        {
            SkipNewLine();
        }

        return Kind == kind && !_failed;
    }

    private void Expect(TokenKind kind, string expected, string fix)
    {
        if (!TryTake(kind))
        {
            Fail(expected, fix);
        }
    }

    private Identifier TakeName(string expected, string fix)
    {
        if (Kind != TokenKind.Identifier)
        {
            Fail(expected, fix);
            return new Identifier("", new TextSpan(Start, 0));
        }

        var token = Take();
        return new Identifier(WordOf(token), token.Span);
    }

    private TextSpan From(int start) => TextSpan.FromBounds(start, Math.Max(start, _end));

    /// <summary>Ends the statement. What the lexer reported in it is the likelier cause, and message enough.</summary>
    private void Fail(string expected, string fix)
    {
        if (!_failed && !HasLexerProblem(_begin, Start))
        {
            Report($"expected {expected}, found {Found()}", fix);
        }

        _failed = true;
    }

    private void FailTooDeep(string what)
    {
        if (!_failed)
        {
            Report($"{what} here are too deep: more than {MaxDepth} levels, or {MaxHeight} links in a chain", "Split the expression: move its parts into variables, types or modules.");
        }

        _failed = true;
    }

    private void Report(string message, string fix)
    {
        var token = _tokens[_next];
        var span = token.Kind == TokenKind.NewLine ? new TextSpan(token.Span.Start, 0) : token.Span;
        _problems.Add(new Problem(new Place(_source, span), "not valid Bicep: " + message, fix, IsFatal: true));
    }

    private string Found()
    {
        const int Longest = 30;
        var token = _tokens[_next];
        var lexeme = Lexeme(token);
        var shown = lexeme.IndexOfAny('\r', '\n') is var line && line >= 0 ? lexeme[..line] : lexeme;
        shown = shown.Length > Longest ? shown[..Longest] : shown;
        var text = shown.Length < lexeme.Length ? $"{shown}…" : shown.ToString();
        return token.Kind switch
        {
            TokenKind.EndOfFile => "the end of the file",
            TokenKind.NewLine => "the end of the line",
            TokenKind.String or TokenKind.StringStart => $"the string {text}",
            TokenKind.StringMiddle or TokenKind.StringEnd => "the '}' that ends a '${' of a string",
            _ => $"'{text}'",
        };
    }
}
