using DeployGate.Core.Images;
using DeployGate.Core.Steps;

namespace DeployGate.Pipelines.Tests.Interpreter;

/// <summary>Tasks that are no scripts: what each does, and what one that names nothing does not.</summary>
public class TaskTests
{
    [Theory]
    [InlineData("OsType: Windows", "windowsOsState", "SysprepRequested")]
    [InlineData("OsType: Windows, WindowsOsState: NonSysprepped", "windowsOsState", "NonSysprepped")]
    [InlineData("OsType: Linux", "linuxOsState", "NonDeprovisioned")]
    [InlineData("OsType: Linux, LinuxOsState: DeprovisionApplied", "linuxOsState", "DeprovisionApplied")]
    public void A_lab_image_says_its_state_in_the_labs_words(string inputs, string member, string expected)
    {
        var operation = Assert.Single(Run($"AzureDtlCreateCustomImage@3\n  inputs: {{ LabId: lab, CustomImageName: img, SourceLabVMId: vm, {inputs} }}").Operations);
        Assert.Equal(expected, operation.Resource.Body.GetText("properties", "vm", member.StartsWith('w') ? "windowsOsInfo" : "linuxOsInfo", member));
    }

    [Fact]
    public void A_lab_image_without_a_lab_is_remarked() => Assert.Single(Run("AzureDtlCreateCustomImage@3\n  inputs: { CustomImageName: img }").Remarks);

    [Fact]
    public void A_scale_set_gets_another_VHD()
    {
        var operation = Assert.Single(Run("AzureVmssDeployment@0\n  inputs: { vmssName: ss, vmssOsType: Windows, imageUrl: 'https://a.blob.core.windows.net/v/os.vhd' }").Operations);
        Assert.Equal((ArtifactTypes.ScaleSet, "https://a.blob.core.windows.net/v/os.vhd"), (operation.Resource.Type, operation.Resource.Body.GetText("properties", "virtualMachineProfile", "storageProfile", "osDisk", "image", "uri")));
    }

    [Fact]
    public void A_scale_set_whose_start_up_is_configured_keeps_its_image() =>
        Assert.Empty(Run("AzureVmssDeployment@0\n  inputs: { vmssName: ss, action: Configure application startup, imageUrl: 'https://a.blob.core.windows.net/v/os.vhd' }").Operations);

    [Theory]
    [InlineData("PowerShellOnTargetMachines@3\n  inputs: { Machines: m, ScriptType: Inline, InlineScript: 'C:\\Windows\\System32\\Sysprep\\sysprep.exe /generalize /oobe /shutdown' }", 1)]
    [InlineData("PowerShellOnTargetMachines@3\n  inputs: { Machines: m, ScriptPath: prepare.ps1 }", 1)]
    [InlineData("PowerShellOnTargetMachines@3\n  inputs: { Machines: m, ScriptType: Inline, InlineScript: 'Write-Host sysprep /generalize' }", 0)]
    [InlineData("SSH@0\n  inputs: { sshEndpoint: m, runOptions: script, scriptPath: prepare.sh }", 1)]
    [InlineData("SSH@0\n  inputs: { sshEndpoint: m, runOptions: commands, commands: 'ls' }", 0)]
    public void A_script_on_another_machine_may_prepare_it(string task, int expected) =>
        Assert.Equal(expected, Run(task).Actions.Count(action => action.Kind == MachineActionKind.Prepare));

    [Theory]
    [InlineData("POST", "generalize", 1)]
    [InlineData("GET", "instanceView", 0)]
    public void A_call_of_Azure_does_what_its_address_says(string method, string action, int expected) => Assert.Equal(
        expected,
        Run($"InvokeRESTAPI@1\n  inputs: {{ connectionType: connectedServiceNameARM, azureServiceConnection: c, method: {method}, urlSuffix: 'subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/m/{action}?api-version=2024-07-01' }}").Actions.Length);

    [Theory]
    [InlineData("TerraformTaskV2@2")]
    [InlineData("ms-devlabs.custom-terraform-tasks.custom-terraform-release-task.TerraformTask@5")]
    public void Terraform_is_said_not_to_be_read(string task) => Assert.Equal(RemarkCodes.UnsupportedTool, Assert.Single(Run($"{task}\n  inputs: {{ command: apply }}").Remarks).Code);

    [Fact]
    public void The_variables_that_Packer_sets_name_its_image()
    {
        var run = Run("PackerBuild@1\n  inputs: { managedImageName: img, azureResourceGroup: rg, imageId: made }\n- bash: az vm create -g rg -n m --image $(made)");
        Assert.Equal(ArtifactCatalog.Show(run.Operations[0].Resource.Id), ArtifactCatalog.Show(run.Operations[^1].Resource.Body.Get("properties", "storageProfile", "imageReference", "id")!));
    }

    private static PipelineRun Run(string task) => RunPrinter.Follow(
        "azure-pipelines.yml",
        $"steps:\n- task: {task}\n",
        ("prepare.ps1", "& C:\\Windows\\System32\\Sysprep\\sysprep.exe /generalize /oobe /shutdown"),
        ("prepare.sh", "sudo waagent -deprovision+user -force"));
}
