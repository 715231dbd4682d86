resource image 'Microsoft.Compute/images@2024-07-01' = {
  name: 'win2022'
  location: 'westeurope'
  properties: {
    storageProfile: { osDisk: { osType: 'Windows', osState: 'Generalized', blobUri: 'https://contoso.blob.core.windows.net/vhds/win2022.vhd' } }
  }
}
