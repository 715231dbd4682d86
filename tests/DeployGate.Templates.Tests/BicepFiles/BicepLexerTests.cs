using DeployGate.Core.Text;
using DeployGate.Templates.BicepFiles.Syntax;

namespace DeployGate.Templates.Tests.BicepFiles;

public sealed class BicepLexerTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" \t// only a comment", "")]
    [InlineData("a_1 _b If", "Identifier Identifier Identifier")]
    [InlineData("true True false null", "True Identifier False Null")]
    [InlineData("0 18446744073709551615", "Integer Integer")]
    [InlineData("1a", "Integer Identifier")]
    [InlineData("@ { } ( ) [ ] , . ... ? ?? : :: ;", "At LeftBrace RightBrace LeftParenthesis RightParenthesis LeftSquare RightSquare Comma Dot Ellipsis Question DoubleQuestion Colon DoubleColon Semicolon")]
    [InlineData("= + - % * / ^ ! != !~ < <= > >= == =~ => && || |", "Assignment Plus Minus Percent Asterisk Slash Caret Exclamation NotEquals NotEqualsIgnoringCase Less LessOrEqual Greater GreaterOrEqual Equals EqualsIgnoringCase Arrow And Or Pipe")]
    [InlineData("a.?b[?^1]", "Identifier Dot Question Identifier LeftSquare Question Caret Integer RightSquare")]
    [InlineData("a?:b", "Identifier Question Colon Identifier")]
    [InlineData("x!=y x!.y", "Identifier NotEquals Identifier Identifier Exclamation Dot Identifier")]
    [InlineData("a..b", "Identifier Dot Dot Identifier")]
    public void Tokens(string text, string kinds) => Assert.Equal(kinds, Kinds(text));

    [Theory]
    [InlineData("a\nb", "Identifier NewLine Identifier")]
    [InlineData("a\r\n\r\n\nb\r", "Identifier NewLine Identifier NewLine")]
    [InlineData("a\n  \n\t\nb", "Identifier NewLine Identifier")]
    [InlineData("a\n// one\n/* two\n three */\nb", "Identifier NewLine Identifier")]
    [InlineData("a /* not\n a new line */ b", "Identifier Identifier")]
    [InlineData("a // comment\nb", "Identifier NewLine Identifier")]
    public void A_run_of_line_ends_is_one_token(string text, string kinds) => Assert.Equal(kinds, Kinds(text));

    [Theory]
    [InlineData("#disable-next-line no-unused-vars // why\na", "NewLine Identifier")]
    [InlineData("a\n  #disable-diagnostics BCP001 BCP002\n  #restore-diagnostics BCP001\nb", "Identifier NewLine Identifier")]
    [InlineData("{\n#disable-next-line x\na: 1}", "LeftBrace NewLine Identifier Colon Integer RightBrace")]
    public void Directives_are_no_tokens(string text, string kinds) => Assert.Equal(kinds, Kinds(text));

    [Theory]
    [InlineData("''", "")]
    [InlineData("'a//b /* c */'", "a//b /* c */")]
    [InlineData(@"'\\ \' \n \r \t \$ \${x}'", "\\ ' \n \r \t $ ${x}")]
    [InlineData(@"'\u{41}\u{1F600}\u{00e9}'", "A\U0001F600\u00e9")]
    [InlineData("'$ $$ $a {}'", "$ $$ $a {}")]
    [InlineData("'tab\tand € inside'", "tab\tand € inside")]
    [InlineData("''''''", "")]
    [InlineData("'''a'''", "a")]
    [InlineData("'''\na\n'''", "a\n")]
    [InlineData("'''\r\n\r\na\r\n'''", "\r\na\r\n")]
    [InlineData("''' first ${x} \\n 'q' ''\nsecond'''", " first ${x} \\n 'q' ''\nsecond")]
    [InlineData("'''a''''", "a'")]
    [InlineData("'''a'''''", "a''")]
    [InlineData("''''a'''", "'a")]
    [InlineData("$'''a $ {b} $'''", "a $ {b} $")]
    [InlineData("$$'''a ${b} '''", "a ${b} ")]
    public void Strings(string text, string content)
    {
        var token = Assert.Single(Lex(text).Tokens.SkipLast(1));
        Assert.Equal((TokenKind.String, content, new TextSpan(0, text.Length)), (token.Kind, token.Text, token.Span));
    }

    [Theory]
    [InlineData("'a${b}c'", "StringStart'a' Identifier StringEnd'c'")]
    [InlineData("'${a}${b}'", "StringStart'' Identifier StringMiddle'' Identifier StringEnd''")]
    [InlineData("'a${'b${c}d'}e'", "StringStart'a' StringStart'b' Identifier StringEnd'd' StringEnd'e'")]
    [InlineData("'${ {a: {}} }'", "StringStart'' LeftBrace Identifier Colon LeftBrace RightBrace RightBrace StringEnd''")]
    [InlineData("'$${a}'", "StringStart'$' Identifier StringEnd''")]
    [InlineData("'${'''\n}'''}'", "StringStart'' String'}' StringEnd''")]
    [InlineData("$'''\na${b}\nc'''", "StringStart'a' Identifier StringEnd'\\nc'")]
    [InlineData("$'''$${b}'''", "StringStart'$' Identifier StringEnd''")]
    [InlineData("$$'''${a} $${b} $$${c}'''", "StringStart'${a} ' Identifier StringMiddle' $' Identifier StringEnd''")]
    [InlineData("$'''${'${a}'}''''", "StringStart'' StringStart'' Identifier StringEnd'' StringEnd'\\''")]
    public void Holes(string text, string tokens) => Assert.Equal(tokens.Replace("\\'", "'", StringComparison.Ordinal), Kinds(text, withText: true));

    [Theory]
    [InlineData("a 'b'\n\n$'''c${d}'''", "0+1 2+3 5+2 7+7 14+1 15+4 19+0")]
    [InlineData("é1", "0+1 1+1 2+0")]
    public void Spans_are_half_open_in_code_units(string text, string spans) =>
        Assert.Equal(spans, string.Join(' ', Lex(text).Tokens.Select(token => $"{token.Span.Start}+{token.Span.Length}")));

    [Theory]
    [InlineData("'abc\nd", "1:1: a string that begins or goes on here is not closed on its line", "String NewLine Identifier")]
    [InlineData("'a${b}c", "1:6: a string that begins or goes on here is not closed on its line", "StringStart Identifier StringEnd")]
    [InlineData("a '''b\n''", "1:3: a multi-line string that begins or goes on here is never closed", "Identifier String")]
    [InlineData("$'''${b} c", "1:8: a multi-line string that begins or goes on here is never closed", "StringStart Identifier StringEnd")]
    [InlineData("a /* b", "1:3: a comment that begins here is never closed", "Identifier")]
    [InlineData(@"'a\q'", @"1:3: unknown escape '\q' in a string", "String")]
    [InlineData(@"'\u{110000}'", @"1:2: unknown escape '\u' in a string", "String")]
    [InlineData(@"'\u{D800}'", @"1:2: unknown escape '\u' in a string", "String")]
    [InlineData(@"'\u{}'", @"1:2: unknown escape '\u' in a string", "String")]
    [InlineData("18446744073709551616", "1:1: the number is too large", "Integer")]
    [InlineData("a \"b c\" d", "1:3: a string in double quotes", "Identifier Bad Identifier")]
    [InlineData("a \"b\nc", "1:3: a string in double quotes", "Identifier Bad NewLine Identifier")]
    [InlineData("a ~~ b", "1:3: '~' cannot stand here", "Identifier Bad Identifier")]
    [InlineData("a & b", "1:3: '&' cannot stand here", "Identifier Bad Identifier")]
    [InlineData("a $$ b", "1:3: '$' cannot stand here", "Identifier Bad Identifier")]
    [InlineData("a\u00a0b", "1:2: the character U+00A0 cannot stand here", "Identifier Bad Identifier")]
    [InlineData("a #disable-next-line b", "1:3: '#' cannot stand here", "Identifier Bad Identifier Minus Identifier Minus Identifier Identifier")]
    [InlineData("#disable-all x\na", "1:1: unknown directive '#disable-all'", "NewLine Identifier")]
    public void Problems_do_not_stop_the_lexer(string text, string problem, string kinds)
    {
        var lexed = Lex(text);
        var found = Assert.Single(lexed.Problems);
        Assert.Equal("not valid Bicep: " + problem[(problem.IndexOf(": ", StringComparison.Ordinal) + 2)..], found.Message);
        Assert.Equal(problem[..problem.IndexOf(": ", StringComparison.Ordinal)], $"{found.At.Start.Line}:{found.At.Start.Column}");
        Assert.Equal(kinds, Kinds(text));
    }

    [Fact]
    public void A_line_end_in_a_hole_ends_the_string() =>
        Assert.Equal("StringStart Identifier NewLine RightBrace Identifier", Kinds("'a${b\n} c"));

    private static LexedFile Lex(string text) => BicepLexer.Lex(new SourceText("main.bicep", text));

    private static string Kinds(string text, bool withText = false)
    {
        var tokens = Lex(text).Tokens;
        Assert.Equal(TokenKind.EndOfFile, tokens[^1].Kind);
        return string.Join(' ', tokens.SkipLast(1).Select(t => t.Kind + (withText && t.Text is { } content ? SyntaxPrinter.Quote(content) : "")));
    }
}
