using DeployGate.Core.Resources;
using DeployGate.Core.Values;
using DeployGate.Templates.Functions;
using static DeployGate.Templates.Tests.Functions.Expr;

namespace DeployGate.Templates.Tests.Functions;

public sealed class ScopeFunctionTests
{
    private const string Guid = "11111111-2222-3333-4444-555555555555";

    private static readonly FunctionContext s_placed = new()
    {
        Scope = DeploymentScope.Unknown(ScopeKind.ResourceGroup) with
        {
            Subscription = new StringValue("S"),
            ResourceGroup = new StringValue("R"),
        },
        Location = "westeurope",
        DeploymentName = new StringValue("main"),
        TemplateLinkUri = new StringValue("file:///repo/main.json"),
        TemplateHeader = new ObjectValue([new Member("contentVersion", new StringValue("1.0.0.0"))]),
        DeploymentParameters = ObjectValue.Empty,
    };

    private static FunctionContext At(ScopeKind kind) => new() { Scope = DeploymentScope.Unknown(kind) };

    [Theory]
    [InlineData("'/subscriptions/{subscription().subscriptionId}/resourceGroups/{resourceGroup().name}'", "tryGet(resourceGroup(), 'id')")]
    [InlineData("<resourceGroup().location>", "tryGet(resourceGroup(), 'location')")]
    [InlineData("<resourceGroup().tags>", "tryGet(resourceGroup(), 'tags')")]
    [InlineData("'Succeeded'", "tryGet(resourceGroup(), 'properties', 'provisioningState')")]
    [InlineData("'Microsoft.Resources/resourceGroups'", "tryGet(resourceGroup(), 'type')")]
    [InlineData("<subscription().tenantId>", "tryGet(subscription(), 'tenantId')")]
    [InlineData("'/subscriptions/{subscription().subscriptionId}'", "tryGet(subscription(), 'id')")]
    [InlineData("<tryGet({…}, 'managedByTenants')>", "tryGet(subscription(), 'managedByTenants')")]
    [InlineData("<deployment().name>", "tryGet(deployment(), 'name')")]
    [InlineData("<tryGet({…}, 'properties', 'templateLink', 'uri')>", "tryGet(deployment(), 'properties', 'templateLink', 'uri')")]
    [InlineData("<tryGet({…}, 'location')>", "tryGet(deployment(), 'location')")]
    [InlineData("'.blob.'", "concat('.blob', '.')")]
    [InlineData("'core.windows.net'", "tryGet(environment(), 'suffixes', 'storage')")]
    [InlineData("'https://management.azure.com/'", "tryGet(environment(), 'resourceManager')")]
    [InlineData("null", "tryGet(environment(), 'nothing')")]
    [InlineData("'/'", "tryGet(tenant(), 'id')")]
    [InlineData("<deployer().objectId>", "tryGet(deployer(), 'objectId')")]
    [InlineData("<managementGroup()>", "managementGroup()")]
    public void Tells_what_is_known_without_a_place(string expected, string expression) => Gives(expected, expression);

    [Theory]
    [InlineData("'/subscriptions/S/resourceGroups/R'", "tryGet(resourceGroup(), 'id')")]
    [InlineData("'westeurope'", "tryGet(resourceGroup(), 'location')")]
    [InlineData("'S'", "tryGet(subscription(), 'subscriptionId')")]
    [InlineData("'main'", "tryGet(deployment(), 'name')")]
    [InlineData("'file:///repo/main.json'", "tryGet(deployment(), 'properties', 'templatelink', 'uri')")]
    [InlineData("'1.0.0.0'", "tryGet(deployment(), 'properties', 'template', 'contentVersion')")]
    [InlineData("{}", "tryGet(deployment(), 'properties', 'parameters')")]
    [InlineData("'file:///repo/nested/x.json'", "uri(tryGet(deployment(), 'properties', 'templateLink', 'uri'), 'nested/x.json')")]
    public void Tells_what_the_run_was_told(string expected, string expression) => Gives(expected, expression, s_placed);

    [Theory]
    [InlineData(ScopeKind.Subscription, "error", "resourceGroup()")]
    [InlineData(ScopeKind.Tenant, "error", "resourceGroup()")]
    [InlineData(ScopeKind.Tenant, "<subscription()>", "subscription()")]
    [InlineData(ScopeKind.ManagementGroup, "'/providers/Microsoft.Management/managementGroups/{managementGroup().name}'", "tryGet(managementGroup(), 'id')")]
    [InlineData(ScopeKind.Subscription, "<deployment().location>", "tryGet(deployment(), 'location')")]
    public void Knows_the_levels(ScopeKind kind, string expected, string expression) => Gives(expected, expression, At(kind));

    [Theory]
    [InlineData("'/subscriptions/{subscription().subscriptionId}/resourceGroups/{resourceGroup().name}/providers/P/t/n'", "resourceId('P/t', 'n')")]
    [InlineData("'/subscriptions/{subscription().subscriptionId}/resourceGroups/g/providers/P/t/n'", "resourceId('g', 'P/t', 'n')")]
    [InlineData("'/subscriptions/s/resourceGroups/g/providers/P/t/n/u/m'", "resourceId('s', 'g', 'P/t/u', 'n', 'm')")]
    [InlineData("'/subscriptions/s/resourceGroups/{text}/providers/P/t/{any}'", "resourceId('s', text, 'P/t', any)")]
    [InlineData("'/subscriptions/s/resourceGroups/g/providers/P/t/Start-{u}-End'", "resourceId('s', 'g', 'P/t', mixed)")]
    [InlineData("<resourceId(text, 'n')>", "resourceId(text, 'n')")]
    [InlineData("<resourceId('P/{text}', 'n')>", "resourceId(concat('P/', text), 'n')")]
    [InlineData("('/subscriptions/s/resourceGroups/x/providers/P/t/n'|'/subscriptions/s/resourceGroups/y/providers/P/t/n')", "resourceId('s', either, 'P/t', 'n')")]
    [InlineData("'/subscriptions/{subscription().subscriptionId}/providers/P/t/n'", "subscriptionResourceId('P/t', 'n')")]
    [InlineData("'/subscriptions/s/providers/P/t/n'", "subscriptionResourceId('s', 'P/t', 'n')")]
    [InlineData("'/providers/P/t/n/u/m'", "tenantResourceId('P/t/u', 'n', 'm')")]
    [InlineData("'/providers/Microsoft.Management/managementGroups/g/providers/P/t/n'", "managementGroupResourceId('g', 'P/t', 'n')")]
    [InlineData("'/providers/Microsoft.Management/managementGroups/{managementGroup().name}/providers/P/t/n'", "managementGroupResourceId('P/t', 'n')")]
    [InlineData("'/subscriptions/s/providers/P/t/n'", "extensionResourceId('/subscriptions/s', 'P/t', 'n')")]
    [InlineData("'/subscriptions/{sub}/images/{img}/v1/providers/P/t/n'", "extensionResourceId(path, 'P/t', 'n')")]
    [InlineData("'/providers/P/t/n'", "extensionResourceId('/', 'P/t', 'n')")]
    [InlineData("<extensionResourceId('/s', text, 'n')>", "extensionResourceId('/s', text, 'n')")]
    [InlineData("<sub>", "tryGet(split(tenantResourceId('P/t', tryGet(split(path, '/'), 2)), '/'), 4)")]
    public void Spells_ids(string expected, string expression) => Gives(expected, expression);

    [Theory]
    [InlineData(ScopeKind.Subscription, "'/subscriptions/{subscription().subscriptionId}/providers/P/t/n'", "resourceId('P/t', 'n')")]
    [InlineData(ScopeKind.ManagementGroup, "'/providers/Microsoft.Management/managementGroups/{managementGroup().name}/providers/P/t/n'", "resourceId('P/t', 'n')")]
    [InlineData(ScopeKind.Tenant, "'/providers/P/t/n'", "resourceId('P/t', 'n')")]
    [InlineData(ScopeKind.Subscription, "'/subscriptions/" + Guid + "/providers/P/t/n'", "resourceId('" + Guid + "', 'P/t', 'n')")]
    public void Spells_ids_of_the_level(ScopeKind kind, string expected, string expression) => Gives(expected, expression, At(kind));

    [Theory]
    [InlineData("'P/t/u' needs 2 name(s), but resourceId was given 1", "resourceId('P/t/u', 'n')")]
    [InlineData("'P//t' is not a resource type", "resourceId('P//t', 'n')")]
    [InlineData("resourceId needs a resource type such as 'Microsoft.Compute/images' as one of its first 3 arguments", "resourceId('a', 'b', 'c', 'P/t', 'n')")]
    [InlineData("argument 2 of resourceId must be a string, not an int", "resourceId('P/t', 1)")]
    [InlineData("argument 2 of extensionResourceId must be a resource type, not 'P'", "extensionResourceId('/s', 'P', 'n')")]
    [InlineData("tenantResourceId needs a resource type such as 'Microsoft.Compute/images' as one of its first 1 arguments", "tenantResourceId('a', 'b')")]
    public void Refuses_ids(string detail, string expression) => Fails(detail, expression);

    [Theory]
    [InlineData("<reference('P/t/n', '2020-01-01')>", "reference('P/t/n', '2020-01-01')")]
    [InlineData("<references('loop')>", "references('loop')")]
    [InlineData("*<listKeys('/id', '2021-01-01')>", "listKeys('/id', '2021-01-01')")]
    [InlineData("*<LISTWHATEVER('/id', '1')>", "LISTWHATEVER('/id', '1')")]
    [InlineData("<providers('P', 't')>", "providers('P', 't')")]
    [InlineData("<pickZones('P', 't', 'l')>", "pickZones('P', 't', 'l')")]
    [InlineData("<toLogicalZone('s', 'l', 'z')>", "toLogicalZone('s', 'l', 'z')")]
    [InlineData("<newGuid()>", "newGuid()")]
    [InlineData("<utcNow('u')>", "utcNow('u')")]
    [InlineData("<externalInputs('a')>", "externalInputs('a')")]
    [InlineData("<roleDefinitions('Owner')>", "roleDefinitions('Owner')")]
    [InlineData("<nothing('a')>", "nothing('a')")]
    [InlineData("'a-{newGuid()}'", "concat('a-', newGuid())")]
    [InlineData("*'key={listKeys('/id')}'", "concat('key=', listKeys('/id'))")]
    public void Leaves_to_Azure(string expected, string expression) => Gives(expected, expression);

    [Theory]
    [InlineData("newGuid()", UnknownReason.NonDeterministic)]
    [InlineData("utcNow()", UnknownReason.NonDeterministic)]
    [InlineData("reference('a')", UnknownReason.RuntimeFunction)]
    [InlineData("listKeys('a')", UnknownReason.RuntimeFunction)]
    [InlineData("externalInputs('a')", UnknownReason.ExternalInput)]
    [InlineData("nothing()", UnknownReason.Unsupported)]
    [InlineData("managementGroup()", UnknownReason.DeploymentContext)]
    [InlineData("fail('x')", UnknownReason.EvaluationError)]
    [InlineData("uniqueString(text)", UnknownReason.ParameterNoValue)]
    public void Says_why(string expression, UnknownReason reason) => Assert.Equal(reason, Assert.IsType<UnknownValue>(Eval(expression)).Reason);

    [Fact]
    public void A_template_may_refuse()
    {
        Fails("the template refuses: no such size", "fail('no such size')");
        Fails("the template refuses: ***", "fail(secret)");
    }
}
