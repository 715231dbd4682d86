using System.Collections.Immutable;
using DeployGate.Core.Images;
using DeployGate.Core.Resources;
using DeployGate.Core.Steps;
using DeployGate.Core.Text;
using DeployGate.Core.Values;
using DeployGate.Pipelines.Commands;
using DeployGate.Pipelines.Commands.Guests;
using DeployGate.Pipelines.Model;

namespace DeployGate.Pipelines.Interpreter;

/// <summary>What tasks and actions do that are no scripts.</summary>
internal sealed class TaskEffects(AzureContext azure, PathState path, StepAction.UseTask task, Place place)
{
    internal void Run()
    {
        switch (task.Name.ToLowerInvariant())
        {
            case "azureresourcemanagertemplatedeployment":
                TemplateDeployment(task["deploymentScope"], task["subscriptionName"]);
                break;
            case "azureresourcegroupdeployment":
                TemplateDeployment(null, null);
                break;
            case "azure/arm-deploy":
                ArmDeploy();
                break;
            case "bicepdeploy":
                BicepDeploy("subscriptionId", "resourceGroupName", "managementGroupId", "templateFile", "parametersFile");
                break;
            case "azure/bicep-deploy":
                BicepDeploy("subscription-id", "resource-group-name", "management-group-id", "template-file", "parameters-file");
                break;
            case "azure/login" when task["subscription-id"] is StringValue { Text.Length: > 0 } subscription:
                path.Variables = path.Variables.Set(Hidden.Subscription, subscription);
                break;
            case "ssh":
                var text = task["inline"] ?? task["commands"];
                RemoteScripts.EnterAny(azure, path, text is null ? GuestOutcome.Unread("the script is not known") : GuestScripts.Read(text, GuestLanguage.Shell, place), "which machine the service connection leads to is not known", place);
                break;
            case "packerbuild" or "azureimagebuildertask" or "azure/build-vm-image" or "hashicorp/packer-github-actions":
                new BuildTasks(azure, path, task, place).Run();
                break;
            case "azuredtlcreatecustomimage" or "azurevmssdeployment" or "terraformtaskv4" or "terraformcli":
                azure.Record.Remark(place, $"{task.Name} is not read", RemarkCodes.UnsupportedTool);
                break;
        }
    }

    private string Text(string name) => (task[name] as StringValue)?.Text.Trim() ?? "";

    private Value? Given(string name) => task[name] is { } value and not StringValue { Text: "" } ? value.At(value.Origin ?? new Origin(PlaceOf(name))) : null;

    private Place PlaceOf(string name) => task.Input(name)?.Text is { Content.Length: > 0 } text ? text.PlaceOf(new TextSpan(0, text.Content.Length)) : place;

    private void TemplateDeployment(Value? level, Value? subscription)
    {
        var action = Text("action");
        if (action.Length > 0 && !action.StartsWith("Create", StringComparison.OrdinalIgnoreCase))
        {
            Group(action);
            return;
        }

        var kind = (level as StringValue)?.Text.ToLowerInvariant() switch
        {
            "subscription" => ScopeKind.Subscription,
            "management group" => ScopeKind.ManagementGroup,
            _ => ScopeKind.ResourceGroup,
        };
        var isLinked = Text("templateLocation").StartsWith("Linked", StringComparison.OrdinalIgnoreCase);
        var parameters = Given(isLinked ? "csmParametersFile" : "csmParametersFileLink");
        Deploy(
            Given(isLinked ? "csmFile" : "csmFileLink"),
            [.. File(parameters, isLinked ? "csmParametersFile" : "csmParametersFileLink"), .. DeploymentWords.OfOverride(Given("overrideParameters"), PlaceOf("overrideParameters"))],
            Scope(kind, subscription, Given("resourceGroupName"), null),
            Text("deploymentMode"));
    }

    // The old task also starts and stops all machines of a group.
    private void Group(string action)
    {
        var group = CommandScope.Of(null, Given("resourceGroupName"));
        if (action.StartsWith("Delete", StringComparison.OrdinalIgnoreCase))
        {
            azure.Apply(path, new Effect.DeleteGroup(group.Id), place);
            return;
        }

        MachineActionKind? kind = action.ToLowerInvariant() switch
        {
            "start" => MachineActionKind.Start,
            "stop" => MachineActionKind.Stop,
            "stopwithdeallocate" => MachineActionKind.Deallocate,
            "restart" => MachineActionKind.Restart,
            _ => null,
        };
        var start = ArtifactCatalog.Show(group.Id) + "/";
        foreach (var state in path.World.All.Where(state => kind is not null && state.Type == ArtifactTypes.VirtualMachine && ArtifactCatalog.Show(state.Id).StartsWith(start, StringComparison.OrdinalIgnoreCase)).ToList())
        {
            azure.Apply(path, new Effect.Power(state.Id, kind!.Value), place);
        }
    }

    private void ArmDeploy()
    {
        var kind = Text("scope").ToLowerInvariant() switch
        {
            "subscription" => ScopeKind.Subscription,
            "managementgroup" => ScopeKind.ManagementGroup,
            "tenant" => ScopeKind.Tenant,
            _ => ScopeKind.ResourceGroup,
        };
        var words = Given("parameters") is { } text ? DeploymentWords.SplitAtBlanks(text) : [];
        var isPreview = Text("additionalArguments").Contains("what-if", StringComparison.OrdinalIgnoreCase);
        Deploy(Given("template"), DeploymentWords.OfAz(azure, path, words), Scope(kind, Given("subscriptionId"), Given("resourceGroupName"), Given("managementGroupId")), isPreview ? "Validate" : Text("deploymentMode"));
    }

    private void BicepDeploy(string subscription, string group, string managementGroup, string template, string parameters)
    {
        var kind = Text("scope").ToLowerInvariant() switch
        {
            "subscription" => ScopeKind.Subscription,
            "managementgroup" => ScopeKind.ManagementGroup,
            "tenant" => ScopeKind.Tenant,
            _ => ScopeKind.ResourceGroup,
        };
        var file = Given(parameters);
        ImmutableArray<ParameterSource> inline = Given("parameters") is { } map ? [new ParameterSource.Inline(map, PlaceOf("parameters"))] : [];
        var isCompiled = file is StringValue { Text: var name } && name.EndsWith(".bicepparam", StringComparison.OrdinalIgnoreCase);
        var operation = Text("operation");
        if (!operation.Equals("delete", StringComparison.OrdinalIgnoreCase))
        {
            Deploy(isCompiled ? null : Given(template), [.. File(file, parameters), .. inline], Scope(kind, Given(subscription), Given(group), Given(managementGroup)), operation.Equals("create", StringComparison.OrdinalIgnoreCase) ? "Incremental" : "Validate");
        }
    }

    private ImmutableArray<ParameterSource> File(Value? file, string input) => file is null ? [] : [new ParameterSource.File(DeploymentWords.PathOf(path, file), PlaceOf(input))];

    private DeploymentScope Scope(ScopeKind kind, Value? subscription, Value? group, Value? managementGroup)
    {
        var scope = AzureContext.ScopeOf(path, subscription, group).ToGroup;
        return scope with { Kind = kind, ManagementGroup = managementGroup ?? DeploymentScope.Unknown(kind).ManagementGroup };
    }

    private void Deploy(Value? template, ImmutableArray<ParameterSource> parameters, DeploymentScope scope, string mode)
    {
        var isDry = mode.StartsWith("Valid", StringComparison.OrdinalIgnoreCase);
        azure.Apply(path, new Effect.Deploy(DeploymentWords.Template(path, template), parameters, scope, Given("location") ?? Given("region"), isDry, isDry ? "Incremental" : mode), place);
    }
}
