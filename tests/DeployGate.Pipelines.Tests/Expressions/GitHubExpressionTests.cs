using System.Collections.Immutable;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Expressions;
using DeployGate.Pipelines.GitHubActions;
using DeployGate.Pipelines.Model;
using DeployGate.Pipelines.Yaml;
using FsCheck;
using FsCheck.Fluent;

namespace DeployGate.Pipelines.Tests.Expressions;

public class GitHubExpressionTests
{
    [Theory]
    [InlineData("1 == '1'", "true")]
    [InlineData("'A' == 'a'", "true")]
    [InlineData("null == ''", "true")]
    [InlineData("null == 0", "true")]
    [InlineData("true == 1", "true")]
    [InlineData("'x' == 0", "false")]
    [InlineData("'' == 0", "true")]
    [InlineData("0x10 == 16", "true")]
    [InlineData("-1.5 < 2", "true")]
    [InlineData("'b' > 'A'", "true")]
    [InlineData("'x' >= 1", "false")]
    [InlineData("!''", "true")]
    [InlineData("!'false'", "false")]
    [InlineData("'it''s'", "it's")]
    [InlineData("false && 'a' || 'b'", "b")]
    [InlineData("true && 'a' || 'b'", "a")]
    [InlineData("'' || 0 || 'c'", "c")]
    [InlineData("(1 == 2) == false", "true")]
    [InlineData("contains('Hello', 'ELL')", "true")]
    [InlineData("contains(fromJSON('[1, \"b\"]'), 'B')", "true")]
    [InlineData("startsWith('abc', 'AB')", "true")]
    [InlineData("endsWith('abc', 'bd')", "false")]
    [InlineData("format('{0}-{1} {{x}}', 'a', 2)", "a-2 {x}")]
    [InlineData("format('{0}')", "{format('{0}'): EvaluationError}")]
    [InlineData("join(fromJSON('[\"a\", 1, true]'), '+')", "a+1+true")]
    [InlineData("join('one')", "one")]
    [InlineData("fromJSON('{\"a\": {\"b\": [5]}}').A.b[0]", "5")]
    [InlineData("fromJSON('[{\"id\": 1}, {\"id\": 2}]').*.id", "[1, 2]")]
    [InlineData("toJSON(fromJSON('{\"a\":1}').a)", "1")]
    [InlineData("fromJSON('nope')", "{fromJSON('nope'): EvaluationError}")]
    [InlineData("case(false, 'a', true, 'b', 'c')", "b")]
    [InlineData("inputs.known", "here")]
    [InlineData("inputs['known']", "here")]
    [InlineData("inputs.missing", "null")]
    [InlineData("inputs.open", "{inputs.open: QueueTime}")]
    [InlineData("inputs.open && 'a' || 'b'", "{a or b}")]
    [InlineData("inputs.open == 'x' && 'a' || 'b'", "{a or b}")]
    [InlineData("inputs.size == 'M'", "false")]
    [InlineData("inputs.size != 'M' && 'ok' || 'no'", "ok")]
    [InlineData("format('vm-{0}', inputs.size)", "{vm-S or vm-L}")]
    [InlineData("format('vm-{0}', inputs.open)", "vm-{inputs.open}")]
    [InlineData("format('vm-{0}', inputs.open) == 'disk-1'", "false")]
    [InlineData("startsWith(format('vm-{0}', inputs.open), 'vm')", "true")]
    [InlineData("secrets.KEY", "secret {secrets.KEY: Secret}")]
    [InlineData("format('{0}', secrets.KEY)", "secret {secrets.KEY}")]
    [InlineData("vars.X", "{vars.X: PipelineVariable}")]
    [InlineData("github.workspace", "/github/workspace")]
    [InlineData("github.sha", "{github.sha: Generated}")]
    [InlineData("github.ref", "{github.ref: QueueTime}")]
    [InlineData("hashFiles('**')", "{hashFiles('**'): Generated}")]
    [InlineData("nope.x", "{nope.x: EvaluationError}")]
    [InlineData("1 +", "{1 +: EvaluationError}")]
    [InlineData("f(", "{f(: EvaluationError}")]
    [InlineData("", "{: EvaluationError}")]
    public void An_expression_gives_what_the_runner_gives_or_says_why_not(string expression, string expected) => Assert.Equal(expected, Evaluate(expression).Show());

    [Fact]
    public void Limits_end_long_and_deep_expressions()
    {
        Assert.Contains("nests deeper than 50", ((UnknownValue)Evaluate(new string('(', 5000))).Detail, StringComparison.Ordinal);
        Assert.Contains("longer than 21000", ((UnknownValue)Evaluate(new string('a', 30_000))).Detail, StringComparison.Ordinal);
        Assert.Contains("nests deeper than 50", ((UnknownValue)Evaluate(new string('!', 5000) + "a")).Detail, StringComparison.Ordinal);
        Assert.Contains("more than 1000 parts in a row", ((UnknownValue)Evaluate("a" + string.Concat(Enumerable.Repeat(".b", 10_000)))).Detail, StringComparison.Ordinal);
        Assert.Contains("more than 1000 parts in a row", ((UnknownValue)Evaluate("1" + string.Concat(Enumerable.Repeat(" == 1", 4_000)))).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_evaluated_without_an_exception()
    {
        var piece = Gen.Elements("inputs", ".", "*", "[", "]", "(", ")", "'", "a", "1", "0x", "-", "==", "!=", "<", "&&", "||", "!", ",", " ", "format", "contains", "fromJSON", "toJSON", "join", "secrets.A", "case", "null", "size", "open", "{0}");
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(Gen.ListOf(piece).Select(string.Concat).ToArbitrary(), text => Evaluate(text) is not null));
    }

    private static Value Evaluate(string expression)
    {
        var source = new SourceText("ci.yml", "on: push");
        var inputs = ImmutableDictionary.Create<string, Func<Evaluation, Value>>(StringComparer.OrdinalIgnoreCase)
            .Add("known", _ => new StringValue("here"))
            .Add("open", _ => new UnknownValue(UnknownReason.QueueTime, "inputs.open", "given at the start"))
            .Add("size", _ => new UnknownValue(UnknownReason.QueueTime, "inputs.size", "given at the start") { Alternatives = [new StringValue("S"), new StringValue("L")] });
        var scope = new GitHubScope { File = new WorkflowFile(source, (YamlMapping)YamlDocument.Read(source).Root!), Inputs = inputs };
        return GitHubEvaluator.Evaluate(expression, scope, new Evaluation(RunValues.Empty));
    }
}
