resource image 'Microsoft.Compute/images@2024-07-01' = {
  name: 'win2022'
  location: 'westeurope'
  properties: {
    hyperVGeneration: 'V2'
    storageProfile: { osDisk: { osType: 'Windows', osState: 'Generalized', blobUri: 'https://contoso.blob.core.windows.net/vhds/audit.vhd' } }
  }
}
