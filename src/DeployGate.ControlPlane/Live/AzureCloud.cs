namespace DeployGate.ControlPlane.Live;

/// <summary>
/// One of Azure's clouds: where resources are asked for, and where logins are made. Addresses are read when they are asked for: every run has
/// a cloud, few use it, and reading the first address of a process costs milliseconds.
/// </summary>
/// <param name="Name">The name as <c>az cloud</c> writes it.</param>
/// <param name="EndpointHost">The host of Azure Resource Manager.</param>
/// <param name="AuthorityHost">The host logins go to.</param>
/// <seealso href="https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure"/>
public sealed record AzureCloud(string Name, string EndpointHost, string AuthorityHost)
{
    private static readonly AzureCloud[] s_all =
    [
        new("AzureCloud", "management.azure.com", "login.microsoftonline.com"),
        new("AzureUSGovernment", "management.usgovcloudapi.net", "login.microsoftonline.us"),
        new("AzureChinaCloud", "management.chinacloudapi.cn", "login.chinacloudapi.cn"),
    ];

    /// <summary>The address of Azure Resource Manager.</summary>
    public Uri Endpoint => new($"https://{EndpointHost}/");

    /// <summary>The address logins go to.</summary>
    public Uri Authority => new($"https://{AuthorityHost}/");

    /// <summary>The names that <c>--cloud</c> takes.</summary>
    public static string Names => string.Join(", ", s_all.Select(cloud => cloud.Name));

    /// <summary>
    /// The cloud the user named; without a name that of <c>AZURE_AUTHORITY_HOST</c>, and without that the public one. Null when
    /// the name or the host belongs to none: a login is never sent to an address that only the environment knows.
    /// </summary>
    public static AzureCloud? Find(string? name, string? authorityHost)
    {
        if (!string.IsNullOrEmpty(name))
        {
            return Array.Find(s_all, cloud => string.Equals(cloud.Name, name, StringComparison.OrdinalIgnoreCase));
        }

        if (string.IsNullOrEmpty(authorityHost))
        {
            return s_all[0];
        }

        var address = authorityHost.Contains("://", StringComparison.Ordinal) ? authorityHost : $"https://{authorityHost}";
        return Uri.TryCreate(address, UriKind.Absolute, out var host)
            ? Array.Find(s_all, cloud => string.Equals(cloud.AuthorityHost, host.Host, StringComparison.OrdinalIgnoreCase))
            : null;
    }
}
