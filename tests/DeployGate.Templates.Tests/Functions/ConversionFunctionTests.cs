using DeployGate.Core.Values;
using DeployGate.Templates.Functions;
using static DeployGate.Templates.Tests.Functions.Expr;

namespace DeployGate.Templates.Tests.Functions;

public sealed class ConversionFunctionTests
{
    [Theory]
    [InlineData("'5'", "string(5)")]
    [InlineData("'True'", "string(true())")]
    [InlineData("'a'", "string('a')")]
    [InlineData("'[1,\"a\",null,true]'", "string(createArray(1, 'a', null(), true()))")]
    [InlineData("'{\"b\":{\"a\":\"/é\\\"\"},\"a\":1.50}'", "string(json('{\"b\": {\"a\": \"/é\\\"\"}, \"a\": 1.50}'))")]
    [InlineData("'[{string(text)},1]'", "string(createArray(text, 1))")]
    [InlineData("'{string([…])}'", "string(openList)")]
    [InlineData("<text>", "string(text)")]
    [InlineData("<string(number)>", "string(number)")]
    [InlineData("4", "int('4')")]
    [InlineData("-4", "int(' -4')")]
    [InlineData("4", "int(4)")]
    [InlineData("4", "int(json('4.0'))")]
    [InlineData("<int(text)>", "int(text)")]
    [InlineData("1.50", "float('1.50')")]
    [InlineData("3", "float(3)")]
    [InlineData("0.5", "float(' .5')")]
    [InlineData("true", "bool('TRUE')")]
    [InlineData("false", "bool('false')")]
    [InlineData("true", "bool(1)")]
    [InlineData("false", "bool('0')")]
    [InlineData("true", "bool(true())")]
    [InlineData("null", "json('null')")]
    [InlineData("null", "json('')")]
    [InlineData("{a: 'b', c: [1, 2]}", "json('{''a'': \"b\", c: [1, 2,],}')")]
    [InlineData("[1, 2]", "json('/* x */ [1, // y\n 2]')")]
    [InlineData("[255, -7, 1e3, 9223372036854775808]", "json('[0xff, -7, 1e3, 9223372036854775808]')")]
    [InlineData("{a: 2}", "json('{a: 1, a: 2}')")]
    [InlineData("'a\n/A'", "json('\"a\\n\\/\\u0041\"')")]
    public void Answers(string expected, string expression) => Gives(expected, expression);

    [Theory]
    [InlineData("'1.5' is not a whole number of 64 bits", "int('1.5')")]
    [InlineData("'9223372036854775808' is not a whole number of 64 bits", "int('9223372036854775808')")]
    [InlineData("1.5 is not a whole number of 64 bits", "int(json('1.5'))")]
    [InlineData("argument 1 of int must be an int or a string, not a bool", "int(true())")]
    [InlineData("'x' is not a number", "float('x')")]
    [InlineData("'1e999' is not a number", "float('1e999')")]
    [InlineData("'yes' is neither true nor false", "bool('yes')")]
    [InlineData("2 is neither true nor false", "bool(2)")]
    [InlineData("argument 1 of bool must be a bool, an int or a string, not null", "bool(null())")]
    [InlineData("the text given to json is not JSON: more text follows the value (at character 3)", "json('1 2')")]
    [InlineData("the text given to json is not JSON: a value was expected (at character 1)", "json('hello')")]
    [InlineData("the text given to json is not JSON: a string has no end (at character 2)", "json('\"abc')")]
    [InlineData("the text given to json is not JSON: the text ends too early (at character 2)", "json('[')")]
    [InlineData("the text given to json is not JSON: ',' or ']' was expected (at character 4)", "json('[1 2]')")]
    [InlineData("the text given to json is not JSON: ':' was expected (at character 4)", "json('{a 1}')")]
    [InlineData("the text given to json is not JSON: a member's name was expected (at character 2)", "json('{,}')")]
    [InlineData("the text given to json is not JSON: an escape that JSON does not have (at character 4)", "json('\"\\x\"')")]
    [InlineData("the text given to json is not JSON: a comment that is not one (at character 1)", "json('/* 1')")]
    [InlineData("the text given to json is not JSON: a number was expected (at character 4)", "json('010')")]
    [InlineData("argument 1 of json must be a string, not an int", "json(1)")]
    public void Refuses(string detail, string expression) => Fails(detail, expression);

    [Fact]
    public void Json_stops_at_its_depth()
    {
        Assert.True(LenientJson.TryParse(new string('[', 128) + new string(']', 128), out _, out _));
        Assert.False(LenientJson.TryParse(new string('[', 1_000_000), out _, out var problem));
        Assert.Equal("more than 128 levels (at character 130)", problem);
        Assert.False(LenientJson.TryParse("[" + string.Concat(Enumerable.Repeat("0,", 100_001)) + "]", out _, out problem));
        Assert.Equal("an array of more than 100000 items (at character 200002)", problem);
    }

    [Fact]
    public void Json_text_escapes_what_Azure_escapes()
    {
        var written = ValueJson.Write(new StringValue("\"'\\/\b\f\n\r\t\u0001\u2028é"));
        Assert.Equal("\"\\\"'\\\\/\\b\\f\\n\\r\\t\\u0001\\u2028é\"", Assert.IsType<StringValue>(written).Text);
    }

    [Theory]
    [InlineData("'b25lLCB0d28sIHRocmVl'", "base64('one, two, three')")]
    [InlineData("'one, two, three'", "base64ToString('b25lLCB0d28sIHRocmVl')")]
    [InlineData("{one: 'a', two: 'b'}", "base64ToJson('eydvbmUnOiAnYScsICd0d28nOiAnYid9')")]
    [InlineData("'data:text/plain;charset=utf-8;base64,SGVsbG8='", "dataUri('Hello')")]
    [InlineData("'Hello, World!'", "dataUriToString('data:;base64,SGVsbG8sIFdvcmxkIQ==')")]
    [InlineData("'é'", "dataUriToString(dataUri('é'))")]
    [InlineData("'a b'", "dataUriToString('data:,a%20b')")]
    [InlineData("'é'", "dataUriToString('data:text/plain;charset=iso-8859-1;base64,6Q==')")]
    [InlineData("'byghxckddilkc'", "uniqueString('snap', 'crackle', 'pop')")]
    [InlineData("'js26ofeqkqeve'", "uniqueString('/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/myRg')")]
    [InlineData("'aaaaaaaaaaaaa'", "uniqueString('')")]
    [InlineData("'2ed86837-7c7c-5eaa-9864-dd077fd19b0d'", "guid('foo', 'bar', 'baz')")]
    [InlineData("<uniqueString('a', text)>", "uniqueString('a', text)")]
    [InlineData("<base64('Start-{u}-End')>", "base64(mixed)")]
    public void Encodes(string expected, string expression) => Gives(expected, expression);

    [Theory]
    [InlineData("the argument of base64ToString is not base64", "base64ToString('a')")]
    [InlineData("the text given to base64ToJson is not JSON: a value was expected (at character 1)", "base64ToJson('aGk=')")]
    [InlineData("the argument of dataUriToString is not a data URI", "dataUriToString('http://x')")]
    [InlineData("dataUriToString does not know the character set of the data URI", "dataUriToString('data:text/plain;charset=utf-7,a')")]
    [InlineData("the content of the data URI given to dataUriToString is not base64", "dataUriToString('data:;base64,a')")]
    [InlineData("argument 2 of uniqueString must be a string, not an int", "uniqueString('a', 1)")]
    [InlineData("argument 1 of guid must be a string, not an array", "guid(createArray())")]
    [InlineData("argument 1 of base64 must be a string, not an int", "base64(1)")]
    public void Refuses_to_encode(string detail, string expression) => Fails(detail, expression);

    [Fact]
    public void An_unknown_name_hash_is_one_segment() => Assert.Equal(
        ValueShape.IdSegment, Assert.IsType<UnknownValue>(Eval("uniqueString(resourceId('P/t', 'n'))")).Shape);

    [Theory]
    [InlineData("'http://contoso.com/resources/nested/azuredeploy.json'", "uri('http://contoso.com/resources/', 'nested/azuredeploy.json')")]
    [InlineData("'http://contoso.com/nested/azuredeploy.json'", "uri('http://contoso.com/resources', 'nested/azuredeploy.json')")]
    [InlineData("'http://contoso.com/x.json'", "uri('http://contoso.com/a/b/', '/x.json')")]
    [InlineData("'http://contoso.com/x.json?sig=a%2Bb'", "uri('http://contoso.com/a/', '../x.json?sig=a%2Bb')")]
    [InlineData("'https://other.net/y'", "uri('http://contoso.com/a/', 'https://other.net/y')")]
    [InlineData("'file:///repo/nested/x.json'", "uri('file:///repo/azuredeploy.json', 'nested/x.json')")]
    [InlineData("'https://x.net/a/nested/x.json{text}'", "uri('https://x.net/a/b', concat('nested/x.json', text))")]
    [InlineData("'{uri(text, '.')}nested/x.json'", "uri(text, 'nested/x.json')")]
    [InlineData("'https://{segment}.net/nested/x.json'", "uri(concat('https://', segment, '.net/'), 'nested/x.json')")]
    [InlineData("<uri(text, '../x.json')>", "uri(text, '../x.json')")]
    [InlineData("<uri('https://x.net/', text)>", "uri('https://x.net/', text)")]
    [InlineData("'http%3A%2F%2Fcontoso.com%2Fa%20b%C3%A9'", "uriComponent('http://contoso.com/a bé')")]
    [InlineData("'http://contoso.com/a bé'", "uriComponentToString('http%3A%2F%2Fcontoso.com%2Fa%20b%C3%A9')")]
    [InlineData("'https://mysite.com/page1'", "buildUri(createObject('scheme', 'https', 'host', 'mysite.com', 'path', 'page1'))")]
    [InlineData("'https://mysite.com:8080/a?id=1'", "buildUri(createObject('scheme', 'https', 'host', 'mysite.com', 'port', 8080, 'path', '/a', 'query', 'id=1'))")]
    [InlineData("'https://mysite.com:8080/page1?id=1'", "buildUri(parseUri('https://mysite.com:8080/page1?id=1'))")]
    [InlineData("{scheme: 'https', host: 'mysite.com', port: 8080, path: '/page1', query: '?id=1'}", "parseUri('https://mysite.com:8080/page1?id=1')")]
    public void Addresses(string expected, string expression) => Gives(expected, expression);

    [Theory]
    [InlineData("argument 1 of uri is not an absolute address: '/a'", "uri('/a', 'b')")]
    [InlineData("argument 2 of uri must be a string, not an int", "uri('http://a', 1)")]
    [InlineData("argument 2 of uri is not an address: 'http://'", "uri('http://a', 'http://')")]
    [InlineData("buildUri needs a scheme and a host", "buildUri(createObject('scheme', 'https'))")]
    [InlineData("buildUri needs a port from 0 to 65535, and path and query that are strings", "buildUri(createObject('scheme', 'https', 'host', 'a', 'port', 99999))")]
    [InlineData("argument 1 of buildUri must be an object, not a string", "buildUri('a')")]
    [InlineData("'a b' is not an absolute address", "parseUri('a b')")]
    [InlineData("argument 1 of uriComponent must be a string, not an int", "uriComponent(1)")]
    public void Refuses_addresses(string detail, string expression) => Fails(detail, expression);
}
