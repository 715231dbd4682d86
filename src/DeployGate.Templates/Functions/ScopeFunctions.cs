using System.Collections.Immutable;
using DeployGate.Core.Resources;
using DeployGate.Core.Values;
using static DeployGate.Templates.Functions.TemplateFunction;

namespace DeployGate.Templates.Functions;

/// <summary>
/// The place of the deployment, as far as the run was told. The objects are open: Azure adds members as it pleases, and one
/// that is not listed here is unknown, not absent.
/// </summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-scope"/>
internal static class ScopeFunctions
{
    private const string ResourceGroupType = "Microsoft.Resources/resourceGroups";
    private const string ManagementGroupType = "/providers/Microsoft.Management/managementGroups";

    internal static ImmutableArray<TemplateFunction> All { get; } =
    [
        OfContext("deployment", 0, 0, ValueShape.Map, a => Deployment(a.Context)),
        OfContext("environment", 0, 0, ValueShape.Map, _ => CloudEnvironment.AzureCloud),
        OfContext("subscription", 0, 0, ValueShape.Map, a => Subscription(a.Context)),
        OfContext("resourceGroup", 0, 0, ValueShape.Map, ResourceGroup),
        OfContext("managementGroup", 0, 0, ValueShape.Map, a => ManagementGroup(a.Context)),
        OfContext("tenant", 0, 0, ValueShape.Map, _ => Tenant()),
        OfContext("deployer", 0, 0, ValueShape.Map, _ => Deployer()),
    ];

    private static ObjectValue Deployment(FunctionContext context)
    {
        const string About = "deployment()";
        var name = context.DeploymentName
            ?? Missing($"{About}.name", "the name of the deployment is known only when it is deployed", ValueShape.IdSegment);
        var properties = ImmutableArray.CreateBuilder<Member>();
        if (context.TemplateLinkUri is { } uri)
        {
            properties.Add(Of("templateLink", Open($"{About}.properties.templateLink", Of("uri", uri))));
        }

        properties.Add(Of("template", new ObjectValue(
            context.TemplateHeader.Members,
            Missing($"{About}.properties.template", "the text of the template is not evaluated as a value"))));
        properties.Add(Of("parameters", (Value?)context.DeploymentParameters
            ?? Missing($"{About}.properties.parameters", "the parameters of the deployment are not known", ValueShape.Map)));
        properties.Add(Of("mode", AtDeployment($"{About}.properties.mode", "the mode", ValueShape.Text)));
        properties.Add(Of("provisioningState", AtDeployment($"{About}.properties.provisioningState", "the state", ValueShape.Text)));

        // Deployments to a resource group have no location of their own.
        return context.Scope.Kind == ScopeKind.ResourceGroup
            ? Open(About, Of("name", name), Of("properties", Open($"{About}.properties", [.. properties])))
            : Open(
                About,
                Of("name", name),
                Of("location", Location(context, $"{About}.location")),
                Of("properties", Open($"{About}.properties", [.. properties])));
    }

    private static Value Subscription(FunctionContext context)
    {
        const string About = "subscription()";

        // Neither a management group nor a tenant lies in a subscription, but nested templates may still ask.
        if (context.Scope.Kind is ScopeKind.ManagementGroup or ScopeKind.Tenant && context.Scope.Subscription is UnknownValue)
        {
            return Missing(About, "the deployment does not go to a subscription", ValueShape.Map);
        }

        var subscription = context.Scope.Subscription;
        return Open(
            About,
            Of("id", IdText.Join("/subscriptions/", subscription)),
            Of("subscriptionId", subscription),
            Of("tenantId", AtDeployment($"{About}.tenantId", "the tenant", ValueShape.IdSegment)),
            Of("displayName", AtDeployment($"{About}.displayName", "the name of the subscription", ValueShape.Text)),
            Of("state", AtDeployment($"{About}.state", "the state of the subscription", ValueShape.Text)));
    }

    private static Value ResourceGroup(FunctionArguments a)
    {
        return a.Context.Scope.Kind == ScopeKind.ResourceGroup
            ? a.Context.Group(ResourceGroup)
            : a.Fail("resourceGroup() exists only in a deployment to a resource group");
    }

    private static ObjectValue ResourceGroup(FunctionContext context)
    {
        const string About = "resourceGroup()";
        return Open(
            About,
            Of("id", context.ScopeId),
            Of("name", context.Scope.ResourceGroup),
            Of("type", new StringValue(ResourceGroupType)),
            Of("location", Location(context, $"{About}.location")),
            Of("tags", AtDeployment($"{About}.tags", "the resource group with its tags", ValueShape.Map)),
            Of("properties", Open($"{About}.properties", Of("provisioningState", new StringValue("Succeeded")))));
    }

    private static Value ManagementGroup(FunctionContext context)
    {
        const string About = "managementGroup()";
        var group = context.Scope.ManagementGroup;
        if (context.Scope.Kind != ScopeKind.ManagementGroup && group is UnknownValue)
        {
            return Missing(About, "the deployment does not go to a management group", ValueShape.Map);
        }

        return Open(
            About,
            Of("id", IdText.Join($"{ManagementGroupType}/", group)),
            Of("name", group),
            Of("type", new StringValue(ManagementGroupType)),
            Of("properties", AtDeployment($"{About}.properties", "the management group", ValueShape.Map)));
    }

    private static ObjectValue Tenant()
    {
        const string About = "tenant()";
        return Open(
            About,
            Of("id", new StringValue("/")),
            Of("tenantId", AtDeployment($"{About}.tenantId", "the tenant", ValueShape.IdSegment)),
            Of("displayName", AtDeployment($"{About}.displayName", "the tenant", ValueShape.Text)),
            Of("countryCode", AtDeployment($"{About}.countryCode", "the tenant", ValueShape.Text)));
    }

    private static ObjectValue Deployer()
    {
        const string About = "deployer()";
        return Open(
            About,
            Of("objectId", AtDeployment($"{About}.objectId", "who deploys", ValueShape.IdSegment)),
            Of("tenantId", AtDeployment($"{About}.tenantId", "the tenant", ValueShape.IdSegment)),
            Of("userPrincipalName", AtDeployment($"{About}.userPrincipalName", "who deploys", ValueShape.Text)));
    }

    private static Value Location(FunctionContext context, string expression) => context.Location is { } location
        ? new StringValue(location)
        : Missing(expression, "the location was not given (--location)", ValueShape.IdSegment);

    private static Member Of(string name, Value value) => new(name, value);

    private static ObjectValue Open(string expression, params ImmutableArray<Member> members) =>
        new(members, Missing($"{expression}.*", $"DeployGate does not know what else {expression} has"));

    private static UnknownValue AtDeployment(string expression, string what, ValueShape shape) =>
        Missing(expression, $"{what} is known only at deployment", shape);

    private static UnknownValue Missing(string expression, string detail, ValueShape shape = ValueShape.Any) =>
        new(UnknownReason.DeploymentContext, expression, detail) { Shape = shape };
}
