using DeployGate.Core.Assessment;
using DeployGate.Core.Images;
using DeployGate.Core.Steps;
using DeployGate.Pipelines.Interpreter;
using DeployGate.Pipelines.Model;
using DeployGate.Pipelines.Tests.Interpreter;

namespace DeployGate.Pipelines.Tests.Packer;

/// <summary>Azure Image Builder by commands and cmdlets: what a template declares, and what a build leaves.</summary>
public class ImageBuilderTests
{
    private const string Group = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute";
    private const string Definition = $"{Group}/galleries/g/images/d";
    private const string Create = "az image builder create -g rg -n t --image-source Canonical:x:y:latest --subscription s";
    private const string Run = "az image builder run -g rg -n t --subscription s";

    private const string File = $$"""
        { "type": "Microsoft.VirtualMachineImages/imageTemplates",
          "properties": {
            "source": { "type": "ManagedImage", "imageId": "{{Group}}/images/base" },
            "customize": [ { "type": "Shell", "inline": [ "CUSTOM" ] } ],
            "distribute": [ { "type": "SharedImage", "galleryImageId": "TARGET" } ] } }
        """;

    [Fact]
    public void A_template_from_a_file_declares_what_the_resource_would()
    {
        var operation = Assert.Single(Bash("az image builder create -g rg -n t --subscription s --image-template t.json", Template("echo", Definition)).Operations);
        Assert.Equal((ImageBuilder.Type, $"{Group}/images/base"), (operation.Resource.Type, operation.Resource.Body.GetText("properties", "source", "imageId")));
    }

    [Theory]
    [InlineData("https://x/t.json", RemarkCodes.Downloaded)]
    [InlineData("gone.json", RemarkCodes.MissingFile)]
    [InlineData("other.json", RemarkCodes.MissingFile)]
    public void A_template_that_is_not_there_is_remarked_and_declares_nothing(string file, string code)
    {
        var run = Bash($"az image builder create -g rg -n t --image-template {file}\n{Run}", ("other.json", "{ \"properties\": { } }"));
        Assert.Equal((0, code), (run.Operations.Length, Assert.Single(run.Remarks).Code));
    }

    [Fact]
    public void Options_declare_the_same_targets_as_a_file()
    {
        var body = Bash($"{Create} --scripts https://x/a.sh https://x/b.sh --shared-image-destinations g/d=westus,eastus --managed-image-destinations img=westus").Operations.Single().Resource.Body;
        Assert.Equal([Definition, $"{Group}/images/img"], Targets(body));
    }

    [Theory]
    [InlineData("--defer", "", "--defer", "az image builder update -g rg -n t --subscription s\n", 1)]
    [InlineData("--defer", "", "--defer", "", 0)]
    [InlineData("", "--inline-script 'echo a'", "", "", 3)]
    public void A_deferred_template_is_declared_when_it_is_sent(string create, string script, string add, string update, int operations)
    {
        var run = Bash($"""
            {Create} {create}
            az image builder customizer add -g rg -n t --subscription s --customizer-name c -t shell {(script.Length == 0 ? "--script-url https://x/a.sh" : script)} {add}
            az image builder output add -g rg -n t --subscription s --gallery-name g --gallery-image-definition d --output-name o {add}
            {update}
            """);
        Assert.Equal(operations, run.Operations.Length);
        Assert.All(run.Operations.TakeLast(1), operation => Assert.Equal([Definition], Targets(operation.Resource.Body)));
    }

    [Theory]
    [InlineData("az image builder output remove -g rg -n t --subscription s --output-name o")]
    [InlineData("az image builder output clear -g rg -n t --subscription s")]
    public void A_target_that_is_taken_out_again_is_not_filled(string command)
    {
        var run = Bash($"{Create}\naz image builder output add -g rg -n t --subscription s --gallery-name g --gallery-image-definition d --output-name o\n{command}\n{Run}\n{Deploy(Definition)}");
        Assert.Empty(run.Operations[^1].States);
    }

    [Theory]
    [InlineData("echo", Definition + "/versions/1.0.0", Definition + "/versions/1.0.0", GuestState.Generalized)]
    [InlineData("echo", Definition + "/versions/1.0.0", Definition, GuestState.Generalized)]
    [InlineData("echo", Definition, Definition, GuestState.Generalized)]
    [InlineData("echo x > /tmp/DeprovisioningScript.sh", Definition, Definition, GuestState.Specialized)]
    [InlineData("waagent -force -deprovision+user > /tmp/DeprovisioningScript.sh", Definition, Definition, GuestState.Generalized)]
    [InlineData("cp mine.sh /tmp/DeprovisioningScript.sh", Definition, Definition, GuestState.Unclear)]
    public void What_a_build_leaves_is_the_state_of_the_image_that_a_later_step_deploys(string script, string target, string image, GuestState expected)
    {
        var run = Bash($"az image builder create -g rg -n t --subscription s --image-template t.json\n{Run}\n{Deploy(image)}", Template(script, target));
        Assert.Equal(expected, run.Operations[^1].States.Single(state => ArtifactCatalog.Show(state.Id) == image).Guest);
    }

    [Theory]
    [InlineData("")]
    [InlineData("az image builder run -g rg -n other --subscription s")]
    [InlineData("az image builder cancel -g rg -n t --subscription s")]
    [InlineData("# az image builder run -g rg -n t --subscription s")]
    public void A_template_that_is_not_built_says_nothing_of_the_image(string command) =>
        Assert.Empty(Bash($"{Create} --shared-image-destinations g/d=westus\n{command}\n{Deploy(Definition)}").Operations[^1].States);

    [Theory]
    [InlineData("--no-wait", "", GuestState.Unclear)]
    [InlineData("--no-wait", "az image builder wait -g rg -n t --subscription s --custom \"lastRunStatus.runState!='Running'\"", GuestState.Generalized)]
    [InlineData("--no-wait", "az image builder wait -g rg -n t --subscription s --created", GuestState.Unclear)]
    public void A_build_that_nobody_waits_for_is_not_known_to_have_ended(string option, string wait, GuestState expected)
    {
        var run = Bash($"{Create} --shared-image-destinations g/d=westus\n{Run} {option}\n{wait}\n{Deploy(Definition)}");
        Assert.Equal(expected, run.Operations[^1].States.Single().Guest);
    }

    [Fact]
    public void A_version_that_is_made_after_a_build_is_the_latest_and_not_the_build() => Assert.DoesNotContain(
        Bash($"{Create} --shared-image-destinations g/d=westus\n{Run}\naz sig image-version create -g rg -r g -i d -e 9.0.0 --subscription s --managed-image {Group}/images/other\n{Deploy(Definition)}").Operations[^1].States,
        state => state.Type == ArtifactTypes.Definition);

    [Theory]
    [InlineData("az resource invoke-action --action Run --ids /subscriptions/s/resourceGroups/rg/providers/Microsoft.VirtualMachineImages/imageTemplates/t")]
    [InlineData("az resource invoke-action -g rg --subscription s --resource-type Microsoft.VirtualMachineImages/imageTemplates -n t --action Run")]
    [InlineData("az rest --method post --url https://management.azure.com/subscriptions/s/resourceGroups/rg/providers/Microsoft.VirtualMachineImages/imageTemplates/t/run?api-version=2024-02-01")]
    public void A_build_may_be_run_by_its_action(string command) => Assert.Equal(
        GuestState.Generalized,
        Bash($"{Create} --shared-image-destinations g/d=westus\n{command}\n{Deploy(Definition)}").Operations[^1].States.Single().Guest);

    [Theory]
    [InlineData("Start-AzImageBuilderTemplate -ResourceGroupName rg -Name t", GuestState.Generalized)]
    [InlineData("Invoke-AzResourceAction -ResourceName t -ResourceGroupName rg -ResourceType Microsoft.VirtualMachineImages/imageTemplates -Action Run -Force", GuestState.Generalized)]
    [InlineData("Start-AzImageBuilderTemplate -ResourceGroupName rg -Name t -NoWait", GuestState.Unclear)]
    public void Cmdlets_put_a_template_together_and_build_it(string start, GuestState expected)
    {
        var run = PowerShell($"""
            Set-AzContext -Subscription s
            $source = New-AzImageBuilderTemplateSourceObject -PlatformImageSource -Publisher MicrosoftWindowsServer -Offer WindowsServer -Sku 2022 -Version latest
            $target = New-AzImageBuilderTemplateDistributorObject -SharedImageDistributor -GalleryImageId '{Definition}' -ReplicationRegion westus -RunOutputName o
            $step = New-AzImageBuilderTemplateCustomizerObject -PowerShellCustomizer -Name c -Inline 'mkdir x'
            New-AzImageBuilderTemplate -Name t -ResourceGroupName rg -Source $source -Distribute $target -Customize $step -Location westus
            {start}
            {Deploy(Definition)}
            """);
        Assert.Equal([Definition], Targets(run.Operations[0].Resource.Body));
        Assert.Equal(expected, run.Operations[^1].States.Single().Guest);
    }

    [Fact]
    public void A_cmdlet_takes_a_template_from_a_file() => Assert.Equal(
        [Definition],
        Targets(RunPrinter.Run("New-AzImageBuilderTemplate -Name t -ResourceGroupName rg -JsonTemplatePath t.json", ScriptDialect.PowerShellCore, Template("echo", Definition)).Operations.Single().Resource.Body));

    [Fact]
    public void A_placeholder_in_a_file_is_not_a_name() => Assert.Equal(
        ["/subscriptions/{subscriptionId}/resourceGroups/rg/providers/Microsoft.Compute/galleries/g/images/d"],
        Targets(Bash("az image builder create -g rg -n t --image-template t.json", Template("echo", Definition.Replace("/s/", "/<subscriptionId>/", StringComparison.Ordinal))).Operations.Single().Resource.Body));

    private static string Deploy(string image) => $"az vm create -g rg -n m --image {image}";

    private static (string, string) Template(string script, string target) => ("t.json", File.Replace("CUSTOM", script, StringComparison.Ordinal).Replace("TARGET", target, StringComparison.Ordinal));

    private static PipelineRun Bash(string script, params (string, string)[] files) => RunPrinter.Run(script, ScriptDialect.Bash, files);

    private static PipelineRun PowerShell(string script) => RunPrinter.Run(script, ScriptDialect.PowerShellCore);

    private static string[] Targets(Core.Values.ObjectValue body) => body.Get("properties", "distribute") is Core.Values.ArrayValue list
        ? [.. list.Items.OfType<Core.Values.ObjectValue>().Select(item => ArtifactCatalog.Show((item.Get("galleryImageId") ?? item.Get("imageId"))!))]
        : [];
}
