using System.Collections.Frozen;

namespace DeployGate.Pipelines.Tasks;

/// <summary>The published actions that are read, as of 2026-08. Their inputs have one name each.</summary>
/// <seealso href="https://github.com/Azure/actions"/>
internal static class GitHubActionTable
{
    private static readonly string[] s_scripts =
    [
        "azure/cli; inlineScript; azcliversion",
        "azure/powershell; inlineScript; azPSVersion; errorActionPreference=Stop; failOnStandardError=false",
    ];

    private static readonly string[] s_read =
    [
        "azure/arm-deploy; scope=resourcegroup; subscriptionId; managementGroupId; region; resourceGroupName; template; deploymentMode=Incremental; deploymentName; parameters; failOnStdErr=true; additionalArguments; maskedOutputs",
        "azure/bicep-deploy; type; operation; scope; name; location; subscription-id; resource-group-name; management-group-id; tenant-id; template-file; parameters-file; parameters; validation-level; bicep-version; description; tags; masked-outputs; environment; what-if-exclude-change-types; action-on-unmanage-resources; action-on-unmanage-resourcegroups; action-on-unmanage-managementgroups; deny-settings-mode; bypass-stack-out-of-sync-error",
        "azure/login; creds; client-id; tenant-id; subscription-id; enable-AzPSSession=false; environment=azurecloud; allow-no-subscriptions=false; audience; auth-type=SERVICE_PRINCIPAL",
        "azure/build-vm-image; resource-group-name; image-builder-template-name; location; build-timeout-in-minutes; vm-size; managed-identity; source-os-type; source-image-type=PlatformImage; source-image; customizer-source; customizer-destination; customizer-script; customizer-windows-update=false; dist-type=ManagedImage; dist-resource-id; dist-location; dist-image-tags; run-output-name",
        "hashicorp/packer-github-actions; command; arguments; target; working_directory; var_file",
        "actions/checkout; repository; ref; path; submodules=false; sparse-checkout; fetch-depth=1",
        "actions/upload-artifact; name=artifact; path",
        "actions/download-artifact; name; path; pattern; merge-multiple=false; repository; run-id",
    ];

    private static readonly string[] s_nothing =
    [
        "actions/setup-dotnet", "actions/setup-node", "actions/setup-python", "actions/setup-go", "actions/setup-java", "actions/cache", "actions/cache/restore",
        "actions/cache/save", "actions/github-script", "actions/labeler", "actions/stale", "actions/create-github-app-token", "actions/attest-build-provenance",
        "hashicorp/setup-packer", "hashicorp/setup-terraform", "docker/login-action", "docker/setup-buildx-action", "docker/setup-qemu-action",
        "docker/build-push-action", "docker/metadata-action", "azure/setup-kubectl", "azure/setup-helm", "azure/docker-login", "azure/aks-set-context", "azure/use-kubelogin",
        "github/codeql-action/init", "github/codeql-action/analyze", "github/codeql-action/autobuild", "github/codeql-action/upload-sarif", "step-security/harden-runner",
        "softprops/action-gh-release", "codecov/codecov-action", "dorny/paths-filter", "peter-evans/create-pull-request", "google-github-actions/auth",
        "google-github-actions/setup-gcloud", "aws-actions/configure-aws-credentials",
    ];

    private static readonly FrozenDictionary<string, TaskDescription> s_actions = s_scripts.Select(row => TaskDescription.Parse(TaskReading.Script, row))
        .Concat(s_read.Select(row => TaskDescription.Parse(TaskReading.Inputs, row)))
        .Concat(s_nothing.Select(name => new TaskDescription(name, TaskReading.Nothing, [])))
        .ToFrozenDictionary(action => action.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The action of <c>owner/repository[/path]@ref</c>, and its major version where the reference is a version.</summary>
    internal static (TaskDescription? Action, string Name, int? Version) Find(string reference)
    {
        var at = reference.IndexOf('@', StringComparison.Ordinal);
        var name = (at < 0 ? reference : reference[..at]).Trim();
        var tag = at < 0 ? "" : reference[(at + 1)..].TrimStart('v', 'V').Split('.')[0];
        int? version = tag.Length < 4 && int.TryParse(tag, out var number) ? number : null;
        return (s_actions.GetValueOrDefault(name), name, version);
    }
}
