using Azure.Core;
using Azure.Identity;
using DeployGate.ControlPlane.Live;
using DeployGate.TestKit;

namespace DeployGate.ControlPlane.Tests.Live;

public sealed class CredentialTests
{
    private const string Tenant = "22222222-2222-2222-2222-222222222222";

    private static readonly Dictionary<string, string> s_github = new()
    {
        ["ACTIONS_ID_TOKEN_REQUEST_URL"] = "https://token.actions.example/x?api-version=2",
        ["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "t",
        ["AZURE_CLIENT_ID"] = "c",
        ["AZURE_TENANT_ID"] = Tenant,
    };

    [Theory]
    [InlineData("GitHub OIDC", "ACTIONS_ID_TOKEN_REQUEST_URL ACTIONS_ID_TOKEN_REQUEST_TOKEN AZURE_CLIENT_ID AZURE_TENANT_ID AZURE_CLIENT_SECRET")]
    [InlineData("Azure Pipelines service connection", "SYSTEM_OIDCREQUESTURI SYSTEM_ACCESSTOKEN AZURESUBSCRIPTION_CLIENT_ID AZURESUBSCRIPTION_TENANT_ID AZURESUBSCRIPTION_SERVICE_CONNECTION_ID")]
    [InlineData("workload identity", "AZURE_FEDERATED_TOKEN_FILE AZURE_CLIENT_ID AZURE_TENANT_ID AZURE_CLIENT_SECRET")]
    [InlineData("managed identity", "IDENTITY_ENDPOINT AZURE_CLIENT_ID AZURE_TENANT_ID AZURE_CLIENT_SECRET")]
    [InlineData("client secret", "AZURE_CLIENT_ID AZURE_TENANT_ID AZURE_CLIENT_SECRET AZURE_CLIENT_CERTIFICATE_PATH")]
    [InlineData("client certificate", "AZURE_CLIENT_ID AZURE_TENANT_ID AZURE_CLIENT_CERTIFICATE_PATH")]
    [InlineData("Azure CLI (az), Azure Developer CLI (azd), managed identity", "AZURE_CLIENT_ID")]
    [InlineData("Azure CLI (az), Azure Developer CLI (azd), managed identity", "")]
    public void The_environment_decides_how_to_log_in(string expected, string variables)
    {
        var set = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(name => name, name => name.EndsWith("TENANT_ID", StringComparison.Ordinal) ? Tenant : "https://value.example");
        set.TryAdd("SYSTEM_OIDCREQUESTURI", "");
        var previous = Environment.GetEnvironmentVariable("SYSTEM_OIDCREQUESTURI");
        Environment.SetEnvironmentVariable("SYSTEM_OIDCREQUESTURI", set["SYSTEM_OIDCREQUESTURI"]);
        try
        {
            Assert.Equal(expected, string.Join(", ", Choice(set).Logins().Select(login => login.Name)));
        }
        finally
        {
            Environment.SetEnvironmentVariable("SYSTEM_OIDCREQUESTURI", previous);
        }
    }

    [Fact]
    public async Task The_login_at_GitHub_goes_to_an_https_address_only()
    {
        using var client = new HttpClient();
        await Assert.ThrowsAsync<AuthenticationFailedException>(() => new IdTokenSource(client).Get("http://127.0.0.1/x", "secret", CancellationToken.None));
    }

    [Fact]
    public void GitHub_comes_before_a_secret() => Assert.Equal("GitHub OIDC", Choice(s_github).Logins()[0].Name);

    [Fact]
    public async Task A_failed_login_names_what_was_tried_and_asks_nothing()
    {
        using var azure = new LoopbackAzure();
        using var live = azure.Open(Lookups.Options, new FailingCredential());
        var facts = await live.Read([Lookups.Wanted(Lookups.Machine)]);
        Assert.Equal("Azure was not asked: there is no login", Assert.Single(facts.Unreadable).Reason);
        Assert.Equal("no login to AzureCloud worked. Tried test: Please run 'az login' (***)", live.LoginFailure);
        Assert.Empty(azure.Requests);
    }

    [Fact]
    public async Task A_tenant_that_cannot_be_one_is_a_failed_login()
    {
        var environment = new Dictionary<string, string>(s_github) { ["AZURE_TENANT_ID"] = "not/a tenant" };
        using var live = new LiveFacts(Lookups.Options with { Environment = name => environment.GetValueOrDefault(name) });
        await live.Read([Lookups.Wanted(Lookups.Machine)]);
        Assert.StartsWith("no login to AzureCloud worked. Tried what the environment offers: ", live.LoginFailure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, "AzureCloud")]
    [InlineData("azureusgovernment", null, "AzureUSGovernment")]
    [InlineData(null, "https://login.chinacloudapi.cn/", "AzureChinaCloud")]
    [InlineData(null, "login.microsoftonline.us", "AzureUSGovernment")]
    [InlineData("AzureCloud", "https://login.chinacloudapi.cn/", "AzureCloud")]
    [InlineData("Elsewhere", null, null)]
    [InlineData(null, "https://login.elsewhere.example/", null)]
    public void Only_known_clouds_get_a_login(string? name, string? host, string? expected) => Assert.Equal(expected, AzureCloud.Find(name, host)?.Name);

    private static CredentialChoice Choice(Dictionary<string, string> environment) =>
        new(Lookups.Options with { Environment = name => environment.GetValueOrDefault(name) }, new IdTokenSource(new HttpClient()));

    private sealed class FailingCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new CredentialUnavailableException($"Please run 'az login'\n({LoopbackAzure.Token})");

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
