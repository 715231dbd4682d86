using DeployGate.Core.Values;

namespace DeployGate.Templates.Tests.Evaluation;

public class NestedDeploymentTests
{
    private const string Outer = "'parameters': { 'p': { 'type': 'string', 'defaultValue': 'outer' } }, 'variables': { 'v': 'outerV' }";
    private const string Deployment = "'type': 'Microsoft.Resources/deployments', 'apiVersion': '2022-09-01', 'name': 'child'";
    private const string Disk = "'type': 'Microsoft.Compute/disks', 'apiVersion': '1'";

    [Fact]
    public void Inner_scope_sees_only_what_is_passed()
    {
        var template = Resolving.Sections($$"""
            {{Outer}}, 'resources': [ { {{Deployment}}, 'properties': { 'mode': 'Incremental', 'expressionEvaluationOptions': { 'scope': 'Inner' },
              'parameters': { 'p': { 'value': '[concat(parameters(’p’), ’!’)]' } },
              'template': { 'parameters': { 'p': { 'type': 'string' } }, 'resources': [ { {{Disk}}, 'name': '[parameters(’p’)]' } ] } } } ]
            """);
        Assert.Equal(["child", "outer!"], template.Resources.Select(resource => resource.Name.Show()));
    }

    [Fact]
    public void Outer_scope_is_evaluated_by_the_parent()
    {
        var template = Resolving.Sections($$"""
            {{Outer}}, 'resources': [ { {{Deployment}}, 'properties': { 'mode': 'Incremental',
              'template': { 'variables': { 'v': 'innerV' }, 'resources': [ { {{Disk}}, 'name': '[variables(’v’)]' } ] } } } ]
            """);
        Assert.Equal("outerV", template.Resources[1].Name.Show());
    }

    [Fact]
    public void What_the_first_pass_unescapes_is_evaluated_by_the_second()
    {
        var template = Resolving.Sections($$"""
            'variables': { 't': { 'parameters': { 'n': { 'type': 'string' } }, 'resources': [ { {{Disk}}, 'name': '[[parameters(’n’)]' } ] } },
            'resources': [ { {{Deployment}}, 'properties': { 'mode': 'Incremental', 'expressionEvaluationOptions': { 'scope': 'Outer' },
              'parameters': { 'n': { 'value': 'second' } }, 'template': '[variables(’t’)]' } } ]
            """);
        Assert.Equal("second", template.Resources[1].Name.Show());
    }

    [Fact]
    public void Outputs_of_a_child_flow_back()
    {
        var template = Resolving.Sections($$"""
            'resources': [ { {{Deployment}}, 'properties': { 'mode': 'Incremental', 'expressionEvaluationOptions': { 'scope': 'Inner' },
              'template': { 'resources': [], 'outputs': { 'x': { 'type': 'string', 'value': 'from child' } } } } } ],
            'outputs': { 'o': { 'type': 'string', 'value': '[reference(’child’).outputs.x.value]' } }
            """);
        Assert.Equal("from child", template.Outputs.Members[0].Value.Show());
    }

    [Fact]
    public void Targets_move_the_childs_resources()
    {
        var template = Resolving.Sections(
            $$"""
            'resources': [ { {{Deployment}}, 'subscriptionId': 's2', 'resourceGroup': 'rg2', 'properties': { 'mode': 'Incremental', 'expressionEvaluationOptions': { 'scope': 'Inner' },
              'template': { 'resources': [ { {{Disk}}, 'name': 'd', 'properties': { 'where': '[resourceGroup().name]' } } ] } } } ]
            """,
            target: new DeploymentTarget("s1", "rg1"));
        Assert.Equal("/subscriptions/s2/resourceGroups/rg2/providers/Microsoft.Compute/disks/d", template.Resources[1].Id.Show());
        Assert.Equal("{where: rg2}", template.Resources[1].Body.Get("properties").Show());
    }

    [Theory]
    [InlineData("'relativePath': 'nested/child.json'")]
    [InlineData("'uri': '[uri(deployment().properties.templateLink.uri, ’nested/child.json’)]'")]
    [InlineData("'uri': '[uri(parameters(’_artifactsLocation’), concat(’nested/child.json’, parameters(’_artifactsLocationSasToken’)))]'")]
    [InlineData("'uri': '[concat(uri(deployment().properties.templateLink.uri, ’.’), ’nested/child.json’)]'")]
    public void Links_relative_to_the_template_are_files_of_the_repository(string link)
    {
        var child = Resolving.Json($"{{ '$schema': 'x/deploymentTemplate.json#', 'resources': [ {{ {Disk}, 'name': 'linked' }} ] }}");
        var template = Resolving.Sections(
            $$"""
            'parameters': { '_artifactsLocation': { 'type': 'string', 'defaultValue': '[deployment().properties.templateLink.uri]' }, '_artifactsLocationSasToken': { 'type': 'secureString', 'defaultValue': '' } },
            'resources': [ { {{Deployment}}, 'properties': { 'mode': 'Incremental', 'templateLink': { {{link}} } } } ]
            """,
            files: new Dictionary<string, string> { ["nested/child.json"] = child });
        Assert.Equal("linked", template.Resources[1].Name.Show());
        Assert.Equal(["nested/child.json"], template.LinkedFiles);
    }

    [Fact]
    public void A_link_handed_down_is_relative_to_the_template_it_came_from()
    {
        var child = Resolving.Json($$"""
            { '$schema': 'x/deploymentTemplate.json#', 'parameters': { 'base': { 'type': 'string' } }, 'resources': [ { {{Deployment}},
              'properties': { 'mode': 'Incremental', 'templateLink': { 'uri': '[uri(parameters(’base’), ’nested/leaf.json’)]' } } } ] }
            """);
        var leaf = Resolving.Json($"{{ '$schema': 'x/deploymentTemplate.json#', 'resources': [ {{ {Disk}, 'name': 'leaf' }} ] }}");
        var template = Resolving.Sections(
            $$"""
            'resources': [ { {{Deployment}}, 'properties': { 'mode': 'Incremental', 'templateLink': { 'relativePath': 'nested/child.json' },
              'parameters': { 'base': { 'value': '[deployment().properties.templateLink.uri]' } } } } ]
            """,
            files: new Dictionary<string, string> { ["nested/child.json"] = child, ["nested/leaf.json"] = leaf });
        Assert.Equal("leaf", template.Resources[^1].Name.Show());
    }

    [Fact]
    public void A_link_to_elsewhere_is_unknown_and_never_silent()
    {
        var template = Resolving.Sections($"'resources': [ {{ {Deployment}, 'properties': {{ 'mode': 'Incremental', 'templateLink': {{ 'uri': 'https://example.com/x.json?sig=secret' }} }} }} ]");
        var unresolved = Assert.Single(template.Unresolved);
        Assert.Equal(UnknownReason.LinkedTemplateNotAvailable, unresolved.Value.Reason);
        Assert.DoesNotContain("secret", unresolved.Value.Expression, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_that_links_to_itself_ends()
    {
        var text = Resolving.Json($"{{ '$schema': 'x/deploymentTemplate.json#', 'resources': [ {{ {Deployment}, 'properties': {{ 'mode': 'Incremental', 'templateLink': {{ 'relativePath': 'main.json' }} }} }} ] }}");
        var template = Resolving.Text(text, files: new Dictionary<string, string> { ["main.json"] = text });
        Assert.Contains(template.Problems, problem => problem.Message.Contains("nested too deeply", StringComparison.Ordinal));
    }
}
