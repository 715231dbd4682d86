using Azure.Core;
using Azure.Identity;

namespace DeployGate.ControlPlane.Live;

/// <summary>One way to log in.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Credential">The credential of Azure.Identity.</param>
internal sealed record Login(string Name, TokenCredential Credential);

/// <summary>
/// Chooses how to log in by what the environment offers, in the order in which pipelines offer it. What is configured is tried
/// alone: falling back to another identity would hide a mistake in the configuration.
/// </summary>
/// <seealso href="https://learn.microsoft.com/dotnet/azure/sdk/authentication/credential-chains"/>
internal sealed class CredentialChoice(LiveOptions options, IdTokenSource idTokens)
{
    private static readonly TimeSpan s_toolTimeout = TimeSpan.FromSeconds(20);

    private string? Tenant => Variable("AZURE_TENANT_ID");

    private string? Client => Variable("AZURE_CLIENT_ID");

    /// <summary>The logins to try, in order; more than one only where nothing is configured and a developer's login may be there.</summary>
    internal IReadOnlyList<Login> Logins()
    {
        var configured = GitHub() ?? AzurePipelines() ?? WorkloadIdentity() ?? ManagedIdentity() ?? ClientSecret() ?? ClientCertificate();
        return configured is not null ? [configured] : Developer();
    }

    private Login? GitHub()
    {
        if (Variable("ACTIONS_ID_TOKEN_REQUEST_URL") is not { } address || Variable("ACTIONS_ID_TOKEN_REQUEST_TOKEN") is not { } token || Client is null || Tenant is null)
        {
            return null;
        }

        var settings = Apply(new ClientAssertionCredentialOptions());
        return new Login("GitHub OIDC", new ClientAssertionCredential(Tenant, Client, limit => idTokens.Get(address, token, limit), settings));
    }

    private Login? AzurePipelines()
    {
        var client = Variable("AZURESUBSCRIPTION_CLIENT_ID");
        var tenant = Variable("AZURESUBSCRIPTION_TENANT_ID");
        var connection = Variable("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID");
        if (Variable("SYSTEM_OIDCREQUESTURI") is null || Variable("SYSTEM_ACCESSTOKEN") is not { } token || client is null || tenant is null || connection is null)
        {
            return null;
        }

        return new Login("Azure Pipelines service connection", new AzurePipelinesCredential(tenant, client, connection, token, Apply(new AzurePipelinesCredentialOptions())));
    }

    private Login? WorkloadIdentity()
    {
        if (Variable("AZURE_FEDERATED_TOKEN_FILE") is not { } file || Client is null || Tenant is null)
        {
            return null;
        }

        var settings = Apply(new WorkloadIdentityCredentialOptions { ClientId = Client, TenantId = Tenant, TokenFilePath = file });
        return new Login("workload identity", new WorkloadIdentityCredential(settings));
    }

    private Login? ManagedIdentity()
    {
        var isNamed = string.Equals(Variable("AZURE_TOKEN_CREDENTIALS"), nameof(ManagedIdentityCredential), StringComparison.OrdinalIgnoreCase);
        return isNamed || Variable("IDENTITY_ENDPOINT") is not null || Variable("MSI_ENDPOINT") is not null ? ManagedIdentityLogin() : null;
    }

    private Login ManagedIdentityLogin()
    {
        var id = Client is { } client ? ManagedIdentityId.FromUserAssignedClientId(client) : ManagedIdentityId.SystemAssigned;
        return new Login("managed identity", new ManagedIdentityCredential(id));
    }

    private Login? ClientSecret() => Variable("AZURE_CLIENT_SECRET") is { } secret && Client is not null && Tenant is not null
        ? new Login("client secret", new ClientSecretCredential(Tenant, Client, secret, Apply(new ClientSecretCredentialOptions())))
        : null;

    private Login? ClientCertificate()
    {
        if (Variable("AZURE_CLIENT_CERTIFICATE_PATH") is not { } path || Client is null || Tenant is null)
        {
            return null;
        }

        return new Login("client certificate", new ClientCertificateCredential(Tenant, Client, path, Apply(new ClientCertificateCredentialOptions())));
    }

    // A machine of Azure shows its identity to whoever asks for it, and to nobody by its environment: it comes last, since
    // elsewhere the question runs into a timeout.
    private List<Login> Developer() =>
    [
        new Login("Azure CLI (az)", new AzureCliCredential(Apply(new AzureCliCredentialOptions { ProcessTimeout = s_toolTimeout }))),
        new Login("Azure Developer CLI (azd)", new AzureDeveloperCliCredential(Apply(new AzureDeveloperCliCredentialOptions { ProcessTimeout = s_toolTimeout }))),
        ManagedIdentityLogin(),
    ];

    private T Apply<T>(T settings)
        where T : TokenCredentialOptions
    {
        settings.AuthorityHost = options.Cloud.Authority;
        settings.Diagnostics.IsLoggingEnabled = false;
        settings.Diagnostics.IsAccountIdentifierLoggingEnabled = false;
        return settings;
    }

    private string? Variable(string name) => options.Environment(name) is { Length: > 0 } value ? value : null;
}
