using DeployGate.Core.Resources;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Tests.Evaluation;

public class TemplateEvaluationTests
{
    private const string Disk = "'type': 'Microsoft.Compute/disks', 'apiVersion': '2024-03-02'";

    [Fact]
    public void A_supplied_value_beats_the_default_and_names_fold_case()
    {
        var template = Resolving.Sections(
            $"'parameters': {{ 'Size': {{ 'type': 'int', 'defaultValue': 1 }} }}, 'resources': [ {{ {Disk}, 'name': 'd', 'properties': {{ 'diskSizeGB': '[parameters(’SIZE’)]' }} }} ]",
            "{ 'parameters': { 'size': { 'value': 7 } } }");
        Assert.Equal("{diskSizeGB: 7}", template.Only().Body.Get("properties").Show());
    }

    [Fact]
    public void A_parameter_without_a_value_is_unknown_with_its_allowed_values_as_alternatives()
    {
        var value = Resolving.Output("'[toUpper(parameters(’p’))]'", "'parameters': { 'p': { 'type': 'string', 'allowedValues': [ 'a', 'b' ] } }, 'resources': []");
        var unknown = Assert.IsType<UnknownValue>(value);
        Assert.Equal(UnknownReason.ParameterNoValue, unknown.Reason);
        Assert.Equal(["A", "B"], unknown.Alternatives.Select(one => one.Show()));
    }

    [Theory]
    [InlineData("{ 'value': 'x' }", "parameter 'p' must be an integer", true)]
    [InlineData("{ 'value': 9 }", "the value of parameter 'p' is outside of its limits (1 to 5)", true)]
    [InlineData("{ 'value': 4 }", "the value of parameter 'p' is not one of its allowed values", true)]
    public void A_wrong_parameter_value_is_told_where_it_is_written(string entry, string message, bool isFatal)
    {
        var template = Resolving.Sections(
            "'parameters': { 'p': { 'type': 'int', 'minValue': 1, 'maxValue': 5, 'allowedValues': [ 1, 2, 9 ] } }, 'resources': []",
            "{ 'parameters': {\n 'p': " + entry + " } }");
        var problem = Assert.Single(template.Problems);
        Assert.Equal((message, isFatal, "main.parameters.json", 2), (problem.Message, problem.IsFatal, problem.At.Source.Path, problem.At.Start.Line));
    }

    [Fact]
    public void A_vault_reference_is_an_unknown_secret()
    {
        var value = Resolving.Output(
            "'[concat(’x’, parameters(’p’))]'",
            "'parameters': { 'p': { 'type': 'secureString' } }, 'resources': []",
            "{ 'parameters': { 'p': { 'reference': { 'keyVault': { 'id': 'v' }, 'secretName': 's' } } } }");
        Assert.True(value.IsSecret);
        Assert.False(value.IsFullyKnown);
    }

    [Fact]
    public void A_known_secret_stays_secret_through_functions_and_members()
    {
        var value = Resolving.Output(
            "'[toUpper(parameters(’p’).inner.key)]'",
            "'parameters': { 'p': { 'type': 'secureObject' } }, 'resources': []",
            "{ 'parameters': { 'p': { 'value': { 'inner': { 'key': 'hunter2' } } } } }");
        Assert.True(value.IsSecret);
    }

    [Fact]
    public void Variables_with_copy_give_arrays_in_both_forms()
    {
        const string sections = "'variables': { 'copy': [ { 'name': 'v', 'count': 2, 'input': '[copyIndex(’v’, 1)]' } ], 'o': { 'copy': [ { 'name': 'w', 'count': 2, 'input': '[concat(’x’, copyIndex(’w’))]' } ] } }, 'resources': []";
        Assert.Equal("[1, 2]", Resolving.Output("'[variables(’v’)]'", sections).Show());
        Assert.Equal("{w: [x0, x1]}", Resolving.Output("'[variables(’o’)]'", sections).Show());
    }

    [Fact]
    public void A_resource_loop_repeats_its_children_and_numbers_its_property_loops()
    {
        var template = Resolving.Sections(
            $"'resources': [ {{ {Disk}, 'name': '[concat(’d’, copyIndex(1))]', 'copy': {{ 'name': 'l', 'count': 2 }}, "
            + "'properties': { 'copy': [ { 'name': 'p', 'count': 2, 'input': '[add(mul(copyIndex(), 10), copyIndex(’p’))]' } ] }, "
            + "'resources': [ { 'type': 'kids', 'apiVersion': '1', 'name': 'k' } ] } ]");
        Assert.Equal(["d1", "d1/k", "d2", "d2/k"], template.Resources.Select(resource => resource.Name.Show()));
        Assert.Equal(["{p: [0, 1]}", "{p: [10, 11]}"], template.Resources.Where(resource => resource.Type.EndsWith("disks", StringComparison.Ordinal)).Select(resource => resource.Body.Get("properties").Show()));
        Assert.Equal("Microsoft.Compute/disks/kids", template.Resources[1].Type);
    }

    [Fact]
    public void A_false_condition_leaves_the_resource_out_and_its_body_alone()
    {
        var template = Resolving.Sections($"'resources': [ {{ {Disk}, 'name': 'd', 'condition': false, 'properties': {{ 'x': '[fail(’never’)]' }} }} ]");
        Assert.Empty(template.Resources);
        Assert.Empty(template.Problems);
    }

    [Fact]
    public void An_unknown_condition_or_count_makes_the_resource_uncertain()
    {
        var template = Resolving.Sections(
            $"'parameters': {{ 'c': {{ 'type': 'bool' }}, 'n': {{ 'type': 'int' }} }}, 'resources': [ {{ {Disk}, 'name': 'a', 'condition': '[parameters(’c’)]' }}, "
            + $"{{ {Disk}, 'name': '[concat(’b’, copyIndex())]', 'copy': {{ 'name': 'l', 'count': '[parameters(’n’)]' }} }} ]");
        Assert.Equal([Presence.Maybe, Presence.Maybe], template.Resources.Select(resource => resource.Presence));
        Assert.Equal("~b{copyIndex()}", template.Resources[1].Name.Show());
    }

    [Theory]
    [InlineData("'type': 'Microsoft.Compute/galleries/images', 'name': 'g/i'", "~/subscriptions/{subscription().subscriptionId}/resourceGroups/rg/providers/Microsoft.Compute/galleries/g/images/i")]
    [InlineData("'type': 'Microsoft.Compute/virtualMachines/providers/locks', 'name': 'vm/Microsoft.Authorization/l'", "~/subscriptions/{subscription().subscriptionId}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm/providers/Microsoft.Authorization/locks/l")]
    [InlineData("'type': 'Microsoft.Authorization/locks', 'name': 'l', 'scope': 'Microsoft.Compute/disks/d'", "~/subscriptions/{subscription().subscriptionId}/resourceGroups/rg/providers/Microsoft.Compute/disks/d/providers/Microsoft.Authorization/locks/l")]
    [InlineData("'type': 'Microsoft.Authorization/policyAssignments', 'name': 'p', 'scope': '/'", "/providers/Microsoft.Authorization/policyAssignments/p")]
    public void Ids_interleave_types_and_names(string resource, string id)
    {
        var template = Resolving.Sections($"'resources': [ {{ {resource}, 'apiVersion': '1' }} ]", target: new DeploymentTarget(ResourceGroup: "rg"));
        Assert.Equal(id, template.Only().Id.Show());
    }

    [Fact]
    public void Symbolic_names_and_existing_resources_of_version_2()
    {
        var template = Resolving.Sections(
            "'languageVersion': '2.0', 'resources': { 'a': { 'existing': true, 'type': 'Microsoft.Compute/disks', 'apiVersion': '1', 'name': 'd' }, "
            + "'b': { 'type': 'Microsoft.Compute/images', 'apiVersion': '1', 'name': 'i', 'properties': { 'id': '[resourceInfo(’a’).id]', 'x': '[reference(’a’).diskState]' } } }",
            target: new DeploymentTarget("s", "rg"));
        Assert.True(template.Resources[0].IsExisting);
        Assert.Equal("{id: /subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/disks/d, x: ?ExistingResource}", template.Resources[1].Body.Get("properties").Show());
    }

    [Fact]
    public void User_functions_see_only_their_own_parameters()
    {
        const string sections = "'parameters': { 'p': { 'type': 'string', 'defaultValue': 'outer' } }, 'functions': [ { 'namespace': 'u', 'members': { 'twice': { 'parameters': [ { 'name': 'p', 'type': 'string' } ], 'output': { 'type': 'string', 'value': '[concat(parameters(’p’), parameters(’p’))]' } }, 'bad': { 'parameters': [], 'output': { 'type': 'string', 'value': '[variables(’v’)]' } } } } ], 'variables': { 'v': 1 }, 'resources': []";
        Assert.Equal("xx", Resolving.Output("'[U.Twice(’x’)]'", sections).Show());
        Assert.Equal("?EvaluationError", Resolving.Output("'[u.bad()]'", sections).Show());
    }

    [Fact]
    public void Declared_members_answer_reference_and_all_others_are_unknown()
    {
        var value = Resolving.Output(
            "'[createArray(reference(’d’).diskSizeGB, reference(’d’).osType, reference(resourceId(’Microsoft.Compute/disks’, ’d’), ’1’, ’Full’).location)]'",
            $"'resources': [ {{ {Disk}, 'name': 'd', 'location': 'westeurope', 'properties': {{ 'diskSizeGB': 4 }} }} ]");
        Assert.Equal("[4, ?RuntimeFunction, westeurope]", value.Show());
    }

    [Theory]
    [InlineData("'variables': { 'a': '[variables(’b’)]', 'b': '[variables(’a’)]' }, 'resources': [], 'outputs': { 'o': { 'type': 'string', 'value': '[variables(’a’)]' } }", "the variable 'a' refers to itself: a -> b -> a")]
    [InlineData("'parameters': { 'a': { 'type': 'string', 'defaultValue': '[parameters(’a’)]' } }, 'resources': []", "the parameter 'a' refers to itself: a -> a")]
    [InlineData("'resources': [ { 'type': 'a/b', 'apiVersion': '1', 'name': 'n', 'copy': { 'name': 'c', 'count': 1000000000 } } ]", "a copy loop has a count of 1000000000; Azure allows 0 to 800")]
    [InlineData("'resources': [ { 'type': 'a/b', 'apiVersion': '1', 'name': 'n', 'copy': { 'name': 'c', 'count': -1 } } ]", "a copy loop has a count of -1; Azure allows 0 to 800")]
    [InlineData("'resources': [ 5 ]", "a resource must be an object")]
    [InlineData("'resources': 5", "'resources' is neither an array nor an object")]
    [InlineData("'parameters': 5, 'resources': []", "'parameters' must be an object")]
    [InlineData("'resources': [ { 'apiVersion': '1', 'name': 'n' } ]", "'type' is missing here")]
    public void What_makes_a_template_impossible_is_one_clear_problem(string sections, string message)
    {
        var problem = Assert.Single(Resolving.Sections(sections).Problems);
        Assert.Equal((message, true), (problem.Message, problem.IsFatal));
    }

    [Fact]
    public void Growth_without_end_is_stopped()
    {
        var doubling = string.Join(", ", Enumerable.Range(1, 60).Select(i => $"'v{i}': {{ 'a': '[variables(’v{i - 1}’)]', 'b': '[variables(’v{i - 1}’)]' }}"));
        var template = Resolving.Sections($"'variables': {{ 'v0': 'x', {doubling} }}, 'resources': [], 'outputs': {{ 'o': {{ 'type': 'object', 'value': '[variables(’v60’)]' }} }}");
        Assert.Contains(template.Problems, problem => problem.Message == "the template grows beyond what DeployGate evaluates");
    }
}
