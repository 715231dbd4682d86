using DeployGate.Cli.Tests.Documentation;
using DeployGate.Reporting;

namespace DeployGate.Cli.Tests.Security;

/// <summary>A secret of an input stands in no output, whatever is asked for and whatever goes wrong with it.</summary>
public sealed class SecretsInOutputTests
{
    private const string Secret = "Hunter2-Zq8x";
    private const string Signature = "Sv7Kq2mQ0aXy";

    private const string Template = $$"""
        { "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
          "parameters": { "password": { "type": "securestring" }, "keys": { "type": "secureObject" }, "state": { "type": "securestring" } },
          "variables": { "joined": "[concat('a', parameters('password'))]", "number": "[int(parameters('password'))]" },
          "resources": [
          { "type": "Microsoft.Compute/images", "apiVersion": "2024-07-01", "name": "[variables('joined')]", "location": "[parameters('keys').one]",
            "properties": { "storageProfile": { "osDisk": { "osType": "Linux", "osState": "[parameters('state')]", "blobUri": "https://contoso.blob.core.windows.net/vhds/lab.vhd?sv=1&sig={{Signature}}&se=2" } } } },
          { "type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01", "name": "vm", "tags": { "t": "[base64(parameters('password'))]", "n": "[variables('number')]" },
            "properties": { "osProfile": { "computerName": "[parameters('password')]", "adminPassword": "[parameters('password')]" }, "storageProfile": { "imageReference": { "id": "[parameters('password')]" }, "osDisk": { "createOption": "FromImage" } } } } ],
          "outputs": { "o": { "type": "securestring", "value": "[parameters('password')]" } } }
        """;

    private const string Parameters = $$"""
        { "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0",
          "parameters": { "password": { "value": "{{Secret}}" }, "keys": { "value": { "one": "{{Secret}}" } }, "state": { "value": "{{Secret}}" } } }
        """;

    private const string Bicep = $$"""
        @secure()
        param password string = '{{Secret}}'
        resource i 'Microsoft.Compute/images@2024-07-01' = {
          name: password
          properties: { storageProfile: { osDisk: { osType: 'Linux', osState: password, blobUri: 'https://contoso.blob.core.windows.net/v/b.vhd?sig={{Signature}}' } } }
        }
        @secure()
        output o string = password
        """;

    private const string Facts = $$"""
        { "schema": "deploygate-facts/v1", "recordedAt": "2026-11-20T10:00:00Z", "resources": [ { "id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/images/lab",
          "type": "Microsoft.Compute/images", "properties": { "adminPassword": "{{Secret}}", "storageProfile": { "osDisk": { "osState": "Generalized", "osType": "Linux", "blobUri": "https://contoso.blob.core.windows.net/vhds/lab.vhd?sig={{Signature}}" } } } } ] }
        """;

    [Fact]
    public void No_output_of_any_command_holds_it()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.json", Template);
        folder.Write("a.parameters.json", Parameters);
        folder.Write("b.bicep", Bicep);
        folder.Write("facts/f.json", Facts);
        var formats = ReportFormats.All.Select(format => format.Name).ToList();
        string[][] commands =
        [
            ["check", ".", "--verbose", "--state", "facts", .. formats.SelectMany(format => (string[])["--report", $"{format}=out/{format}"]), "--write-baseline", "out/baseline"],
            ["check", ".", "--fix=diff"],
            ["resolve", "a.json", "--parameters", "a.parameters.json", "--locations"],
            ["resolve", "a.json", "--parameters", "a.parameters.json", "--format", "text"],
            ["resolve", "b.bicep"],
            ["inspect", $"https://contoso.blob.core.windows.net/v/b.vhd?sig={Signature}", "--offline"],
            ["check", ".", "--disk", $"https://contoso.blob.core.windows.net/v/b.vhd?sig={Signature}", "--offline"],
            ["check", $"https://contoso.blob.core.windows.net/v/b.vhd?sig={Signature}"],
            ["resolve", ".", "--parameters", $"x?sig={Signature}"],
            ["check", ".", "--on-unknown", $"?sig={Signature}"],
        ];
        Directory.CreateDirectory(Path.Combine(folder.Path, "out"));
        foreach (var command in commands)
        {
            var (_, output, error) = Repository.Run(folder.Path, command);
            AssertNone(string.Join(' ', command), output + error, isDiff: command.Contains("--fix=diff"));
        }

        Assert.Equal(formats.Count + 1, Directory.GetFiles(Path.Combine(folder.Path, "out")).Length);
        Assert.All(Directory.GetFiles(Path.Combine(folder.Path, "out")), file => AssertNone(file, File.ReadAllText(file), isDiff: false));
    }

    private static void AssertNone(string where, string text, bool isDiff)
    {
        Assert.False(text.Contains(Signature, StringComparison.Ordinal), $"{where}: the signature");
        Assert.False(!isDiff && text.Contains(Secret, StringComparison.Ordinal), $"{where}: the secret: {text[Math.Max(0, text.IndexOf(Secret, StringComparison.Ordinal) - 100)..]}");
        Assert.False(text.Contains(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Secret)), StringComparison.Ordinal), $"{where}: the secret, encoded");
    }
}
