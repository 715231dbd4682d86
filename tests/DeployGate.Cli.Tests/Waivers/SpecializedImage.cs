namespace DeployGate.Cli.Tests.Waivers;

/// <summary>A template with one finding: a managed image that is declared Specialized (DG2004).</summary>
internal static class SpecializedImage
{
    internal static string Bicep(string name = "lab", string before = "", string onLine = "") => $$"""
        {{before}}
        resource image_{{name}} 'Microsoft.Compute/images@2024-07-01' = {
          name: '{{name}}'
          location: 'westeurope'
          properties: {
            hyperVGeneration: 'V2'
            storageProfile: {
              osDisk: {
                osType: 'Linux'
                osState: 'Specialized'{{onLine}}
                blobUri: 'https://contoso.blob.core.windows.net/vhds/{{name}}.vhd'
              }
            }
          }
        }

        """;
}
