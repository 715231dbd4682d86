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
    internal static ScopeKind? ScopeOf(string? schema)
    {
        var name = LastSegment(schema);
        return name.Equals("deploymentTemplate.json", StringComparison.OrdinalIgnoreCase) ? ScopeKind.ResourceGroup
            : name.Equals("subscriptionDeploymentTemplate.json", StringComparison.OrdinalIgnoreCase) ? ScopeKind.Subscription
            : name.Equals("managementGroupDeploymentTemplate.json", StringComparison.OrdinalIgnoreCase) ? ScopeKind.ManagementGroup
            : name.Equals("tenantDeploymentTemplate.json", StringComparison.OrdinalIgnoreCase) ? ScopeKind.Tenant
            : null;
    }

    private static ReadOnlySpan<char> LastSegment(string? schema)
    {
        var path = schema.AsSpan().TrimEnd("# ");
        return path[(path.LastIndexOf('/') + 1)..];
    }
}
