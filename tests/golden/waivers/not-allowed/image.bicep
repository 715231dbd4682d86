// deploygate: ignore DG2004 -- nobody deploys the lab's image
resource image 'Microsoft.Compute/images@2024-07-01' = {
  name: 'lab'
  location: 'westeurope'
  properties: {
    hyperVGeneration: 'V2'
    storageProfile: {
      osDisk: {
        osType: 'Linux'
        osState: 'Specialized'
        blobUri: 'https://contoso.blob.core.windows.net/vhds/lab.vhd'
      }
    }
  }
}
