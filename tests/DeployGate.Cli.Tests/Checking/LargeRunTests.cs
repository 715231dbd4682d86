using System.Text.Json.Nodes;
using DeployGate.Cli.Tests.Documentation;
using DeployGate.Cli.Tests.Waivers;

namespace DeployGate.Cli.Tests.Checking;

/// <summary>A run over many files lets go of values, packs texts and keeps few resources. What it says is what runs over few files say.</summary>
public sealed class LargeRunTests : IDisposable
{
    private const int Folders = 40;

    private readonly TemporaryFolder _folder = new();

    public LargeRunTests()
    {
        // One root for all runs, so that links are read alike.
        Directory.CreateDirectory(Path.Combine(_folder.Path, ".git"));
        for (var number = 0; number < Folders; number++)
        {
            Write($"team{number:00}", $"a{number:00}");
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("json")]
    [InlineData("sarif")]
    public void Findings_are_those_of_runs_over_few_files(string format)
    {
        var whole = Findings(format, ".");
        Assert.True(whole.Count >= 6 * Folders, $"{whole.Count} findings");
        foreach (var folder in (string[])["team00", "team07", "team16", "team25", "team39"])
        {
            var alone = Findings(format, folder);
            Assert.True(alone.Count >= 6, $"{alone.Count} findings");
            Assert.Equal(alone, whole.Where(finding => finding.Contains(folder, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Code_frames_of_packed_texts_show_the_lines_as_they_are_written()
    {
        var whole = Repository.Run(_folder.Path, "check", "--offline").Output;
        var alone = Repository.Run(_folder.Path, "check", "team07", "--offline").Output;
        var blocks = alone.Split("\n\n").Where(block => block.StartsWith("error", StringComparison.Ordinal) || block.StartsWith("warning", StringComparison.Ordinal)).ToList();
        Assert.True(blocks.Count >= 5, $"{blocks.Count} blocks");
        Assert.Contains(blocks, block => block.Contains("Zürich – été 🙂", StringComparison.Ordinal));
        Assert.All(blocks, block => Assert.Contains(block, whole, StringComparison.Ordinal));
    }

    [Fact]
    public void A_policy_still_asks_for_resources_that_no_rule_reads()
    {
        _folder.Write("policies.yml", """
            version: 1
            policies:
              - id: CONTOSO001
                name: network-without-owner
                description: A network says in a tag who answers for it.
                mode: resources
                if:
                  allOf:
                    - { field: type, equals: Microsoft.Network/virtualNetworks }
                    - { field: "tags['owner']", exists: false }
                    - { field: name, like: "a*" }
                then: { effect: deny }
                message: "the network [field('name')] has no owner"
                fix: "Add the tag 'owner'."
            """);
        var (exit, output, error) = Repository.Run(_folder.Path, "check", "--offline", "--policy", "policies.yml");
        Assert.True(exit == 1, $"{exit}: {error}");
        Assert.All(Enumerable.Range(0, Folders), number => Assert.Contains($"the network a{number:00} has no owner", output, StringComparison.Ordinal));
    }

    private List<string> Findings(string format, string path)
    {
        var report = Path.Combine(_folder.Path, $"report.{format}");
        var (exit, _, error) = Repository.Run(_folder.Path, "check", path, "--offline", "--report", $"{format}={report}");
        Assert.True(exit == 1, $"{exit}: {error}");
        var document = JsonNode.Parse(File.ReadAllText(report))!;
        File.Delete(report);
        var findings = format == "sarif" ? document["runs"]![0]!["results"]! : document["findings"]!;
        return [.. findings.AsArray().Select(finding => finding!.ToJsonString())];
    }

    private void Write(string folder, string name)
    {
        // Waivers stand in a comment and in metadata; one text needs more than a byte for its characters.
        _folder.Write($"{folder}/image.bicep", SpecializedImage.Bicep(name, before: name.EndsWith('7') ? "// Zürich – été 🙂" : "// Zürich, été", onLine: name.EndsWith('7') ? " // Zürich – été 🙂" : " // Zürich"));
        _folder.Write($"{folder}/waived.bicep", SpecializedImage.Bicep($"{name}w", onLine: " // deploygate: ignore DG2004 -- a lab"));
        _folder.Write($"{folder}/module.bicep", "param name string\nresource net 'Microsoft.Network/virtualNetworks@2024-05-01' = {\n  name: name\n  properties: { addressSpace: { addressPrefixes: [ '10.0.0.0/16' ] } }\n}\n");
        _folder.Write($"{folder}/main.bicep", $"module net 'module.bicep' = {{ name: 'net', params: {{ name: '{name}' }} }}\n{SpecializedImage.Bicep($"{name}m")}");
        _folder.Write($"{folder}/images.json", $$"""
            {
              "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
              "contentVersion": "1.0.0.0",
              "parameters": { "state": { "type": "string", "defaultValue": "Generalized" } },
              "resources": [
                { "type": "Microsoft.Compute/images", "apiVersion": "2024-07-01", "name": "{{name}}j", "metadata": { "deploygate": "ignore DG2004 -- a lab" },
                  "properties": { "storageProfile": { "osDisk": { "osType": "Linux", "osState": "Specialized", "blobUri": "https://contoso.blob.core.windows.net/vhds/{{name}}j.vhd" } } } },
                { "type": "Microsoft.Compute/images", "apiVersion": "2024-07-01", "name": "{{name}}k",
                  "properties": { "storageProfile": { "osDisk": { "osType": "Linux", "osState": "[parameters('state')]", "blobUri": "https://contoso.blob.core.windows.net/vhds/{{name}}k.vhd" } } } },
                { "type": "Microsoft.Network/networkInterfaces", "apiVersion": "2024-05-01", "name": "{{name}}nic", "properties": { "ipConfigurations": [] } }
              ]
            }
            """);
        _folder.Write($"{folder}/machine.json", $$$"""
            {
              "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
              "contentVersion": "1.0.0.0",
              "parameters": { "machine": { "type": "object", "defaultValue": {
                "networkProfile": { "networkInterfaces": [ { "id": "[resourceId('Microsoft.Network/networkInterfaces', '{{{name}}}nic')]" } ] },
                "diagnosticsProfile": { "bootDiagnostics": { "enabled": true } },
                "storageProfile": { "imageReference": { "id": "[resourceId('Microsoft.Compute/images', '{{{name}}}k')]" }, "osDisk": { "createOption": "FromImage" } } } } },
              "resources": [
                { "type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01", "name": "{{{name}}}vm", "properties": "[parameters('machine')]" }
              ]
            }
            """);
        foreach (var (file, state) in (ReadOnlySpan<(string, string)>)[("one", "Specialized"), ("two", "Generalized")])
        {
            _folder.Write($"{folder}/images.{file}.parameters.json", $$"""
                { "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": { "state": { "value": "{{state}}" } } }
                """);
        }
    }
}
