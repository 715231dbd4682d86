namespace DeployGate.ControlPlane.Live;

/// <summary>What a person can do so that a login works.</summary>
public static class LoginOffers
{
    /// <summary>The ways to log in, in one sentence.</summary>
    public const string Text =
        "Log in with 'az login' or 'azd auth login', or offer one of: GitHub OIDC (permissions: id-token: write, AZURE_CLIENT_ID, "
        + "AZURE_TENANT_ID), an Azure Pipelines service connection (AzureCLI task with SYSTEM_ACCESSTOKEN), workload identity "
        + "(AZURE_FEDERATED_TOKEN_FILE), a managed identity, AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH.";
}
