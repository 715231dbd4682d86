using DeployGate.Core.Values;

namespace DeployGate.Templates.Functions;

/// <summary>What <c>environment()</c> answers in the public cloud.</summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-deployment#environment"/>
internal static class CloudEnvironment
{
    // Uncertain: newer clouds answer https://login.microsoftonline.com/, the documentation shows this.
    private const string LoginEndpoint = "https://login.windows.net/";

    /// <summary>The public cloud.</summary>
    internal static ObjectValue AzureCloud { get; } = Map(
        ("name", Text("AzureCloud")),
        ("gallery", Text("https://gallery.azure.com/")),
        ("graph", Text("https://graph.windows.net/")),
        ("portal", Text("https://portal.azure.com")),
        ("graphAudience", Text("https://graph.windows.net/")),
        ("activeDirectoryDataLake", Text("https://datalake.azure.net/")),
        ("batch", Text("https://batch.core.windows.net/")),
        ("media", Text("https://rest.media.azure.net")),
        ("sqlManagement", Text("https://management.core.windows.net:8443/")),
        ("vmImageAliasDoc", Text(
            "https://raw.githubusercontent.com/Azure/azure-rest-api-specs/master/arm-compute/quickstart-templates/aliases.json")),
        ("resourceManager", Text("https://management.azure.com/")),
        ("authentication", Map(
            ("loginEndpoint", Text(LoginEndpoint)),
            ("audiences", new ArrayValue([Text("https://management.core.windows.net/"), Text("https://management.azure.com/")])),
            ("tenant", Text("common")),
            ("identityProvider", Text("AAD")))),
        ("suffixes", Map(
            ("acrLoginServer", Text(".azurecr.io")),
            ("azureDatalakeAnalyticsCatalogAndJob", Text("azuredatalakeanalytics.net")),
            ("azureDatalakeStoreFileSystem", Text("azuredatalakestore.net")),
            ("azureFrontDoorEndpointSuffix", Text("azurefd.net")),
            ("keyvaultDns", Text(".vault.azure.net")),
            ("sqlServerHostname", Text(".database.windows.net")),
            ("storage", Text("core.windows.net")))));

    private static StringValue Text(string text) => new(text);

    private static ObjectValue Map(params (string Name, Value Value)[] members) =>
        new([.. members.Select(member => new Member(member.Name, member.Value))]);
}
