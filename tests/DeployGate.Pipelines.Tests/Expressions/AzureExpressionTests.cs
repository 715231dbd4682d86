using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.AzurePipelines;
using FsCheck;
using FsCheck.Fluent;

namespace DeployGate.Pipelines.Tests.Expressions;

public class AzureExpressionTests
{
    [Theory]
    [InlineData("eq('A', 'a')", "true")]
    [InlineData("eq('true', true)", "true")]
    [InlineData("eq(true, 'TRUE')", "true")]
    [InlineData("eq(true, 'x')", "false")]
    [InlineData("eq(1, '1')", "true")]
    [InlineData("eq('1', 1)", "true")]
    [InlineData("eq(null, '')", "true")]
    [InlineData("eq('', null)", "true")]
    [InlineData("ne('a', 'b')", "true")]
    [InlineData("lt(2, '10')", "true")]
    [InlineData("gt('b', 'A')", "true")]
    [InlineData("ge(1.5, 1.5)", "true")]
    [InlineData("le('a', 'b')", "true")]
    [InlineData("and(1, 'x', true)", "true")]
    [InlineData("and(false, parameters.open)", "false")]
    [InlineData("or(parameters.open, true)", "true")]
    [InlineData("or('', 0)", "false")]
    [InlineData("not('')", "true")]
    [InlineData("xor(true, false)", "true")]
    [InlineData("in('a', 'b', 'A')", "true")]
    [InlineData("notIn('a', 'b')", "true")]
    [InlineData("contains('abc', 'B')", "true")]
    [InlineData("containsValue(parameters.list, 'Two')", "true")]
    [InlineData("containsValue(parameters.map, 'x')", "true")]
    [InlineData("startsWith('abc', 'A')", "true")]
    [InlineData("endsWith('abc', 'C')", "true")]
    [InlineData("coalesce('', null, 'x')", "x")]
    [InlineData("format('{0}/{1}', true, 1)", "True/1")]
    [InlineData("format('v{0}', parameters.open)", "v{parameters.open}")]
    [InlineData("join('; ', parameters.list)", "one; two")]
    [InlineData("length(parameters.list)", "2")]
    [InlineData("length('abc')", "3")]
    [InlineData("lower('AB')", "ab")]
    [InlineData("upper('ab')", "AB")]
    [InlineData("trim(' a ')", "a")]
    [InlineData("replace('a-b', '-', '+')", "a+b")]
    [InlineData("split('a;b', ';')", "[a, b]")]
    [InlineData("split('a;b', ';')[1]", "b")]
    [InlineData("iif(eq(1, 1), 'a', 'b')", "a")]
    [InlineData("iif(parameters.open, 'a', 'b')", "{a or b}")]
    [InlineData("convertToJson(parameters.map)", "{\n  \"a\": \"x\",\n  \"b\": \"y\"\n}")]
    [InlineData("parameters.map.a", "x")]
    [InlineData("parameters.map['B']", "y")]
    [InlineData("parameters.rows.*.id", "[1, 2]")]
    [InlineData("parameters.missing", "null")]
    [InlineData("variables.plain", "v")]
    [InlineData("variables['a.b']", "dotted")]
    [InlineData("variables.a.b", "dotted")]
    [InlineData("variables.missing", "null")]
    [InlineData("variables['Build.SourceBranch']", "{Build.SourceBranch: QueueTime}")]
    [InlineData("eq(parameters.choice, 'c')", "false")]
    [InlineData("eq(parameters.choice, 'a')", "{true or false}")]
    [InlineData("pipeline.startTime", "{pipeline.startTime: Generated}")]
    [InlineData("counter('a', 1)", "{counter('a', 1): Generated}")]
    [InlineData("1.2.3", "1.2.3")]
    [InlineData("nope('a')", "{nope('a'): EvaluationError}")]
    [InlineData("eq('a'", "{eq('a': EvaluationError}")]
    [InlineData("a == b", "{a == b: EvaluationError}")]
    public void An_expression_gives_what_the_service_gives_or_says_why_not(string expression, string expected) =>
        Assert.Equal(expected, Scope().Evaluate(expression).Show().ReplaceLineEndings("\n"));

    [Fact]
    public void Any_text_is_evaluated_without_an_exception()
    {
        var piece = Gen.Elements("parameters", "variables", ".", "*", "[", "]", "(", ")", "'", "a", "1", "1.2.3", "-", ",", " ", "eq", "format", "join", "split", "length", "containsValue", "list", "open", "map", "{0}", "{", "}");
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(Gen.ListOf(piece).Select(string.Concat).ToArbitrary(), text => Scope().Evaluate(text) is not null));
    }

    private static TemplateScope Scope() => new()
    {
        Source = new SourceText("a.yml", ""),
        Parameters = TemplateScope.None
            .Add("open", new UnknownValue(UnknownReason.QueueTime, "parameters.open", "given at the start"))
            .Add("choice", new UnknownValue(UnknownReason.QueueTime, "parameters.choice", "given at the start") { Alternatives = [new StringValue("a"), new StringValue("b")] })
            .Add("list", new ArrayValue([new StringValue("one"), new StringValue("two")]))
            .Add("map", ObjectValue.From([new Member("a", new StringValue("x")), new Member("b", new StringValue("y"))]))
            .Add("rows", new ArrayValue([ObjectValue.From([new Member("id", new StringValue("1"))]), ObjectValue.From([new Member("id", new StringValue("2"))])])),
        Variables = TemplateScope.None.Add("plain", new StringValue("v")).Add("a.b", new StringValue("dotted")),
    };
}
