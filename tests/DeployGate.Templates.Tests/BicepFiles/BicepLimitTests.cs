using System.Text;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Tests.BicepFiles;

/// <summary>Files made to exhaust the gate: each ends, with an answer that says where and why.</summary>
public class BicepLimitTests
{
    private static ResolvedTemplate Resolve(string bicep, Dictionary<string, string>? files = null) =>
        new TemplateResolver(new MemoryFiles(files ?? [])).Resolve(TemplateFile.Read(new SourceText("main.bicep", bicep)), [], new DeploymentTarget("s", "rg"));

    [Fact]
    public void Two_hundred_nested_modules_end_with_the_place_where_nesting_stops()
    {
        var files = Enumerable.Range(0, 200).ToDictionary(i => $"m{i}.bicep", i => $"module next 'm{i + 1}.bicep' = {{ name: 'n{i}' }}\n");
        files["m200.bicep"] = "resource d 'Microsoft.Compute/disks@2024-03-02' = { name: 'deep' }\n";
        var template = Resolve("module first 'm0.bicep' = { name: 'first' }\n", files);

        var problem = Assert.Single(template.Problems);
        Assert.Equal("deployments are nested too deeply, or there are too many", problem.Message);
        Assert.EndsWith(".bicep", problem.At.Source.Path, StringComparison.Ordinal);
        Assert.DoesNotContain(template.Resources, resource => resource.Name is StringValue { Text: "deep" });
    }

    [Fact]
    public void Ten_thousand_rounds_of_a_loop_are_ten_thousand_resources()
    {
        var template = Resolve("resource d 'Microsoft.Compute/disks@2024-03-02' = [for i in range(0, 10000): { name: 'disk-${i}' }]\n");

        Assert.Equal(10_000, template.Resources.Length);
        Assert.Equal("disk-9999", (template.Resources[^1].Name as StringValue)?.Text);
    }

    [Fact]
    public void A_name_that_stands_for_eight_hundred_resources_costs_as_many_wherever_it_is_said()
    {
        const string bicep = """
            resource d 'Microsoft.Compute/disks@2024-03-02' = [for i in range(0, 800): { name: 'disk-${i}' }]
            output o array = [for i in range(0, 800): [for j in range(0, 800): length(d)]]
            """;

        Assert.Contains(Resolve(bicep).Problems, problem => problem.Message.Contains("grows beyond", StringComparison.Ordinal));
    }

    [Fact]
    public void A_loop_that_says_each_of_its_resources_once_is_evaluated()
    {
        const string bicep = """
            resource d 'Microsoft.Compute/disks@2024-03-02' = [for i in range(0, 800): { name: 'disk-${i}', location: 'westeurope' }]
            output o array = [for i in range(0, 800): '${d[i].name} of ${length(d)} in ${d[799 - i].location}']
            output n int = length(d)
            """;

        var template = Resolve(bicep);

        Assert.Empty(template.Problems);
        Assert.Equal("disk-799 of 800 in westeurope", ((template.Outputs.Get("o") as ArrayValue)?.Items[799] as StringValue)?.Text);
    }

    [Theory]
    [InlineData("func f(n int) int => f(n + 1)\noutput o int = f(0)\n", "'f' calls itself without end")]
    [InlineData("func f(n int) array => [f(n + 1), f(n + 2)]\noutput o array = f(0)\n", "grows beyond")]
    [InlineData("var a = b\nvar b = a\noutput o string = a\n", "itself")]
    [InlineData("module m 'main.bicep' = { name: 'again' }\n", "")]
    public void What_has_no_end_of_its_own_is_ended(string bicep, string said)
    {
        var template = Resolve(bicep, new Dictionary<string, string> { ["main.bicep"] = bicep });

        var told = template.Problems.Select(problem => problem.Message).Concat(template.Unresolved.Select(unresolved => unresolved.Value.Detail)).ToList();
        Assert.NotEmpty(told);
        Assert.Contains(told, text => text.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public void Texts_that_double_forty_times_are_refused_and_not_built()
    {
        var bicep = new StringBuilder("var v0 = 'xxxxxxxxxxxxxxxx'\n");
        for (var i = 1; i <= 40; i++)
        {
            bicep.Append(System.Globalization.CultureInfo.InvariantCulture, $"var v{i} = '${{v{i - 1}}}${{v{i - 1}}}'\n");
        }

        var template = Resolve(bicep.Append("output o string = v40\n").ToString());

        Assert.IsNotType<StringValue>(template.Outputs.Members[0].Value);
    }

    [Fact]
    public void An_interpolation_of_a_hundred_thousand_holes_is_one_text()
    {
        var text = string.Concat(Enumerable.Repeat("${x}-", 100_000));
        var template = Resolve($"var x = 'a'\noutput o int = length('{text}')\n");

        Assert.Equal(200_000, (template.Outputs.Members[0].Value as IntValue)?.Number);
    }

    [Fact]
    public void Lambdas_that_multiply_stop_at_the_budget()
    {
        var rounds = string.Concat(Enumerable.Repeat("map(range(0, 1000), x => ", 6));
        var template = Resolve($"output o array = {rounds}1{new string(')', 6)}\n");

        Assert.NotEmpty(template.Problems.Select(problem => problem.Message).Concat(template.Unresolved.Select(unresolved => unresolved.Value.Detail)));
    }

    [Fact]
    public void Every_cut_of_a_file_resolves_to_something()
    {
        foreach (var sample in BicepSamples.All.Values)
        {
            for (var length = 0; length <= sample.Length; length += 50)
            {
                Assert.NotNull(Resolve(sample[..length]));
            }
        }
    }

    [Fact]
    public void Five_thousand_files_that_import_one_another_in_a_row_do_not_exhaust_the_stack()
    {
        var files = Enumerable.Range(0, 5_000).ToDictionary(i => $"m{i}.bicep", i => $"import {{ v }} from 'm{i + 1}.bicep'\n");
        var problem = Assert.Single(Resolve("import { v } from 'm0.bicep'\noutput o string = v\n", files).Problems, one => one.Message.Contains("in a row", StringComparison.Ordinal));
        Assert.Equal("m99.bicep:1:19", problem.At.ToString());
    }

    [Fact]
    public void An_exported_function_whose_name_is_used_again_is_not_exported()
    {
        var files = new Dictionary<string, string> { ["lib.bicep"] = "@export()\nfunc f() string => 'a'\nvar f = 'b'\n" };
        Assert.Empty(Resolve("import { f } from 'lib.bicep'\n", files).Resources);
    }

    [Fact]
    public void An_empty_parameter_file_lacks_values_at_its_only_place()
    {
        var template = TemplateFile.Read(new SourceText("main.bicep", "param p string\n"));
        var parameters = TemplateFile.Read(new SourceText("main.bicepparam", ""));
        var problem = Assert.Single(new TemplateResolver(new MemoryFiles()).Resolve(template, [parameters], new DeploymentTarget()).Problems);
        Assert.Equal("main.bicepparam:1:1+0", $"{problem.At}+{problem.At.Span.Length}");
    }

    [Theory]
    [InlineData("resource a 'Microsoft.Compute/disks@2024-03-02' = { name: '${a.name}/${a.name}' }\n")]
    [InlineData("resource a 'Microsoft.Compute/disks@2024-03-02' = { name: '${b.name}${b.name}' }\nresource b 'Microsoft.Compute/disks@2024-03-02' = { name: '${a.name}${a.name}' }\n")]
    public void A_name_that_refers_to_itself_is_told_without_following_it(string bicep)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var template = Resolve(bicep);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
        Assert.Contains(template.Unresolved, unresolved => unresolved.Value.Detail == "the resource's name, scope or template refers to itself");
    }

    // Four in each of twelve loops are sixteen million.
    [Theory]
    [InlineData(12)]
    [InlineData(60)]
    public void Loops_of_resources_in_loops_are_stopped(int depth)
    {
        var nested = string.Concat(Enumerable.Range(0, depth).Select(level => $"resource r{level} '{(level == 0 ? "Microsoft.Web/sites" : "part")}@2024-04-01' = [for i in range(0, 4): {{\n  name: 'n${{i}}'\n"))
            + string.Concat(Enumerable.Repeat("}]\n", depth));
        var template = Resolve(nested);
        Assert.Contains(template.Problems, problem => problem.Message == "the template grows beyond what DeployGate evaluates");
        Assert.InRange(template.Resources.Length, 1, 20_000);
    }

    // Eight hundred modules that are the file itself would each begin with eight hundred more.
    [Fact]
    public void A_circle_of_modules_is_refused_where_it_closes()
    {
        const string self = "module m 'main.bicep' = [for i in range(0, 800): { name: 'm${i}' }]\n";
        var template = Resolve(self, new() { ["main.bicep"] = self });
        Assert.Equal("the module 'main.bicep' leads back to a file that it is a part of", Assert.Single(template.Problems).Message);
        Assert.Equal(800, template.Resources.Length);

        var through = Resolve("module m 'a.bicep' = { name: 'm' }\n", new() { ["a.bicep"] = "module n 'b.bicep' = { name: 'n' }\n", ["b.bicep"] = "module o 'a.bicep' = if (false) { name: 'o' }\nmodule p 'a.bicep' = { name: 'p' }\n" });
        Assert.Equal("b.bicep:2:10", Assert.Single(through.Problems).At.ToString());
    }

    [Fact]
    public void A_file_that_several_modules_name_is_no_circle()
    {
        var files = new Dictionary<string, string> { ["a.bicep"] = "module n 'b.bicep' = { name: 'n' }\n", ["b.bicep"] = "resource d 'Microsoft.Compute/disks@2024-03-02' = { name: 'd' }\n" };
        var template = Resolve("module m 'a.bicep' = { name: 'm' }\nmodule n 'a.bicep' = { name: 'n' }\nmodule o 'b.bicep' = { name: 'o' }\n", files);
        Assert.Empty(template.Problems);
        Assert.Equal(3, template.Resources.Count(resource => resource.Type == "Microsoft.Compute/disks"));
    }

    // No type has so many segments: what is so deep is not evaluated to the limit of resources first.
    [Fact]
    public void Resources_in_one_another_deeper_than_any_end_the_resources()
    {
        var nested = string.Concat(Enumerable.Range(0, 60).Select(level => $"resource r{level} '{(level == 0 ? "Microsoft.Web/sites" : "part")}@2024-04-01' = [for i in range(0, 2): {{\n  name: 'n${{i}}'\n"))
            + string.Concat(Enumerable.Repeat("}]\n", 60));
        var template = Resolve(nested);
        Assert.Contains(template.Problems, problem => problem.Message == "the template grows beyond what DeployGate evaluates");
        Assert.Equal(31, template.Resources.Length);
    }
}
