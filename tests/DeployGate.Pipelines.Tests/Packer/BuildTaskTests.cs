using DeployGate.Core.Assessment;
using DeployGate.Core.Images;
using DeployGate.Core.Steps;
using DeployGate.Pipelines.Interpreter;
using DeployGate.Pipelines.Model;

namespace DeployGate.Pipelines.Tests.Packer;

/// <summary>Tasks, actions and commands that build images.</summary>
public class BuildTaskTests
{
    private const string Custom = "{ \"variables\": { \"n\": \"\" }, \"builders\": [{ \"type\": \"azure-arm\", \"managed_image_name\": \"{{user `n`}}\", \"managed_image_resource_group_name\": \"rg\" }] }";

    [Theory]
    [InlineData("inputs: { managedImageName: img, azureResourceGroup: rg }", GuestState.Generalized)]
    [InlineData("inputs: { templateType: custom, customTemplateLocation: t.json, customTemplateParameters: '{\"n\": \"img\"}' }", GuestState.Specialized)]
    public void PackerBuild_leaves_the_image_of_its_template(string inputs, GuestState expected)
    {
        var run = Azure($"- task: PackerBuild@1\n  {inputs}");
        Assert.EndsWith("/images/img", ArtifactCatalog.Show(run.Operations[^2].Resource.Id), StringComparison.Ordinal);
        Assert.Equal(expected, run.Operations[^1].States.Single(state => state.Type == ArtifactTypes.ManagedImage).Guest);
    }

    [Theory]
    [InlineData("echo ready", GuestState.Generalized)]
    [InlineData("echo shutdown > C:\\DeprovisioningScript.ps1", GuestState.Specialized)]
    [InlineData("echo 'sysprep /generalize /mode:vm' > C:\\DeprovisioningScript.ps1", GuestState.Generalized)]
    public void Image_Builder_prepares_the_guest_unless_its_script_is_replaced(string script, GuestState expected)
    {
        var run = Workflow($"- uses: azure/build-vm-image@v0\n        with: {{ resource-group-name: rg, dist-type: ManagedImage, dist-resource-id: {Id("images/img")}, customizer-script: \"{script.Replace("\\", "\\\\", StringComparison.Ordinal)}\" }}");
        Assert.Equal(expected, run.Operations[^1].States.Single(state => state.Type == ArtifactTypes.ManagedImage).Guest);
    }

    [Fact]
    public void Image_Builder_declares_a_template_that_fills_a_gallery() =>
        Assert.Contains(ImageBuilder.Type, Azure($"- task: AzureImageBuilderTask@1\n  inputs: {{ distributeType: sig, galleryImageId: {Id("galleries/g/images/d")}, ibAzureResourceGroup: rg }}").Operations.Select(operation => operation.Resource.Type));

    [Fact]
    public void The_action_of_Packer_builds_in_its_folder() => Assert.Contains(
        ArtifactTypes.ManagedImage,
        Workflow("- uses: hashicorp/packer-github-actions@v1\n        with: { command: build, arguments: '-var n=img', target: t.json }").Operations.Select(operation => operation.Resource.Type));

    private static string Id(string name) => $"/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/{name}";

    private static PipelineRun Azure(string step) =>
        Follow("azure-pipelines.yml", $"steps:\n{step}\n- bash: az vm create -g rg -n m --image img\n");

    private static PipelineRun Workflow(string step) =>
        Follow(".github/workflows/x.yml", $"on: push\njobs:\n  b:\n    runs-on: ubuntu-latest\n    steps:\n      {step}\n      - run: az vm create -g rg -n m --image {Id("images/img")}\n");

    private static PipelineRun Follow(string path, string text)
    {
        var files = new Interpreter.MemoryFiles(("t.json", Custom));
        var entry = Assert.IsType<PipelineRead.Entry>(PipelineReader.Read(new Core.Text.SourceText(path, text), files));
        return PipelineInterpreter.Run(entry.Pipeline, files);
    }
}
