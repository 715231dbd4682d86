using DeployGate.Core.Values;

namespace DeployGate.Templates.Tests.Evaluation;

public class PlaceTests
{
    private const string Image = "'resources': [\n{ 'type': 'Microsoft.Compute/galleries/images', 'apiVersion': '1', 'name': 'g/i', 'properties': {\n'osState': ";

    private static (string Place, string[] Hops) StateOf(string sections, string? parameters = null)
    {
        var template = Resolving.Sections(sections, parameters);
        var origin = template.Resources[^1].Body.Get("properties", "osState")!.Origin!;
        return (origin.Place.ToString(), [.. origin.Hops.Select(hop => $"{hop.Place.Source.Path}:{hop.Place.Start.Line} {hop.What}")]);
    }

    [Fact]
    public void A_literal_stands_where_it_is_written()
    {
        var (place, hops) = StateOf(Image + "'Generalized' } } ]");
        Assert.Equal("main.json:3:12", place);
        Assert.Empty(hops);
    }

    [Fact]
    public void A_supplied_value_stands_in_the_parameter_file()
    {
        var (place, hops) = StateOf(
            "'parameters': { 's': { 'type': 'string' } },\n" + Image + "'[parameters(’s’)]' } } ]",
            "{ 'parameters': {\n  's': { 'value': 'Specialized' } } }");
        Assert.Equal("main.parameters.json:2:19", place);
        Assert.Equal(["main.json:4 parameter 's'"], hops);
    }

    [Fact]
    public void A_default_stands_in_the_declaration()
    {
        var (place, hops) = StateOf("'parameters': {\n's': { 'type': 'string', 'defaultValue': 'Generalized' } },\n" + Image + "'[parameters(’s’)]' } } ]");
        Assert.Equal("main.json:2:42", place);
        Assert.Equal(["main.json:5 parameter 's'"], hops);
    }

    [Fact]
    public void A_member_of_a_variable_stands_in_the_variable()
    {
        var (place, hops) = StateOf("'variables': { 'm': {\n'win': { 'state': 'Specialized' } } },\n" + Image + "'[variables(’m’)[’win’].state]' } } ]");
        Assert.Equal("main.json:2:19", place);
        Assert.Equal(["main.json:5 variable 'm'"], hops);
    }

    [Fact]
    public void The_chosen_branch_of_if_stands_inside_the_expression()
    {
        var (place, _) = StateOf(Image + "'[if(true(), ’Generalized’, ’Specialized’)]' } } ]");
        Assert.Equal("main.json:3:25", place);
    }

    [Fact]
    public void A_computed_value_stands_at_its_expression()
    {
        var (place, _) = StateOf(Image + "'[concat(’Gen’, ’eralized’)]' } } ]");
        Assert.Equal("main.json:3:12", place);
    }

    [Fact]
    public void A_value_passed_to_a_nested_deployment_keeps_every_hop()
    {
        var (place, hops) = StateOf("""
            'parameters': { 'a': { 'type': 'string',
            'defaultValue': 'Generalized' } }, 'resources': [ { 'type': 'Microsoft.Resources/deployments', 'apiVersion': '1', 'name': 'd', 'properties': { 'mode': 'Incremental', 'expressionEvaluationOptions': { 'scope': 'inner' }, 'parameters': {
            'b': { 'value': '[parameters(’a’)]' } }, 'template': { 'parameters': { 'b': { 'type': 'string' } }, 'resources': [ { 'type': 'Microsoft.Compute/galleries/images', 'apiVersion': '1', 'name': 'g/i', 'properties': {
            'osState': '[parameters(’b’)]' } } ] } } } ]
            """);
        Assert.Equal("main.json:2:17", place);
        Assert.Equal(["main.json:4 parameter 'b'", "main.json:3 parameter 'a'"], hops);
    }

    [Fact]
    public void A_parameter_without_a_value_is_told_at_its_declaration()
    {
        var template = Resolving.Sections("'parameters': { 'p': { 'type': 'string' } },\n" + Image + "'[parameters(’p’)]' } } ]");
        var unresolved = Assert.Single(template.Unresolved, one => one.Value.Reason == UnknownReason.ParameterNoValue);
        Assert.Equal(1, unresolved.At.Start.Line);
    }
}
