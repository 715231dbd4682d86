using DeployGate.Core.Resources;

namespace DeployGate.Templates.Arm;

/// <summary>What a file is, told by the last segment of its <c>$schema</c>; host, version and case do not matter.</summary>
internal static class ArmSchema
{
    /// <summary>True for the schema of a template of any level.</summary>
    internal static bool IsTemplate(string? schema) => ScopeOf(schema) is not null;

    /// <summary>True for the schema of a parameter file of any level.</summary>
    internal static bool IsParameters(string? schema) =>
        LastSegment(schema).EndsWith("deploymentparameters.json", StringComparison.OrdinalIgnoreCase);

    /// <summary>The level of a template; null when the schema is not a template's.</summary>
    internal static ScopeKind? ScopeOf(string? schema) => LastSegment(schema).ToLowerInvariant() switch
    {
        "deploymenttemplate.json" => ScopeKind.ResourceGroup,
        "subscriptiondeploymenttemplate.json" => ScopeKind.Subscription,
        "managementgroupdeploymenttemplate.json" => ScopeKind.ManagementGroup,
        "tenantdeploymenttemplate.json" => ScopeKind.Tenant,
        _ => null,
    };

    private static string LastSegment(string? schema) => (schema ?? "").TrimEnd('#', ' ').Split('/')[^1];
}
