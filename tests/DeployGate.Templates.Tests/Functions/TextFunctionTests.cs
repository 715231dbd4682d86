using static DeployGate.Templates.Tests.Functions.Expr;

namespace DeployGate.Templates.Tests.Functions;

public sealed class TextFunctionTests
{
    [Theory]
    [InlineData("'prefix-5-True'", "concat('prefix-', 5, '-', true())")]
    [InlineData("['a', 'b', 1]", "concat(createArray('a'), createArray('b', 1))")]
    [InlineData("'a'", "CONCAT('a')")]
    [InlineData("'abc'", "toLower('ABC')")]
    [InlineData("'ABC'", "toUpper('abc')")]
    [InlineData("'x y'", "trim(' \tx y\u00a0')")]
    [InlineData("'0000000123'", "padLeft('123', 10, '0')")]
    [InlineData("'  7'", "padLeft(7, 3)")]
    [InlineData("'abc'", "padLeft('abc', 2)")]
    [InlineData("'1-2-3'", "replace('1.2.3', '.', '-')")]
    [InlineData("'Aaa'", "replace('Abb', 'b', 'a')")]
    [InlineData("'ac'", "replace('abbc', 'bb', '')")]
    [InlineData("['a', 'b', 'c']", "split('a,b,c', ',')")]
    [InlineData("['a', '', 'b']", "split('a--b', '-')")]
    [InlineData("['a', 'b', 'c']", "split('a;b,c', createArray(';', ','))")]
    [InlineData("['a b']", "split('a b', createArray())")]
    [InlineData("'a, b, 1, True'", "join(createArray('a', 'b', 1, true()), ', ')")]
    [InlineData("''", "join(createArray(), ',')")]
    [InlineData("'two'", "substring('one two three', 4, 3)")]
    [InlineData("'three'", "substring('one two three', 8)")]
    [InlineData("''", "substring('abc', 3, 0)")]
    [InlineData("'abc'", "substring('abc')")]
    public void Answers(string expected, string expression) => Gives(expected, expression);

    [Theory]
    [InlineData("concat joins arrays with arrays only, but argument 2 is a string", "concat(createArray(), 'a')")]
    [InlineData("argument 1 of concat must be a string, an int or a bool, not an object", "concat(createObject())")]
    [InlineData("argument 2 of concat must be a string, an int or a bool, not null", "concat('a', null())")]
    [InlineData("argument 1 of toLower must be a string, not an int", "toLower(1)")]
    [InlineData("toLower takes 1 argument, not 2", "toLower('a', 'b')")]
    [InlineData("padLeft takes 2 to 3 arguments, not 1", "padLeft('a')")]
    [InlineData("guid takes at least 1 argument, not 0", "guid()")]
    [InlineData("padLeft pads with exactly one character, not with 'ab'", "padLeft('a', 5, 'ab')")]
    [InlineData("padLeft cannot make a string of -1 characters", "padLeft('a', -1)")]
    [InlineData("padLeft cannot make a string of 5000000 characters", "padLeft('a', 5000000)")]
    [InlineData("argument 1 of padLeft must be a string or an int, not a bool", "padLeft(true(), 5)")]
    [InlineData("replace needs a text to look for: argument 2 is empty", "replace('a', '', 'b')")]
    [InlineData("argument 2 of split must be a string or an array of strings, not an int", "split('a', 1)")]
    [InlineData("join joins strings, ints and bools, but item 1 is an array", "join(createArray('a', createArray()), ',')")]
    [InlineData("substring reaches beyond the end of the string, which has 3 characters", "substring('abc', 2, 2)")]
    [InlineData("substring reaches beyond the end of the string, which has 3 characters", "substring('abc', 4)")]
    [InlineData("substring needs a start and a length of at least 0", "substring('abc', -1, 2)")]
    public void Refuses(string detail, string expression) => Fails(detail, expression);

    [Theory]
    [InlineData("'a-{text}-True'", "concat('a-', text, '-', true())")]
    [InlineData("['a', …]", "concat(createArray('a'), any)")]
    [InlineData("['a', …]", "concat(list, createArray('a'))")]
    [InlineData("<concat(any, any)>", "concat(any, any)")]
    [InlineData("('ax'|'ay')", "concat('a', either)")]
    [InlineData("('xx'|'xy'|'yx'|'yy')", "concat(either, either)")]
    [InlineData("'start-{toLower(u)}-end'", "toLower(mixed)")]
    [InlineData("<toLower(segment)>", "toLower(segment)")]
    [InlineData("'Start+{replace(u, '-', '+')}+End'", "replace(mixed, '-', '+')")]
    [InlineData("<replace('Start-{u}-End', '-E', '+')>", "replace(mixed, '-E', '+')")]
    [InlineData("'Stop-{replace(u, 'Start', 'Stop')}-End'", "replace(mixed, 'Start', 'Stop')")]
    [InlineData("'.subscriptions.{sub}.images.{img}.v1'", "replace(path, '/', '.')")]
    [InlineData("['', 'subscriptions', <sub>, 'images', <img>, 'v1']", "split(path, '/')")]
    [InlineData("<split('Start-{u}-End', '-')>", "split(mixed, '-')")]
    [InlineData("<split('Start-{u}-End', '/')>", "split(mixed, '/')")]
    [InlineData("'v1'", "last(split(path, '/'))")]
    [InlineData("'a{text}b'", "join(createArray('a', 'b'), text)")]
    [InlineData("'{text},b'", "join(createArray(text, 'b'), ',')")]
    [InlineData("<join([…], ',')>", "join(openList, ',')")]
    [InlineData("'tart'", "substring(mixed, 1, 4)")]
    [InlineData("'rt-{u}-End'", "substring(mixed, 3)")]
    [InlineData("<substring('Start-{u}-End', 4, 4)>", "substring(mixed, 4, 4)")]
    [InlineData("<trim(text)>", "trim(text)")]
    [InlineData("<toLower(any)>", "toLower(any)")]
    public void Keeps_what_is_known(string expected, string expression) => Gives(expected, expression);

    [Theory]
    [InlineData("'Hello, User. Formatted number: 8,175,133.00'", "format('{0}, {1}. Formatted number: {2:N2}', 'Hello', 'User', 8175133)")]
    [InlineData("'007'", "format('{0:D3}', 7)")]
    [InlineData("'  7|7  |ab '", "format('{0,3}|{0,-3}|{1,-3}', 7, 'ab')")]
    [InlineData("'{a} True'", "format('{{a}} {0}', true())")]
    [InlineData("'{x}'", "format('{{{0}}}', 'x')")]
    [InlineData("'{'a':'b'}'", "format('{0}', createObject('a', 'b'))")]
    [InlineData("'[true,2893,'abc']'", "format('{0}', createArray(true(), 2893, 'abc'))")]
    [InlineData("'1.50'", "format('{0}', json('1.50'))")]
    [InlineData("'1.500'", "format('{0:F3}', json('1.50'))")]
    [InlineData("'ff'", "format('{0:x}', 255)")]
    [InlineData("'abc'", "format('{0:D3}', 'abc')")]
    [InlineData("'a {text} b'", "format('a {0} b', text)")]
    [InlineData("'{format('{0:D3}', number)}'", "format('{0:D3}', number)")]
    [InlineData("'{format('{0}', map)}'", "format('{0}', map)")]
    [InlineData("'Start-{u}-End!'", "format('{0,3}!', mixed)")]
    [InlineData("'{'a':{string(text)}}'", "format('{0}', createObject('a', text))")]
    [InlineData("('a-x'|'a-y')", "format('a-{0}', either)")]
    [InlineData("<format(text, 'a')>", "format(text, 'a')")]
    public void Formats(string expected, string expression) => Gives(expected, expression);

    [Theory]
    [InlineData("format cannot read the braces in '{0'", "format('{0', 1)")]
    [InlineData("format cannot read the braces in 'a}'", "format('a}', 1)")]
    [InlineData("format cannot read the braces in '{x}'", "format('{x}', 1)")]
    [InlineData("format cannot read the braces in '{0,a}'", "format('{0,a}', 1)")]
    [InlineData("format has no argument for {1}", "format('{1}', 1)")]
    [InlineData("format cannot write an int as '{0:D999999999}'", "format('{0:D999999999}', 1)")]
    [InlineData("format cannot write an int as '{0:Q}'", "format('{0:Q}', 1)")]
    [InlineData("the result of format is longer than 4194304 characters", "format('{0,2000000000}', 1)")]
    [InlineData("the result of format is longer than 4194304 characters", "format('{0}{0}', padLeft('a', 3000000))")]
    public void Refuses_formats(string detail, string expression) => Fails(detail, expression);

    [Fact]
    public void A_result_may_not_grow_without_end()
    {
        Fails("the result of replace is longer than 4194304 characters", "replace(padLeft('', 5000, 'a'), 'a', padLeft('', 5000, 'b'))");
        Fails("the result of concat is longer than 4194304 characters", "concat(padLeft('', 4000000), padLeft('', 4000000))");
        Fails("the result of split is too large: an array of more than 100000 items", "split(padLeft('', 100001, ','), ',')");
        Fails("the result of join is longer than 4194304 characters", "join(range(0, 10000), padLeft('', 1000))");
        Fails("replace would take too long: both texts are very long", "replace(padLeft('', 4000000), padLeft('', 2000000), '')");
    }
}
