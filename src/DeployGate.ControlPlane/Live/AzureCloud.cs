namespace DeployGate.ControlPlane.Live;

/// <summary>One of Azure's clouds: where resources are asked for, and where logins are made.</summary>
/// <param name="Name">The name as <c>az cloud</c> writes it.</param>
/// <param name="Endpoint">The address of Azure Resource Manager.</param>
/// <param name="Authority">The address logins go to.</param>
/// <seealso href="https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure"/>
public sealed record AzureCloud(string Name, Uri Endpoint, Uri Authority)
{
    private static readonly AzureCloud[] s_all =
    [
        new("AzureCloud", new Uri("https://management.azure.com"), new Uri("https://login.microsoftonline.com/")),
        new("AzureUSGovernment", new Uri("https://management.usgovcloudapi.net"), new Uri("https://login.microsoftonline.us/")),
        new("AzureChinaCloud", new Uri("https://management.chinacloudapi.cn"), new Uri("https://login.chinacloudapi.cn/")),
    ];

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
            ? Array.Find(s_all, cloud => string.Equals(cloud.Authority.Host, host.Host, StringComparison.OrdinalIgnoreCase))
            : null;
    }
}
