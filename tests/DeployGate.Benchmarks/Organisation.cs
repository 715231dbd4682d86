using System.Globalization;

namespace DeployGate.Benchmarks;

/// <summary>
/// The repositories of an invented organisation: each makes an image of its own by a pipeline, and deploys machines of it; ten files, of which two
/// are none of the gate's business. The same number gives the same files.
/// </summary>
internal static class Organisation
{
    internal const int FilesOfRepository = 10;

    /// <summary>Writes so many repositories into a folder.</summary>
    internal static void Write(string folder, int repositories)
    {
        for (var number = 0; number < repositories; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"team{number % 40:00}/svc{number:0000}");
            foreach (var (path, text) in Files(number))
            {
                var file = Path.Combine(folder, name, path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllText(file, text.ReplaceLineEndings("\n"));
            }
        }
    }

    /// <summary>The files of one repository: the path within it, and the text.</summary>
    internal static IEnumerable<(string Path, string Text)> Files(int number)
    {
        var n = number.ToString("0000", CultureInfo.InvariantCulture);

        // One repository in five declares the wrong state.
        var state = number % 5 == 0 ? "Generalized" : "Specialized";
        yield return ("infra/image.bicep", Image(n, state));
        yield return ("infra/modules/network.bicep", Network);
        yield return ("infra/machines.json", Machines(n));
        yield return ("infra/machines.parameters.json", Parameters(number));
        yield return ("infra/fleet.bicep", Fleet(n));
        yield return (".github/workflows/image.yml", Workflow(n));
        yield return ("azure-pipelines.yml", Pipeline(n));
        yield return ("scripts/prepare.sh", Script(n));
        yield return ("app/package.json", $$"""{ "name": "svc{{n}}", "version": "1.{{number}}.0", "scripts": { "test": "node --test" }, "dependencies": { "left": "^1.0.0" } }""");
        yield return ("app/settings.json", $$"""{ "service": "svc{{n}}", "logging": { "level": "Information" }, "limits": { "requests": {{number}} } }""");
    }

    private static string Image(string n, string state) => $$"""
        @description('Where the image is kept.')
        param location string = resourceGroup().location
        param version string = '1.0.0'

        var tags = { team: 'svc{{n}}', purpose: 'image' }

        module network 'modules/network.bicep' = {
          name: 'network'
          params: { prefix: 'svc{{n}}', location: location }
        }

        resource gallery 'Microsoft.Compute/galleries@2024-03-03' existing = { name: 'gal{{n}}' }

        resource definition 'Microsoft.Compute/galleries/images@2024-03-03' = {
          parent: gallery
          name: 'server{{n}}'
          location: location
          tags: tags
          properties: {
            osType: 'Linux'
            osState: '{{state}}'
            hyperVGeneration: 'V2'
            identifier: { publisher: 'svc', offer: 'server', sku: 'svc{{n}}' }
          }
        }

        resource image 'Microsoft.Compute/galleries/images/versions@2024-03-03' = {
          parent: definition
          name: version
          location: location
          properties: {
            storageProfile: { source: { virtualMachineId: resourceId('Microsoft.Compute/virtualMachines', 'vm-build-{{n}}') } }
            publishingProfile: { targetRegions: [ { name: location, regionalReplicaCount: 1 } ] }
          }
        }

        output imageId string = image.id
        """;

    private const string Network = """
        param prefix string
        param location string
        param subnets array = [ 'web', 'app', 'data' ]

        resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
          name: '${prefix}-vnet'
          location: location
          properties: {
            addressSpace: { addressPrefixes: [ '10.0.0.0/16' ] }
            subnets: [for (subnet, index) in subnets: {
              name: '${prefix}-${subnet}'
              properties: { addressPrefix: cidrSubnet('10.0.0.0/16', 24, index) }
            }]
          }
        }

        output subnetIds array = [for (subnet, index) in subnets: network.properties.subnets[index].id]
        """;

    private static string Machines(string n) => $$"""
        {
          "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
          "contentVersion": "1.0.0.0",
          "parameters": {
            "count": { "type": "int", "defaultValue": 2, "minValue": 1, "maxValue": 10 },
            "location": { "type": "string", "defaultValue": "[resourceGroup().location]" },
            "imageVersion": { "type": "string", "defaultValue": "1.0.0" }
          },
          "variables": {
            "prefix": "[concat('svc', '{{n}}')]",
            "imageId": "[resourceId('Microsoft.Compute/galleries/images/versions', 'gal{{n}}', 'server{{n}}', parameters('imageVersion'))]"
          },
          "resources": [
            {
              "type": "Microsoft.Network/networkInterfaces", "apiVersion": "2024-05-01",
              "name": "[format('{0}-nic-{1}', variables('prefix'), copyIndex())]", "location": "[parameters('location')]",
              "copy": { "name": "nics", "count": "[parameters('count')]" },
              "properties": { "ipConfigurations": [ { "name": "one", "properties": { "subnet": { "id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', concat(variables('prefix'), '-vnet'), 'app')]" } } } ] }
            },
            {
              "type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01",
              "name": "[format('{0}-vm-{1}', variables('prefix'), copyIndex())]", "location": "[parameters('location')]",
              "copy": { "name": "machines", "count": "[parameters('count')]" },
              "dependsOn": [ "nics" ],
              "properties": {
                "hardwareProfile": { "vmSize": "Standard_D2s_v5" },
                "storageProfile": { "imageReference": { "id": "[variables('imageId')]" }, "osDisk": { "createOption": "FromImage" } },
                "networkProfile": { "networkInterfaces": [ { "id": "[resourceId('Microsoft.Network/networkInterfaces', format('{0}-nic-{1}', variables('prefix'), copyIndex()))]" } ] }
              }
            }
          ],
          "outputs": { "first": { "type": "string", "value": "[resourceId('Microsoft.Compute/virtualMachines', format('{0}-vm-0', variables('prefix')))]" } }
        }
        """;

    private static string Parameters(int number) => $$"""
        {
          "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
          "contentVersion": "1.0.0.0",
          "parameters": { "count": { "value": {{(number % 4) + 1}} }, "location": { "value": "westeurope" } }
        }
        """;

    private static string Fleet(string n) => $$"""
        param location string = resourceGroup().location
        @allowed([ 'test', 'prod' ])
        param stage string = 'test'
        @secure()
        param password string
        var size = stage == 'prod' ? 'Standard_D8s_v5' : 'Standard_D2s_v5'

        resource fleet 'Microsoft.Compute/virtualMachineScaleSets@2024-07-01' = {
          name: 'fleet-{{n}}-${stage}'
          location: location
          sku: { name: size, capacity: stage == 'prod' ? 6 : 1 }
          properties: {
            orchestrationMode: 'Flexible'
            virtualMachineProfile: {
              osProfile: { computerNamePrefix: 'f{{n}}', adminUsername: 'azureuser', adminPassword: password }
              storageProfile: {
                imageReference: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: '24.04.202501010' }
                osDisk: { createOption: 'FromImage', managedDisk: { storageAccountType: 'Premium_LRS' } }
              }
            }
          }
        }
        """;

    private static string Workflow(string n) => $$"""
        on: { push: { branches: [main] } }
        env:
          GROUP: rg-svc{{n}}
        jobs:
          image:
            runs-on: ubuntu-latest
            steps:
              - uses: actions/checkout@v4
              - run: az vm create -g "$GROUP" -n vm-build-{{n}} --image Ubuntu2404 --generate-ssh-keys
              - run: scripts/prepare.sh
              - run: az vm deallocate -g "$GROUP" -n vm-build-{{n}}
              - run: az deployment group create -g "$GROUP" --template-file infra/image.bicep
              - run: az deployment group create -g "$GROUP" --template-file infra/machines.json --parameters infra/machines.parameters.json
        """;

    private static string Pipeline(string n) => $$"""
        trigger: [main]
        variables:
          group: rg-svc{{n}}
        steps:
          - script: npm test
            workingDirectory: app
          - task: AzureCLI@2
            inputs:
              azureSubscription: production
              scriptType: bash
              scriptLocation: inlineScript
              inlineScript: |
                az deployment group create -g $(group) --template-file infra/fleet.bicep --parameters stage=prod
        """;

    private static string Script(string n) => $$"""
        #!/usr/bin/env bash
        set -euo pipefail
        group=${GROUP:-rg-svc{{n}}}
        for package in nginx jq; do
          az vm run-command invoke -g "$group" -n vm-build-{{n}} --command-id RunShellScript --scripts "apt-get install -y $package"
        done
        """;
}
