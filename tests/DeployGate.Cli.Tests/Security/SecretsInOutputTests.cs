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

    /// <summary>What people write into pipelines and scripts, although they should not: where a name says that it is a secret, its value is one.</summary>
    public static TheoryData<string, string, string> Leaks => new()
    {
        { "task.setvariable", "azure-pipelines.yml", "steps:\n- bash: |\n    echo \"##vso[task.setvariable variable=pw;issecret=true]SECRET\"\n    az vm create -g rg -n vm --image Canonical:ubuntu:24_04:latest --admin-password $(pw)\n- bash: az image create -g rg -n $(pw) --source vm --os-type Linux\n" },
        { "a variable marked as secret", "azure-pipelines.yml", "variables:\n- name: adminPassword\n  value: SECRET\nsteps:\n- bash: az vm create -g rg -n vm --image Canonical:ubuntu:24_04:latest --admin-password $(adminPassword)\n" },
        { "az vm create", "a.sh", "az vm create -g rg -n vm --image Canonical:ubuntu:24_04:latest --admin-username u --admin-password 'SECRET'\naz vm create -g rg -n vm2 --image x:y:z:latest --admin-password=SECRET\n" },
        { "a variable of a script", "a.sh", "ADMIN_PASSWORD=SECRET\naz vm create -g rg -n vm --image Canonical:ubuntu:24_04:latest --admin-password \"$ADMIN_PASSWORD\"\naz login --service-principal -u x -p \"$ADMIN_PASSWORD\" --tenant y\n" },
        { "a login", "a.sh", "az login --service-principal -u app -p SECRET --tenant t\naz image create -g rg -n i --source vm --os-type Linux\naz account get-access-token --query accessToken\n" },
        { "a key", "a.sh", "az storage blob upload --account-key SECRET -c v -n b.vhd -f b.vhd\nAZURE_STORAGE_KEY=SECRET az storage blob list\naz image create -g rg -n i --source https://a.blob.core.windows.net/v/b.vhd --os-type Linux\n" },
        { "ConvertTo-SecureString", "a.ps1", "$pw = ConvertTo-SecureString 'SECRET' -AsPlainText -Force\n$cred = New-Object System.Management.Automation.PSCredential('u', $pw)\nNew-AzVM -ResourceGroupName rg -Name vm -Image Ubuntu2204 -Credential $cred\n" },
        { "a secret as a parameter of a deployment", "a.sh", "az deployment group create -g rg -f t.bicep -p pw=SECRET\n" },
        { "a secret as a parameter of a task", "azure-pipelines.yml", "steps:\n- task: AzureResourceManagerTemplateDeployment@3\n  inputs: { deploymentScope: Resource Group, resourceGroupName: rg, csmFile: t.bicep, overrideParameters: '-pw SECRET', location: x }\n" },
        { "a workflow", ".github/workflows/w.yml", "on: push\nenv:\n  ARM_CLIENT_SECRET: SECRET\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n    - run: |\n        echo \"::add-mask::SECRET\"\n        az vm create -g rg -n vm --image Canonical:ubuntu:24_04:latest --admin-password ${{ secrets.PW }}SECRET\n" },
        { "an address with a signature", "a.sh", "az disk create -g rg -n d --source 'https://a.blob.core.windows.net/v/b.vhd?sv=1&sig=SECRET&se=2'\naz image create -g rg -n i --source 'https://a.blob.core.windows.net/v/b.vhd?sv=1&sig=SECRET' --os-type Linux\n" },
        { "a bearer token", "a.sh", "az rest --method post --url https://management.azure.com/x --headers 'Authorization=Bearer SECRET'\ncurl -H 'Authorization: Bearer SECRET' https://x/y\naz image create -g rg -n i --source vm --os-type Linux\n" },
        { "parameters of another file", "t.parameters.json", "{ \"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#\", \"contentVersion\": \"1.0.0.0\", \"parameters\": { \"pw\": { \"value\": \"SECRET\" }, \"unknown\": { \"value\": \"SECRET\" } } }" },
        { "bicepparam", "t.bicepparam", "using 't.bicep'\nparam pw = 'SECRET'\n" },
    };

    [Theory]
    [MemberData(nameof(Leaks))]
    public void What_a_pipeline_should_not_say_is_not_said_again(string what, string file, string text)
    {
        using var folder = new TemporaryFolder();
        folder.Write("t.bicep", "@secure()\nparam pw string\nresource i 'Microsoft.Compute/images@2024-07-01' = { name: pw, location: 'x', properties: { storageProfile: { osDisk: { osType: 'Linux', osState: 'Specialized', blobUri: 'https://a/b.vhd' } } } }\n");
        folder.Write(file, text.Replace("SECRET", Secret, StringComparison.Ordinal));
        var reports = ReportFormats.All.SelectMany(format => (string[])["--report", $"{format.Name}=out.{format.Name}"]).ToArray();
        foreach (var command in (string[][])[["check", ".", "--verbose"], ["check", ".", .. reports, "--write-baseline", "out.baseline"], ["resolve", ".", "--locations"], ["resolve", ".", "--format", "text"], ["resolve", file]])
        {
            var (_, output, error) = Repository.Run(folder.Path, command);
            AssertNone($"{what}: {string.Join(' ', command)}", output + error, isDiff: false);
        }

        Assert.All(Directory.GetFiles(folder.Path, "out.*"), one => AssertNone($"{what}: {one}", File.ReadAllText(one), isDiff: false));
    }

    private static void AssertNone(string where, string text, bool isDiff)
    {
        Assert.False(text.Contains(Signature, StringComparison.Ordinal), $"{where}: the signature");
        Assert.False(!isDiff && text.Contains(Secret, StringComparison.Ordinal), $"{where}: the secret: {text[Math.Max(0, text.IndexOf(Secret, StringComparison.Ordinal) - 100)..]}");
        Assert.False(text.Contains(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Secret)), StringComparison.Ordinal), $"{where}: the secret, encoded");
    }
}
