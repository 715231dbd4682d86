using DeployGate.Templates.BicepFiles.Syntax;

namespace DeployGate.Templates.Tests.BicepFiles;

public sealed class BicepStatementTests
{
    [Theory]
    [InlineData("targetScope = 'subscription'", "(targetScope 'subscription')")]
    [InlineData("metadata name = 'x'", "(metadata name 'x')")]
    [InlineData("param p string", "(param p string)")]
    [InlineData("param p int = 1\n", "(param p int = 1)")]
    [InlineData("param p = { a: 1 }", "(param p = {'a': 1})")]
    [InlineData("var v = 1", "(var v = 1)")]
    [InlineData("var type = metadata", "(var type = metadata)")]
    [InlineData("param test string\nparam if bool\nvar var = param", "(param test string)\n(param if bool)\n(var var = param)")]
    [InlineData("output o string = p", "(output o string = p)")]
    [InlineData("output o array = [for x in xs: x]", "(output o array = (for x in xs x))")]
    [InlineData("func f() string => 'a'", "(func f () string 'a')")]
    [InlineData("func f(a string,\n b int[]?) object =>\n {}", "(func f (a: string b: (? (array int))) object {})")]
    [InlineData("assert a = b == c", "(assert a (== b c))")]
    [InlineData("test t 'main.bicep' = {\n params: {}\n}", "(test t 'main.bicep' {'params': {}})")]
    [InlineData("\r\n\r\nvar a = 1\r\n\tvar b = 2\n\rvar c = 3", "(var a = 1)\n(var b = 2)\n(var c = 3)")]
    [InlineData("\uFEFFvar a = 1", "(var a = 1)")]
    [InlineData("", "")]
    public void Simple(string text, string tree) => Parsing.Gives(text, tree);

    [Theory]
    [InlineData("import { a } from 'x'", "(import a from 'x')")]
    [InlineData("import {\n a\n b as c, d\n} from 'br/public:avm/x:1.0.0'", "(import a b=c d from 'br/public:avm/x:1.0.0')")]
    [InlineData("import { 'not a word' as b } from 'x.json'", "(import not a word=b from 'x.json')")]
    [InlineData("import * as all from 'x'", "(import * as all from 'x')")]
    [InlineData("extension microsoftGraph", "(extension microsoftGraph)")]
    [InlineData("extension 'br:x/y:1' as graph", "(extension 'br:x/y:1' as graph)")]
    [InlineData("extension kubernetes with {\n a: b\n} as k8s", "(extension kubernetes with {'a': b} as k8s)")]
    [InlineData("extensionConfig k8s with { a: 1 }", "(extensionConfig k8s with {'a': 1})")]
    [InlineData("using 'main.bicep'", "(using 'main.bicep')")]
    [InlineData("using none\nparam a = 1", "(using none)\n(param a = 1)")]
    [InlineData("using 'main.bicep' with { a: 1 }", "(using 'main.bicep' with {'a': 1})")]
    [InlineData("extends 'base.bicepparam'\nparam a = { ...base.a, b: 1 }", "(extends 'base.bicepparam')\n(param a = {...(. base a) 'b': 1})")]
    public void Files_and_extensions(string text, string tree) => Parsing.Gives(text, tree);

    [Theory]
    [InlineData("resource r 'A/b@1' = {}", "(resource r 'A/b@1' {})")]
    [InlineData("resource r 'A/b@1' existing = {\n name: 'n'\n}", "(resource r 'A/b@1' existing {'name': 'n'})")]
    [InlineData("resource existing 'A/b@1' = {}", "(resource existing 'A/b@1' {})")]
    [InlineData("resource r 'A/b@1' = if (a && b) {\n}", "(resource r 'A/b@1' (if (&& a b) {}))")]
    [InlineData("resource r 'A/b@1' =\n  if (\n a\n ) {}", "(resource r 'A/b@1' (if a {}))")]
    [InlineData("resource r 'A/b@1' = [for x in xs: {\n name: x\n}]", "(resource r 'A/b@1' (for x in xs {'name': x}))")]
    [InlineData("resource r 'A/b@1' = [for (x, i) in xs: if (x.on) {}]", "(resource r 'A/b@1' (for x i in xs if (. x on) {}))")]
    [InlineData("module m './a.bicep' = {\n params: {}\n}", "(module m './a.bicep' {'params': {}})")]
    [InlineData("module m 'a.json' = if (a) {}", "(module m 'a.json' (if a {}))")]
    [InlineData("module m 'br/public:x:1' = [\n for x in xs: {}\n]", "(module m 'br/public:x:1' (for x in xs {}))")]
    [InlineData("module m 'm' = { resource: resource, name: if }", "(module m 'm' {'resource': resource 'name': if})")]
    public void Resources_and_modules(string text, string tree) => Parsing.Gives(text, tree);

    [Fact]
    public void Nested_resources() => Parsing.Gives(
        """
        resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
          name: 'v'
          resource: 1
          // the first
          @description('d')
          #disable-next-line x
          @batchSize(1)
          resource subnet 'subnets' = [for s in ss: {
            name: s
            resource inner 'i' existing = if (a) {}
          }]
          properties: {
            resource: 2
          }
        }
        """,
        "(resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' {'name': 'v' 'resource': 1 "
        + "@description('d') @batchSize(1) (resource subnet 'subnets' (for s in ss {'name': s (resource inner 'i' existing (if a {}))})) "
        + "'properties': {'resource': 2}})");

    [Theory]
    [InlineData("@secure()\nparam p string", "@secure() (param p string)")]
    [InlineData("@sys.description('d')\n\n// between\n#disable-next-line x\n@allowed([\n 'a'\n 'b'\n])\n/* and */ param p string", "@sys.description('d') @allowed(['a' 'b']) (param p string)")]
    [InlineData("@minLength (3) @maxLength(4)\nparam p string", "@minLength(3) @maxLength(4) (param p string)")]
    [InlineData("@export()\ntype t = string\n@batchSize(1)\nmodule m 'm' = {}", "@export() (type t string)\n@batchSize(1) (module m 'm' {})")]
    public void Decorators(string text, string tree) => Parsing.Gives(text, tree);

    [Fact]
    public void Spans_cover_what_was_written()
    {
        const string Text = "@secure()\nparam p string = a[0]\n  ? b : 'c${d}e' // f\nresource r 'A@1' = {\n  k: 1\n}\n";
        var file = Parsing.Parse(Text);
        string At(Core.Text.TextSpan span) => Text.Substring(span.Start, span.Length);
        var parameter = Assert.IsType<ParameterStatement>(file.Statements[0]);
        Assert.Equal("param p string = a[0]\n  ? b : 'c${d}e'", At(parameter.Span));
        Assert.Equal("@secure()", At(parameter.Decorators[0].Span));
        Assert.Equal("p", At(parameter.Name.Span));
        Assert.Equal("string", At(parameter.Type!.Span));
        var ternary = Assert.IsType<TernarySyntax>(parameter.Value);
        Assert.Equal("a[0]\n  ? b : 'c${d}e'", At(ternary.Span));
        Assert.Equal("a[0]", At(ternary.Condition.Span));
        Assert.Equal(["'c${", "d", "}e'"], Assert.IsType<StringSyntax>(ternary.WhenFalse).Segments.Select(s => At(s.Span)));
        var resource = Assert.IsType<ResourceStatement>(file.Statements[1]);
        Assert.Equal("resource r 'A@1' = {\n  k: 1\n}", At(resource.Span));
        var property = Assert.IsType<ObjectPropertySyntax>(Assert.IsType<ObjectSyntax>(resource.Body).Items[0]);
        Assert.Equal(("k: 1", "k", "1"), (At(property.Span), At(property.Key.Span), At(property.Value.Span)));
    }
}
