using System.Text.Json;

namespace DeployGate.EndToEnd.Tests;

public class GateTests
{
    private const string Bad = """
        {
          "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
          "contentVersion": "1.0.0.0",
          "resources": [
            {
              "type": "Microsoft.Compute/images", "apiVersion": "2024-07-01", "name": "img", "location": "westeurope",
              "properties": { "hyperVGeneration": "V2", "storageProfile": { "osDisk": { "osType": "Linux", "osState": "Specialized", "blobUri": "https://a.blob.core.windows.net/v/x.vhd" } } }
            }
          ]
        }
        """;

    [Fact]
    public void The_first_command_of_the_README_closes_the_gate()
    {
        var run = Tool.Run(Tool.Root, ["check", "examples/golden-image", "--state", "examples/golden-image/facts"]);
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("error[DG2002]: ", run.Output, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public void The_repaired_example_opens_it()
    {
        var run = Tool.Run(Tool.Root, ["check", "examples/golden-image-fixed", "--state", "examples/golden-image-fixed/facts"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public void A_template_from_standard_input_is_checked()
    {
        using var work = new Workspace();
        var run = Tool.Run(work.Folder, ["check", "-"], input: Bad);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error[DG2004]", run.Output, StringComparison.Ordinal);
        Assert.Contains("--> <stdin>:7:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void On_GitHub_the_annotation_comes_by_itself()
    {
        using var work = new Workspace().With("infra/image.json", Bad);
        var run = Tool.Run(work.Folder, ["check"], new Dictionary<string, string> { ["GITHUB_ACTIONS"] = "true" });
        Assert.Contains("\n::error file=infra/image.json,line=7,", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void On_Azure_Pipelines_the_annotation_comes_by_itself_and_a_machines_report_stays_whole()
    {
        using var work = new Workspace().With("infra/image.json", Bad);
        var run = Tool.Run(work.Folder, ["check", "--report", "json"], new Dictionary<string, string> { ["TF_BUILD"] = "True" });
        Assert.Contains("##vso[task.logissue type=error;sourcepath=infra/image.json;linenumber=7;", run.Error, StringComparison.Ordinal);
        using var report = JsonDocument.Parse(run.Output);
        Assert.Equal("deploygate-report/v1", report.RootElement.GetProperty("schema").GetString());
    }

    [Fact]
    public void Reports_are_written_to_files_whole_or_not_at_all()
    {
        using var work = new Workspace().With("image.json", Bad);
        var run = Tool.Run(work.Folder, ["check", "--report", "sarif=out.sarif", "--report", "json=missing/out.json", "--report", "text"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("the folder does not exist", run.Error, StringComparison.Ordinal);
        Assert.Contains("error[DG2004]", run.Output, StringComparison.Ordinal);
        using var sarif = JsonDocument.Parse(File.ReadAllText(Path.Combine(work.Folder, "out.sarif")));
        Assert.Equal(["image.json", "out.sarif"], Directory.GetFiles(work.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(2, "chek")]
    [InlineData(2)]
    [InlineData(2, "check", "--on-unknown", "maybe")]
    [InlineData(2, "check", "--report", "xml")]
    [InlineData(2, "check", "--state", "azure", "--cloud", "nowhere")]
    [InlineData(2, "check", "--disk", "nothing")]
    [InlineData(2, "explain", "DG0000")]
    [InlineData(2, "rules", "--format", "xml")]
    [InlineData(2, "resolve", "--format", "yaml")]
    [InlineData(3, "check", "nowhere")]
    [InlineData(3, "resolve", "nowhere.json")]
    [InlineData(3, "check", ".", "--state", "nowhere.json")]
    [InlineData(4, "check", "main.bicep")]
    [InlineData(3, "check", "broken.bicep")]
    [InlineData(4, "check", "empty")]
    [InlineData(4, "resolve", "empty")]
    [InlineData(0, "resolve", "main.bicep")]
    [InlineData(0, "--version")]
    [InlineData(0, "--help")]
    [InlineData(0, "check", "--help")]
    public void Exit_codes_are_those_of_the_contract(int expected, params string[] arguments)
    {
        using var work = new Workspace().With("main.bicep", "param x string").With("broken.bicep", "param = ").With("empty/readme.txt", "");
        var run = Tool.Run(work.Folder, arguments);
        Assert.Equal(expected, run.ExitCode);
        Assert.True(expected == 0 || run.Error.Length + run.Output.Length > 0, "a failure must say why");
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bicepparam_file_brings_its_template_and_the_finding_points_into_it()
    {
        const string template = """
            param state string
            resource image 'Microsoft.Compute/images@2024-07-01' = {
              name: 'img'
              properties: { hyperVGeneration: 'V2', storageProfile: { osDisk: { osType: 'Linux', osState: state, blobUri: 'https://a.blob.core.windows.net/v/x.vhd' } } }
            }
            """;
        using var work = new Workspace().With("main.bicep", template).With("prod.bicepparam", "using './main.bicep'\nparam state = 'Specialized'\n");
        var run = Tool.Run(work.Folder, ["check", "prod.bicepparam"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error[DG2004]: osState is 'Specialized', but a managed image can only be Generalized\n --> prod.bicepparam:2:15", run.Output, StringComparison.Ordinal);
        Assert.Contains("= at: main.bicep:4:95: passed on by parameter 'state'", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_without_images_is_said_to_have_nothing_to_check()
    {
        using var work = new Workspace().With("net.json", Bad.Replace("Microsoft.Compute/images", "Microsoft.Network/virtualNetworks", StringComparison.Ordinal));
        var run = Tool.Run(work.Folder, ["check"]);
        Assert.Equal((4, "deploygate: nothing to check: 1 template(s) were read, and none uses an image"), (run.ExitCode, run.Error.Trim()));
    }

    [Fact]
    public void Resolve_prints_one_document_a_line_for_a_folder_and_an_indented_one_for_a_file()
    {
        using var work = new Workspace().With("a.json", Bad).With("b.json", Bad);
        var folder = Tool.Run(work.Folder, ["resolve", "."]);
        Assert.Equal(["a.json", "b.json"], folder.Output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("source").GetString()));
        var file = Tool.Run(work.Folder, ["resolve", "a.json", "--locations"]);
        var location = JsonDocument.Parse(file.Output).RootElement.GetProperty("resources")[0].GetProperty("$locations").GetProperty("/properties/storageProfile/osDisk/osState");
        Assert.Equal(("a.json", 7, 111), (location.GetProperty("file").GetString(), location.GetProperty("line").GetInt32(), location.GetProperty("column").GetInt32()));
    }
}
