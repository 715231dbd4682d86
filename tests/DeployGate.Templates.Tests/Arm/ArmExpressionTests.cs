using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Templates.Arm;
using DeployGate.Templates.Json;
using DeployGate.Templates.Model;

namespace DeployGate.Templates.Tests.Arm;

public class ArmExpressionTests
{
    [Theory]
    [InlineData("'[concat(’a’, ’b’)]'", "ab")]
    [InlineData("'[ concat ( ’a’ ,\n\t’b’ ) ]'", "ab")]
    [InlineData("'[’it’’s’]'", "it's")]
    [InlineData("'[1]'", "1")]
    [InlineData("'[-5]'", "-5")]
    [InlineData("'[[not an expression]'", "[not an expression]")]
    [InlineData("'[[x'", "[[x")]
    [InlineData("'[abc'", "[abc")]
    [InlineData("' [x]'", " [x]")]
    [InlineData("'[createObject(’a’, createArray(1, 2)).a[1]]'", "2")]
    [InlineData("'[createObject(’A’, 1).a]'", "1")]
    [InlineData("'[createObject(’a b’, 1)[’a b’]]'", "1")]
    [InlineData("'[CONCAT(’a’, ToUpper(’b’))]'", "aB")]
    [InlineData("'[sys.concat(’a’)]'", "a")]
    [InlineData("'[toupper(’it’’s’)]'", "IT'S")]
    [InlineData("'[TOUPPER( ’a’ )]'", "A")]
    [InlineData("'[toUpper(’’)]'", "")]
    [InlineData("'[createArray(’a’)[0]]'", "a")]
    [InlineData("'[createObject(’a’, 1).?b]'", "null")]
    [InlineData("'[createArray(1)[?3]]'", "null")]
    [InlineData("'[if(true(), ’yes’, fail(’never’))]'", "yes")]
    [InlineData("'[and(false(), fail(’never’))]'", "false")]
    [InlineData("'[or(true(), fail(’never’))]'", "true")]
    [InlineData("'[coalesce(null(), ’x’, fail(’never’))]'", "x")]
    [InlineData("'[map(createArray(1, 2), lambda(’x’, add(lambdaVariables(’x’), 1)))]'", "[2, 3]")]
    [InlineData("'[reduce(createArray(1, 2, 3), 0, lambda(’a’, ’b’, add(lambdaVariables(’a’), lambdaVariables(’b’))))]'", "6")]
    [InlineData("'[map(createArray(1, 2), lambda(’x’, map(createArray(10), lambda(’y’, add(lambdaVariables(’x’), lambdaVariables(’y’))))))]'", "[[11], [12]]")]
    public void Evaluates(string json, string expected) => Assert.Equal(expected, Resolving.Output(json).Show());

    [Theory]
    [InlineData("'[concat(’a’]'", "expected ',' or ')' in the arguments")]
    [InlineData("'[concat(’a)]'", "a string is never closed: a single quote is missing")]
    [InlineData("'[concat(’a’)’b’)]'", "text after the end of the expression: ''b')'")]
    [InlineData("'[x]'", "'x' is not a function call: '(' is missing, or quotes around a string")]
    [InlineData("'[concat(’a’) b]'", "text after the end of the expression: 'b'")]
    [InlineData("'[concat(’a’).]'", "expected a name after '.'")]
    [InlineData("'[createArray(1)[0]'", "expected ']' after the index")]
    [InlineData("'[99999999999999999999]'", "'99999999999999999999' is not a 64-bit integer")]
    [InlineData("'[#]'", "'#' cannot stand here")]
    [InlineData("'[]'", "the expression ends where a value is expected")]
    public void Says_what_is_wrong_with_an_expression(string json, string message)
    {
        var template = Resolving.Sections($"'resources': [], 'outputs': {{ 'o': {{ 'type': 'string', 'value': {json} }} }}");
        var problem = Assert.Single(template.Problems);
        Assert.Equal(("not a valid template expression: " + message, true), (problem.Message, problem.IsFatal));
    }

    [Theory]
    [InlineData("'[createObject(’a’, 1).b]'", "the object has no member 'b'")]
    [InlineData("'[createArray(1)[3]]'", "the array has 1 items; there is none at 3")]
    [InlineData("'[if(’x’, 1, 2)]'", "the condition of if() must be true or false")]
    [InlineData("'[parameters(’none’)]'", "the template has no parameter 'none'")]
    [InlineData("'[variables(’none’)]'", "the template has no variable 'none'")]
    [InlineData("'[u.f()]'", "there is no function 'u.f'")]
    [InlineData("'[copyIndex()]'", "copyIndex() stands outside of a loop")]
    [InlineData("'[lambdaVariables(’x’)]'", "no lambda here has a variable 'x'")]
    public void What_Azure_would_refuse_is_unknown_and_remarked(string json, string detail)
    {
        var template = Resolving.Sections($"'resources': [], 'outputs': {{ 'o': {{ 'type': 'string', 'value': {json} }} }}");
        Assert.Equal("?EvaluationError", template.Outputs.Members[0].Value.Show());
        var problem = Assert.Single(template.Problems);
        Assert.False(problem.IsFatal);
        Assert.Contains(detail, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_place_of_an_error_inside_an_escaped_string_is_exact()
    {
        var template = Resolving.Text("{\"$schema\":\"x/deploymentTemplate.json#\",\"resources\":[],\"outputs\":{\"o\":{\"type\":\"string\",\"value\":\"[concat('\\\"', x)]\"}}}");
        var problem = Assert.Single(template.Problems);
        Assert.Equal('x', template.Problems[0].At.Source.Content[problem.At.Span.Start - 1]);
    }

    [Fact]
    public void An_only_text_is_an_argument_at_its_place()
    {
        const string json = "{ \"e\": \"[ sys.toUpper('a b') ]\" }";
        var value = (StringValue)((ObjectValue)JsonReader.Read(new SourceText("t.json", json)).Root!).Find("e")!.Value;
        var call = Assert.IsType<CallExpression>(ArmExpressionParser.Parse(value.WrittenAt, value.Text));

        var argument = Assert.IsType<LiteralExpression>(Assert.Single(call.Arguments));
        Assert.Equal(("sys", "toUpper", new StringValue("a b")), (call.Namespace, call.Name, new StringValue(((StringValue)argument.Value).Text)));
        Assert.Equal("'a b'", argument.Place.FirstLine);
        Assert.Equal("'a b'", argument.Value.Origin!.Place.FirstLine);
    }

    [Theory]
    [InlineData(199, true)]
    [InlineData(200, false)]
    public void A_text_counts_as_a_level_of_nesting(int calls, bool isRead)
    {
        var text = $"[{string.Concat(Enumerable.Repeat("f(", calls))}'x'{new string(')', calls)}]";
        var parsed = ArmExpressionParser.Parse(new Place(new SourceText("t.json", text), new TextSpan(0, text.Length)), text);

        Assert.Equal(isRead, parsed is CallExpression);
    }
}
