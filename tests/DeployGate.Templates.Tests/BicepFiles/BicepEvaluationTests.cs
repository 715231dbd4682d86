using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Tests.BicepFiles;

public class BicepEvaluationTests
{
    private static readonly Dictionary<string, string> s_files = new()
    {
        ["shared.bicep"] = "@export()\nvar prefix = '${base}-x'\nvar base = 'corp'\n@export()\nfunc shout(s string) string => toUpper('${s}${prefix}')\n",
        ["modules/disk.bicep"] = "param name string\nparam size int = 4\nresource d 'Microsoft.Compute/disks@2024-03-02' = {\n  name: name\n  properties: { diskSizeGB: size }\n}\noutput id string = d.id\n",
        ["modules/self.bicep"] = "module again 'self.bicep' = { name: 'again' }\n",
        ["text.txt"] = "hello",
        ["data.yaml"] = "# settings\nbase: &b { size: 4, on: true }\nitems:\n- *b\n- 'true'\n- 1.50\nnone: ~\n",
        ["shared.json"] = """
            {
              "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "languageVersion": "2.0",
              "metadata": { "__bicep_exported_variables!": [ { "name": "region" } ] },
              "variables": { "region": "westeurope", "hidden": "x" },
              "functions": [ { "namespace": "__bicep", "members": {
                "tag": { "parameters": [ { "type": "string", "name": "s" } ], "output": { "type": "string", "value": "[format('<{0}>', __bicep.low(parameters('s')))]" } },
                "low": { "parameters": [ { "type": "string", "name": "s" } ], "output": { "type": "string", "value": "[toLower(parameters('s'))]" } } } } ],
              "resources": {}
            }
            """,
        ["bad.yaml"] = "a: [1",
        ["scripts/b.sh"] = "",
        ["scripts/A.ps1"] = "",
        ["scripts/deeper/c.sh"] = "",
        ["data.json"] = "{ \"a\": { \"b\": [ 1, 2 ] }, \"e\": \"[not evaluated]\" }",
    };

    private static ResolvedTemplate Resolve(string bicep, string? parameters = null, DeploymentTarget? target = null)
    {
        var resolver = new TemplateResolver(new MemoryFiles(s_files));
        TemplateFile[] files = parameters is null ? [] : [TemplateFile.Read(new SourceText("main.bicepparam", parameters))];
        return resolver.Resolve(TemplateFile.Read(new SourceText("main.bicep", bicep)), files, target ?? new DeploymentTarget("s", "rg") { Environment = new Dictionary<string, string?> { ["ALLOWED"] = "from outside", ["UNSET"] = null } });
    }

    [Theory]
    [InlineData("'a${1 + 2}b${true}'", "a3bTrue")]
    [InlineData("'{${1}}'", "{1}")]
    [InlineData("1 + 2 * 3 - -4", "11")]
    [InlineData("7 % 4 == 3 && !(2 > 3) || false", "true")]
    [InlineData("'A' =~ 'a' ? 'same' : 'other'", "same")]
    [InlineData("null ?? 'x'", "x")]
    [InlineData("[1, ...[2, 3], 4]", "[1, 2, 3, 4]")]
    [InlineData("{ a: 1, ...{ b: 2, a: 3 }, c: 4 }", "{a: 3, b: 2, c: 4}")]
    [InlineData("{ a: { b: 1 } }.a.b", "1")]
    [InlineData("{ a: 1 }.?b.c.d", "null")]
    [InlineData("[1, 2, 3][^1]", "3")]
    [InlineData("[1][?5]", "null")]
    [InlineData("[for (x, i) in ['a', 'b']: '${i}${x}']", "[0a, 1b]")]
    [InlineData("map(filter([1, 2, 3], x => x > 1), (x, i) => x * 10 + i)", "[20, 31]")]
    [InlineData("map([1], x => map([10], y => x + y))", "[[11]]")]
    [InlineData("any(5)", "5")]
    [InlineData("sys.toUpper('x')", "X")]
    [InlineData("loadTextContent('text.txt')", "hello")]
    [InlineData("loadJsonContent('data.json', 'a.b[1]')", "2")]
    [InlineData("loadJsonContent('data.json').e", "[not evaluated]")]
    [InlineData("loadYamlContent('data.yaml').items", "[{size: 4, on: true}, true, 1.50]")]
    [InlineData("loadYamlContent('data.yaml', '$.items[0].on') ? 'bool' : 'text'", "bool")]
    [InlineData("loadYamlContent('data.yaml').none", "null")]
    [InlineData("loadYamlContent('bad.yaml')", "?EvaluationError")]
    [InlineData("loadFileAsBase64('text.txt')", "aGVsbG8=")]
    [InlineData("map(loadDirectoryFileInfo('./scripts'), f => '${f.relativePath}|${f.baseName}|${f.extension}')", "[scripts/A.ps1|A.ps1|.ps1, scripts/b.sh|b.sh|.sh]")]
    [InlineData("length(loadDirectoryFileInfo('scripts/', '*.sh'))", "1")]
    [InlineData("loadDirectoryFileInfo('missing')", "?EvaluationError")]
    [InlineData("loadTextContent('${'text'}.txt')", "?Unsupported")]
    [InlineData("'[not an expression]'", "[not an expression]")]
    [InlineData("shout('a')", "ACORP-X")]
    [InlineData("twice(3)", "6")]
    [InlineData("lib.prefix", "corp-x")]
    [InlineData("lib.shout('b')", "BCORP-X")]
    [InlineData("compiled.region", "westeurope")]
    [InlineData("compiled.tag('AB')", "<ab>")]
    [InlineData("compiled.hidden", "?EvaluationError")]
    [InlineData("gone.thing", "?ModuleNotRestored")]
    [InlineData("readEnvironmentVariable('ALLOWED', 'default')", "from outside")]
    [InlineData("readEnvironmentVariable('UNSET', 'default')", "default")]
    [InlineData("readEnvironmentVariable('UNSET')", "?EvaluationError")]
    [InlineData("readEnvironmentVariable('HOME', 'default')", "?ExternalInput")]
    [InlineData("readEnvironmentVariable('HOME')", "?ExternalInput")]
    [InlineData("nameof(twice)", "twice")]
    [InlineData("nothing", "?EvaluationError")]
    public void Evaluates(string expression, string expected)
    {
        var template = Resolve($"import {{ shout }} from 'shared.bicep'\nimport * as lib from 'shared.bicep'\nimport * as compiled from 'shared.json'\nimport * as gone from 'br/public:avm/utl/none:1.0.0'\nfunc twice(n int) int => n * 2\noutput o object = {expression}\n");
        Assert.Equal(expected, template.Outputs.Members[0].Value.Show());
    }

    [Fact]
    public void Types_say_what_is_secret_nullable_and_allowed()
    {
        var template = Resolve("""
            type state = 'Generalized' | 'Specialized'
            @secure()
            param key string
            param maybe string?
            param chosen state
            output a string = key
            output b string = maybe ?? 'none'
            output c string = chosen
            """);
        Assert.True(template.Outputs.Members[0].Value.IsSecret);
        Assert.Equal("none", template.Outputs.Members[1].Value.Show());
        Assert.Equal(["Generalized", "Specialized"], Assert.IsType<UnknownValue>(template.Outputs.Members[2].Value).Alternatives.Select(one => one.Show()));
    }

    [Fact]
    public void Parents_nested_resources_and_loops_make_names_and_ids()
    {
        var template = Resolve("""
            resource g 'Microsoft.Compute/galleries@2024-03-03' existing = { name: 'g' }
            resource d 'Microsoft.Compute/galleries/images@2024-03-03' = [for os in ['win', 'lin']: {
              parent: g
              name: os
              properties: { osType: os }
            }]
            resource n 'Microsoft.Compute/galleries@2024-03-03' = {
              name: 'n'
              resource child 'images' = { name: 'c', properties: { up: n.id } }
            }
            output ids array = [d[1].id, n::child.id, d[0].name]
            """);
        Assert.Equal(["g", "g/win", "g/lin", "n", "n/c"], template.Resources.Select(resource => resource.Name.Show()));
        Assert.Equal(
            "[/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/galleries/g/images/lin, /subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/galleries/n/images/c, win]",
            template.Outputs.Members[0].Value.Show());
    }

    [Fact]
    public void Conditions_hold_for_nested_resources_and_scopes_move_resources()
    {
        var template = Resolve("""
            param on bool = false
            resource a 'Microsoft.Compute/galleries@2024-03-03' = if (on) {
              name: 'a'
              resource b 'images' = { name: 'b' }
            }
            resource e 'Microsoft.Compute/disks@2024-03-02' existing = { scope: resourceGroup('other'), name: 'e' }
            resource l 'Microsoft.Authorization/locks@2020-05-01' = { scope: e, name: 'l' }
            """);
        Assert.Equal(["e", "l"], template.Resources.Select(resource => resource.Name.Show()));
        Assert.Equal("/subscriptions/s/resourceGroups/other/providers/Microsoft.Compute/disks/e/providers/Microsoft.Authorization/locks/l", template.Resources[1].Id.Show());
    }

    [Fact]
    public void Modules_get_parameters_go_where_they_are_sent_and_give_outputs_back()
    {
        var template = Resolve("""
            module m 'modules/disk.bicep' = [for i in range(0, 2): {
              name: 'm${i}'
              scope: resourceGroup('rg${i}')
              params: { name: 'disk${i}' }
            }]
            output last string = m[1].outputs.id
            """);
        Assert.Equal(["m0", "disk0", "m1", "disk1"], template.Resources.Select(resource => resource.Name.Show()));
        Assert.Equal("/subscriptions/s/resourceGroups/rg1/providers/Microsoft.Compute/disks/disk1", template.Outputs.Members[0].Value.Show());
        Assert.Equal("{diskSizeGB: 4}", template.Resources[1].Body.Get("properties").Show());
    }

    [Fact]
    public void A_module_that_is_not_there_or_not_restored_is_never_silent()
    {
        var missing = Resolve("module m 'modules/none.bicep' = { name: 'm' }\n");
        Assert.Contains(missing.Problems, problem => problem is { IsFatal: true, Message: "the module 'modules/none.bicep' is not a readable file of the repository" });
        var registry = Resolve("module m 'br/public:avm/res/x:1.0.0' = { name: 'm' }\n");
        Assert.Equal("the module was not restored; run 'bicep restore main.bicep'", Assert.Single(registry.Unresolved, one => one.Value.Reason == UnknownReason.ModuleNotRestored).Value.Detail);
    }

    [Fact]
    public void A_module_that_deploys_itself_ends()
    {
        var template = Resolve("module m 'modules/self.bicep' = { name: 'm' }\n");
        Assert.Contains(template.Problems, problem => problem.Message.Contains("leads back to a file", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_taken_out_of_a_secret_is_secret()
    {
        var template = Resolve(
            "@secure()\nparam key object\noutput a object = { ...key, plain: 1 }\noutput b array = [for k in key.list: k]\noutput c string = key.one\n",
            "using 'main.bicep'\nparam key = { one: 'hunter2', list: ['hunter2'] }\n");
        var spread = Assert.IsType<ObjectValue>(template.Outputs.Members[0].Value);
        Assert.True(spread.Find("one")!.Value.IsSecret);
        Assert.True(Assert.IsType<ArrayValue>(template.Outputs.Members[1].Value).Items[0].IsSecret);
        Assert.True(template.Outputs.Members[2].Value.IsSecret);
    }

    [Fact]
    public void A_function_that_calls_itself_ends()
    {
        var template = Resolve("func f(n int) int => g(n + 1)\nfunc g(n int) int => f(n)\noutput o int = f(1)\n");
        Assert.Contains(template.Problems, problem => problem.Message.Contains("calls itself without end", StringComparison.Ordinal));
    }

    [Fact]
    public void A_parameter_file_supplies_values_at_their_places()
    {
        var template = Resolve("param p string\noutput o string = p\n", "using 'main.bicep'\nvar suffix = 'y'\nparam p = 'x${suffix}'\n");
        var value = template.Outputs.Members[0].Value;
        Assert.Equal("xy", value.Show());
        Assert.Equal("main.bicepparam:3:11", value.Origin!.Place.ToString());
    }

    [Fact]
    public void A_broken_statement_is_told_and_the_rest_is_read()
    {
        var template = Resolve("param = 4\nresource d 'Microsoft.Compute/disks@2024-03-02' = { name: 'd' }\n");
        Assert.Contains(template.Problems, problem => problem.IsFatal && problem.At.Start.Line == 1);
        Assert.Equal("d", template.Only().Name.Show());
    }
}
