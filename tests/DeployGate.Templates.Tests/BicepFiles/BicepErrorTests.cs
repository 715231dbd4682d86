using DeployGate.Templates.BicepFiles.Syntax;

namespace DeployGate.Templates.Tests.BicepFiles;

public sealed class BicepErrorTests
{
    private const string Declaration = "expected a declaration, found ";

    [Theory]
    [InlineData("foo", "1:1: " + Declaration + "'foo'")]
    [InlineData("'text'", "1:1: " + Declaration + "the string 'text'")]
    [InlineData("@secure()\n", "2:1: " + Declaration + "the end of the file")]
    [InlineData("param", "1:6: expected the parameter's name, found the end of the file")]
    [InlineData("param true string", "1:7: expected the parameter's name, found 'true'")]
    [InlineData("param p", "1:8: expected the parameter's type, found the end of the file")]
    [InlineData("param p = ", "1:11: expected an expression, found the end of the file")]
    [InlineData("param p string 1", "1:16: expected the end of the line after the declaration, found '1'")]
    [InlineData("var v", "1:6: expected '=', found the end of the file")]
    [InlineData("var v = a b", "1:11: expected the end of the line after the declaration, found 'b'")]
    [InlineData("var v = a ? b\n", "1:14: expected ':', found the end of the line")]
    [InlineData("var v = a ?\n", "1:12: expected an expression, found the end of the line")]
    [InlineData("var v = 'a${b'", "1:14: a string that begins or goes on here is not closed on its line")]
    [InlineData("var v = 'a${b", "1:14: expected '}', found the end of the file")]
    [InlineData("var v = 'a${}'", "1:13: expected an expression, found the '}' that ends a '${' of a string")]
    [InlineData("var v = f(a,)", "1:13: expected an expression, found ')'")]
    [InlineData("var v = f(a b)", "1:13: expected ',' or ')', found 'b'")]
    [InlineData("var v = a.", "1:11: expected a property's name after '.', found the end of the file")]
    [InlineData("var v = a.null", "1:11: expected a property's name after '.', found 'null'")]
    [InlineData("var v = [1 2]", "1:12: expected a new line, ',' or ']', found '2'")]
    [InlineData("var v = {a 1}", "1:12: expected ':' after the property's name, found '1'")]
    [InlineData("var v = {1: 1}", "1:10: expected a property's name or '}', found '1'")]
    [InlineData("var v = (a\n && b)", "2:2: expected ')', found '&&'")]
    [InlineData("var v = !!a", "1:10: expected an expression, found '!'")]
    [InlineData("resource r = {}", "1:12: expected the resource's type and API version in single quotes, found '='")]
    [InlineData("resource r 'a' {}", "1:16: expected '=' or 'existing =', found '{'")]
    [InlineData("resource r 'a' = []", "1:18: expected '{', 'if (' or '[for', found '['")]
    [InlineData("resource r 'a' = [for x in y: x]", "1:31: expected '{', found 'x'")]
    [InlineData("module m 'm' = { resource r 'a' = {} }", "1:27: expected ':' after the property's name, found 'r'")]
    [InlineData("resource r 'a' = { @a()\n b: 1 }", "2:2: expected 'resource', found 'b'")]
    [InlineData("output o = 1", "1:10: expected the output's type, found '='")]
    [InlineData("type t = -string", "1:11: expected a literal after the operator, found 'string'")]
    [InlineData("type t = a[b]", "1:12: expected ']', a number or '*', found 'b'")]
    [InlineData("type t = a<b", "1:13: expected ',' or '>', found the end of the file")]
    [InlineData("import a from 'b'", "1:8: expected '{' or '*', found 'a'")]
    [InlineData("import {a} 'b'", "1:12: expected 'from', found the string 'b'")]
    [InlineData("func f(a) string => a", "1:9: expected a type, found ')'")]
    [InlineData("using main", "1:7: expected the template's path in single quotes, or none, found 'main'")]
    [InlineData("@secure\nparam p string", "1:8: expected '(', found the end of the line")]
    public void Messages(string text, string problem)
    {
        var file = Parsing.Fails(text, problem);
        Assert.True(Assert.Single(file.Statements).IsBroken);
    }

    [Theory]
    [InlineData("var a = \"b\"\nvar c = 1", "1:9: a string in double quotes")]
    [InlineData("var a = 'b\nvar c = 1", "1:9: a string that begins or goes on here is not closed on its line")]
    [InlineData("var a = '\\q'\nvar c = 1", "1:10: unknown escape '\\q' in a string")]
    [InlineData("var a = 99999999999999999999\nvar c = 1", "1:9: the number is too large")]
    [InlineData("var a = f(\"b\", ~)\nvar c = 1", "1:11: a string in double quotes")]
    [InlineData("var a = [\n  1 2 ~ 3\n  '\n]\nvar c = 1", "2:5: expected a new line, ',' or ']', found '2'")]
    public void One_statement_gives_one_problem_and_the_next_is_parsed(string text, string problem)
    {
        var file = Parsing.Fails(text, problem);
        Assert.Equal([true, false], file.Statements.Select(statement => statement.IsBroken));
        Assert.Equal("(var c = 1)", SyntaxPrinter.Print(file.Statements[1]));
    }

    [Fact]
    public void An_operator_at_the_start_of_a_line_is_named_as_the_cause()
    {
        var file = Parsing.Fails("var a = b\n  && c\n", "2:3: expected a declaration, found '&&'");
        Assert.Equal("An operator cannot begin a line: write the whole expression on one line.", file.Problems[0].Fix);
    }

    [Fact]
    public void Parsing_goes_on_behind_the_brackets_of_a_broken_statement()
    {
        var file = Parsing.Fails(
            """
            param a string
            resource r 'A/b@1' = {
              name: a b
              properties: {
                list: [
                  1
                ]
              }
            }
            param c ]
            output o string = a
            """,
            "3:11: expected a new line, ',' or '}', found 'b'",
            "10:9: expected a type, found ']'");
        Assert.Equal(4, file.Statements.Length);
        Assert.Equal(["param", "resource", "param", "output"], file.Statements.Select(s => file.Source.Content.Substring(s.Span.Start, s.Span.Length).Split(' ')[0]));
        Assert.Equal([false, true, true, false], file.Statements.Select(s => s.IsBroken));
    }

    [Fact]
    public void A_missing_bracket_does_not_hide_the_declarations_below_it()
    {
        var file = Parsing.Fails(
            "resource a 'A/b@1' = {\n  properties: {\n    x: 1\n}\n\nparam p string\noutput o string = p\n",
            "6:7: expected ':' after the property's name, found 'p'");
        Assert.Equal("(output o string = p)", SyntaxPrinter.Print(file.Statements[1]));
    }

    [Fact]
    public void A_broken_decorator_marks_its_declaration_and_keeps_the_others()
    {
        var file = Parsing.Fails("@description('a' 'b')\n@secure()\nparam p string\n", "1:18: expected ',' or ')', found the string 'b'");
        Assert.Equal("@secure() (param p string)!broken", SyntaxPrinter.Print(file));
    }

    [Fact]
    public void A_declaration_without_a_name_is_no_declaration()
    {
        var file = Parsing.Fails("var = 1\nvar b = 2", "1:5: expected the variable's name, found '='");
        Assert.Equal("(broken)!broken\n(var b = 2)", SyntaxPrinter.Print(file));
        Assert.Equal("var = 1".Length, Assert.IsType<BrokenStatement>(file.Statements[0]).Span.Length);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("(")]
    [InlineData("{a:")]
    [InlineData("f(")]
    [InlineData("a[")]
    [InlineData("'${")]
    [InlineData("x => ")]
    [InlineData("a ? ")]
    [InlineData("a ? b : ")]
    [InlineData("[for x in ")]
    [InlineData("[\n")]
    [InlineData("{\na:")]
    [InlineData("1 + (")]
    public void Nesting_is_bounded(string opening)
    {
        var file = ParseOnSmallStack("var v = " + string.Concat(Enumerable.Repeat(opening, 10_000)) + "1\nvar after = 1");
        Assert.Equal("not valid Bicep: the expressions here are too deep: more than 200 levels, or 400 links in a chain", Assert.Single(file.Problems).Message);
        Assert.True(file.Statements[0].IsBroken);
        Assert.Equal("(var after = 1)", SyntaxPrinter.Print(file.Statements[1]));
    }

    [Theory]
    [InlineData(".b")]
    [InlineData("!")]
    [InlineData("[0]")]
    [InlineData("::b")]
    [InlineData(" + 1")]
    [InlineData(" ?? b")]
    [InlineData(".b(c)")]
    public void Chains_are_bounded(string link)
    {
        string Chain(int links) => "var v = a" + string.Concat(Enumerable.Repeat(link, links));
        Assert.Empty(Parsing.Parse(Chain(350)).Problems);
        var file = Parsing.Parse(Chain(10_000) + "\nvar after = 1");
        Assert.Equal("not valid Bicep: the expressions here are too deep: more than 200 levels, or 400 links in a chain", Assert.Single(file.Problems).Message);
        Assert.False(file.Statements[1].IsBroken);
    }

    [Theory]
    [InlineData("(", "")]
    [InlineData("[", "")]
    [InlineData("{a:", "")]
    [InlineData("a<", "")]
    [InlineData("string", "[]")]
    [InlineData("string", " ?")]
    public void Types_are_bounded(string opening, string link)
    {
        var text = link.Length == 0 ? string.Concat(Enumerable.Repeat(opening, 10_000)) : opening + string.Concat(Enumerable.Repeat(link, 10_000));
        var file = ParseOnSmallStack("type t = " + text);
        Assert.Contains("too deep", Assert.Single(file.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nested_resources_are_bounded()
    {
        var file = ParseOnSmallStack(string.Concat(Enumerable.Repeat("resource r 'a' = {\n  ", 10_000)));
        Assert.StartsWith("not valid Bicep: the resources here are too deep", file.Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Chains_inside_chains_do_not_add_up()
    {
        // Each level stays below the limit by itself; together they would be a tree thousands of nodes high.
        var text = "a";
        for (var level = 0; level < 100; level++)
        {
            text = "(" + text + ")" + string.Concat(Enumerable.Repeat(".b", 100));
        }

        Assert.Contains("too deep", Assert.Single(Parsing.Parse("var v = " + text).Problems).Message, StringComparison.Ordinal);
    }

    /// <summary>A third of what a thread has on any system: the limits leave room for those who call the parser.</summary>
    private static BicepFile ParseOnSmallStack(string text)
    {
        BicepFile? file = null;
        var thread = new Thread(() => file = Parsing.Parse(text), maxStackSize: 512 * 1024);
        thread.Start();
        thread.Join();
        return file!;
    }
}
