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
                Remote(Text("runOptions").Equals("script", StringComparison.OrdinalIgnoreCase) ? Given("scriptPath") : null, Given("inline") ?? Given("commands"), GuestLanguage.Shell, "which machine the service connection leads to is not known");
                break;
            case "powershellontargetmachines":
                Remote(Text("ScriptType").StartsWith("File", StringComparison.OrdinalIgnoreCase) ? Given("ScriptPath") : null, Given("InlineScript"), GuestLanguage.PowerShell, "which machine is entered is not known");
                break;
            case "packerbuild" or "azureimagebuildertask" or "azure/build-vm-image" or "hashicorp/packer-github-actions":
                new BuildTasks(azure, path, task, place).Run();
                break;
            case "publishpipelineartifact" or "publishbuildartifacts" or "downloadpipelineartifact" or "downloadbuildartifacts" or "actions/upload-artifact" or "actions/download-artifact" or "copyfiles":
                Files();
                break;
            case "azuredtlcreatecustomimage":
                LabImage();
                break;
            case "azurevmssdeployment" when Text("action").StartsWith("Update", StringComparison.OrdinalIgnoreCase) && Given("imageUrl") is not null && Given("vmssName") is not null:
                ScaleSetImage();
                break;
            case "invokerestapi" when Given("azureServiceConnection") is not null && Given("urlSuffix") is { } suffix:
                AzureCalls.Call(azure, path, Text("method"), Values.Concat([Values.Text("https://management.azure.com/"), suffix], place), Given("body"), place);
                break;
            case "azurevmssdeployment" or "terraformtask" or "terraformtaskv1" or "terraformtaskv2" or "terraformtaskv3" or "terraformtaskv4" or "terraformtaskv5" or "terraformcli":
                azure.Record.Remark(place, $"{task.Name} is not read", RemarkCodes.UnsupportedTool);
                break;
        }
    }

    // Only within this run: what another run has published is not known.
    private void Files()
    {
        var store = azure.Artifacts;
        switch (task.Name.ToLowerInvariant())
        {
            case "publishpipelineartifact" when task["targetPath"] is { } target:
                store.Publish(path, Given("artifactName") ?? Values.Empty, target);
                break;
            case "publishbuildartifacts" when task["PathtoPublish"] is { } target:
                store.Publish(path, Given("ArtifactName") ?? Values.Empty, target);
                break;
            case "actions/upload-artifact" when Given("path") is StringValue { Text: var written } target && !written.Trim().Contains('\n', StringComparison.Ordinal) && !written.Contains('*', StringComparison.Ordinal):
                store.Publish(path, task["name"] ?? Values.Empty, target with { Text = written.Trim().TrimEnd('/') });
                break;
            case "downloadpipelineartifact" when Text("source") is "current" or "" && task["targetPath"] is { } folder:
                store.Download(path, Given("artifactName"), folder);

                // The short form of the step makes a folder of the artifact's name, the task does not.
                store.Download(path, Given("artifactName"), Values.Concat([folder, Values.Text("/"), Given("artifactName") ?? Values.Empty], place));
                break;
            case "downloadbuildartifacts" when Text("buildType") is "current" && task["downloadPath"] is { } folder:
                store.Download(path, Given("artifactName"), Given("artifactName") is { } name ? Values.Concat([folder, Values.Text("/"), name], place) : folder);
                break;
            case "actions/download-artifact" when Given("repository") is null && Given("run-id") is null && Given("pattern") is null:
                store.Download(path, Given("name"), Given("path") ?? Values.Text("."));
                break;
            case "copyfiles" when !Text("flattenFolders").Equals("true", StringComparison.OrdinalIgnoreCase) && Given("TargetFolder") is { } to:
                Artifacts.Copy(path, Given("SourceFolder") ?? Values.Text("."), to);
                break;
        }
    }

    private void Remote(Value? file, Value? text, GuestLanguage language, string reason)
    {
        text = file is null ? text : azure.Read(path, file)?.Text;
        if (text is null && file is not null)
        {
            azure.Record.Remark(place, $"the script '{Values.Pattern(file)}' is not in the repository", RemarkCodes.MissingFile);
        }

        RemoteScripts.EnterAny(azure, path, text is null ? GuestOutcome.Unread("the script is not known") : GuestScripts.Read(text, language, place), reason, place);
    }

    // A lab has words of its own for what its images are, which say the same as in a template.
    private void LabImage()
    {
        if (Given("LabId") is not { } lab || Given("CustomImageName") is not { } name)
        {
            azure.Record.Remark(place, $"{task.Name} names no lab or no image", RemarkCodes.UnsupportedSyntax);
            return;
        }

        var isWindows = Text("OsType").Equals("Windows", StringComparison.OrdinalIgnoreCase);
        var state = Given(isWindows ? "WindowsOsState" : "LinuxOsState");
        var body = Bodies.Map(("properties", Bodies.Map(("vm", Bodies.Map(
            ("sourceVmId", Given("SourceLabVMId")),
            (isWindows ? "windowsOsInfo" : "linuxOsInfo", Bodies.Map((isWindows ? "windowsOsState" : "linuxOsState", state))))))));
        var id = CommandScope.IsId(lab)
            ? Values.Concat([lab, Values.Text("/customimages/"), name], place)
            : AzureContext.ScopeOf(path, null, null).IdOf("Microsoft.DevTestLab/labs/customimages", lab, name);
        azure.Apply(path, new Effect.Create(Bodies.Resource("Microsoft.DevTestLab/labs/customimages", id, body, place), new Content.None()), place);
    }

    // The task gives the scale set another VHD; how its machines get their identity was said where it was created.
    private void ScaleSetImage()
    {
        var id = AzureContext.ScopeOf(path, null, null).IdOf(ArtifactTypes.ScaleSet, Given("vmssName")!);
        var known = path.World.Named([ArtifactTypes.ScaleSet], Values.Pattern(Given("vmssName")) ?? "").Take(2).ToList();
        var profile = known is [{ Declaration: { } declared }]
            ? declared.Body.Get("properties", "virtualMachineProfile", "osProfile")
            : Values.Unknown("osProfile", "the scale set was made elsewhere");
        var disk = Bodies.Map(("osType", Given("vmssOsType")), ("image", Bodies.Map(("uri", Given("imageUrl")))));
        var body = Bodies.Map(("properties", Bodies.Map(("virtualMachineProfile", Bodies.Map(("storageProfile", Bodies.Map(("osDisk", disk))), ("osProfile", profile))))));
        azure.Apply(path, new Effect.Create(Bodies.Resource(ArtifactTypes.ScaleSet, known is [var one] ? one.Id : id, body, place), new Content.None()), place);
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
