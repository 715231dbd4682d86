namespace DeployGate.TestKit;

/// <summary>A machine of a Specialized image with a profile: DG3001, with a cure that is safe to write. The tests of whole processes compile this file too.</summary>
public static class MendableMachine
{
    /// <summary>The definition alone.</summary>
    public const string Definition = """
        // the desktops of the branch offices
        resource desktop 'Microsoft.Compute/galleries/images@2024-03-03' = {
          name: 'contoso/desktop'
          location: 'westeurope'
          properties: { osType: 'Windows', osState: 'Specialized' }
        }

        """;

    /// <summary>The machine alone.</summary>
    public const string Machine = """
        resource vm 'Microsoft.Compute/virtualMachines@2024-07-01' = {
          name: 'vm'
          location: 'westeurope'
          properties: {
            storageProfile: { imageReference: { id: desktop.id }, osDisk: { createOption: 'FromImage' } }
            // who signs in
            osProfile: {
              computerName: 'vm'
              adminUsername: 'azureuser'
            }
            hardwareProfile: { vmSize: 'Standard_D2s_v5' }
          }
        }

        """;

    /// <summary>Both.</summary>
    public const string Template = Definition + Machine;

    /// <summary>The template as the fix leaves it: without the lines of the profile, and with all others.</summary>
    public static string Mended { get; } = Template.Replace("    osProfile: {\n      computerName: 'vm'\n      adminUsername: 'azureuser'\n    }\n", "", StringComparison.Ordinal);
}
