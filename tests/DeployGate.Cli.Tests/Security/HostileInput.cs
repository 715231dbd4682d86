using System.Text.Json.Nodes;
using DeployGate.Cli.Output;
using DeployGate.Cli.Tests.Documentation;

namespace DeployGate.Cli.Tests.Security;

/// <summary>Inputs of every kind, in which one text at a time, be it a name or a value, is what somebody wrote to do harm.</summary>
internal static class HostileInput
{
    /// <summary>A command of each host, sequences of a terminal, and links and elements of the formats that are shown.</summary>
    internal const string Value = "x\n::error::forged\r\n##vso[task.forged]a ##[forged]b \u001b[31m\u009b31m\u202e\0<img src=forged>![f](http://forged)\n- forged";

    /// <summary>The files of one run. YAML is written as JSON, which it holds, so that each text in it can be found.</summary>
    internal static IReadOnlyDictionary<string, string> Files { get; } = new Dictionary<string, string>
    {
        ["image.json"] = Repository.Read("examples/golden-image/image.json"),
        ["image.parameters.json"] = """{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": { "osState": { "value": "Generalized" } } }""",
        ["facts/vm-build.json"] = Repository.Read("examples/golden-image/facts/vm-build.json"),
        ["vm.json"] = """
            { "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
              "variables": { "imageName": "lab" }, "resources": [
              { "type": "Microsoft.Compute/images", "apiVersion": "2024-07-01", "name": "[variables('imageName')]", "location": "westeurope",
                "properties": { "hyperVGeneration": "V2", "storageProfile": { "osDisk": { "osType": "Linux", "osState": "Specialized", "blobUri": "https://contoso.blob.core.windows.net/vhds/lab.vhd" } } } },
              { "type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01", "name": "vm", "location": "westeurope",
                "properties": { "osProfile": { "computerName": "host" }, "storageProfile": { "imageReference": { "publisher": "Canonical", "offer": "ubuntu", "sku": "24_04", "version": "latest" }, "osDisk": { "createOption": "FromImage" } } } } ] }
            """,
        ["cured.json"] = """
            { "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [
              { "type": "Microsoft.Compute/images", "apiVersion": "2024-07-01", "name": "cured", "location": "westeurope",
                "properties": { "storageProfile": { "osDisk": { "osType": "Linux", "osState": "Specialized", "blobUri": "https://contoso.blob.core.windows.net/vhds/cured.vhd" } } } } ] }
            """,
        ["facts/cured.json"] = """{ "schema": "deploygate-inspection/v1", "disk": "https://contoso.blob.core.windows.net/vhds/cured.vhd", "os": { "type": "Linux" }, "state": "Generalized" }""",
        [".github/workflows/build.yml"] = """
            { "name": "build", "on": "push", "env": { "GROUP": "rg-images" }, "jobs": { "image": { "name": "Image", "runs-on": "ubuntu-latest", "steps": [
              { "name": "Start", "run": "az vm generalize -g rg-images -n vm-build\naz vm start -g rg-images -n vm-build" },
              { "name": "Capture", "run": "az image create -g $GROUP -n lab --source vm-build --os-type Linux" } ] } } }
            """,
        ["azure-pipelines.yml"] = """
            { "trigger": "none", "variables": { "group": "rg-images" }, "steps": [
              { "script": "az vm start -g $(group) -n vm-build", "displayName": "Start" },
              { "task": "AzureCLI@2", "displayName": "Capture", "inputs": { "azureSubscription": "images", "scriptType": "bash", "inlineScript": "az sig image-version create -g rg-images -r contoso -i win2022 -e 1.0.0 --virtual-machine vm-build" } } ] }
            """,
        ["deploygate.yml"] = """{ "version": 1, "waivers": [ { "rule": "DG2004", "file": "vm.json", "reason": "moved next month", "expires": "2030-01-01" } ], "rules": { "DG7001": "warning" } }""",
        ["policies.yml"] = """
            { "version": 1, "policies": [ { "id": "CONTOSO001", "name": "images-from-our-gallery", "description": "Machines are made of our images.", "mode": "uses",
              "if": { "field": "stage", "exists": true }, "then": { "effect": "deny" }, "message": "the image [field('image')] is not ours", "fix": "Use ours.",
              "cases": [ { "name": "one", "expect": "deny", "use": { "stage": "deploy" } } ] } ] }
            """,
        ["failure.json"] = """{ "error": { "code": "OSProvisioningTimedOut", "message": "OS Provisioning for VM 'vm' did not finish in the allotted time.", "target": "vm", "details": [ { "code": "Conflict", "message": "later" } ] } }""",
    };

    /// <summary>The commands that show what stands in the files, each with what it is called in the table.</summary>
    internal static IReadOnlyList<(string Name, string[] Arguments)> Commands { get; } =
    [
        ("resolve text", ["resolve", ".", "--format", "text"]),
        ("resolve json", ["resolve", ".", "--locations", "--summary"]),
        ("diagnose text", ["diagnose", "failure.json"]),
        ("diagnose json", ["diagnose", "failure.json", "--format", "json"]),
        ("policy", ["policy", "test", "policies.yml"]),
        ("policy lint", ["policy", "lint", "policies.yml"]),
        ("fix diff", ["check", ".", "--fix=diff", "--report", "json=/dev/null"]),
    ];

    /// <summary>Each text of a document, with the document in which it is hostile.</summary>
    /// <param name="json">The document.</param>
    internal static IEnumerable<(string Field, string Document)> Variants(string json)
    {
        var count = Visit(JsonNode.Parse(json)!, "", -1, out _);
        for (var i = 0; i < count; i++)
        {
            var document = JsonNode.Parse(json)!;
            Visit(document, "", i, out var field);
            yield return (field, document.ToJsonString());
        }
    }

    // Counts texts in the order of the document, and changes the one with the number: a value keeps its beginning, a name as well.
    private static int Visit(JsonNode node, string path, int number, out string field)
    {
        var (at, found) = (0, "");
        Walk(node, path);
        field = found;
        return at;

        void Walk(JsonNode? node, string path)
        {
            switch (node)
            {
                case JsonObject members:
                    foreach (var (name, value) in members.ToList())
                    {
                        Walk(value, $"{path}/{name}");
                        if (at++ == number)
                        {
                            found = $"{path}/{name} (name)";
                            members.Remove(name);
                            members[name + Value] = value;
                        }
                    }

                    break;
                case JsonArray items:
                    for (var i = 0; i < items.Count; i++)
                    {
                        Walk(items[i], $"{path}/{i}");
                    }

                    break;
                case JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.String:
                    if (at++ == number)
                    {
                        found = path;
                        value.ReplaceWith(JsonValue.Create(value.GetValue<string>() + Value));
                    }

                    break;
            }
        }
    }

    /// <summary>Runs a command in a folder as a host would, and gives all that it said.</summary>
    internal static string Run(string folder, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        using var said = new StringWriter { NewLine = "\n" };
        new Application(new Surroundings
        {
            Input = new StringReader(""),
            Output = said,
            Error = said,
            WorkingFolder = folder,
            Environment = environment.GetValueOrDefault,
        }).Run(arguments);
        return said.ToString();
    }
}
