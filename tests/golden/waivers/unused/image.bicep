// deploygate: ignore DG3001 -- there was an osProfile once
resource image 'Microsoft.Compute/images@2024-07-01' = {
  name: 'lab'
  location: 'westeurope'
  properties: {
    hyperVGeneration: 'V2'
    storageProfile: {
      osDisk: {
        osType: 'Linux'
        osState: 'Generalized'
        blobUri: 'https://contoso.blob.core.windows.net/vhds/lab.vhd'
      }
    }
  }
}
