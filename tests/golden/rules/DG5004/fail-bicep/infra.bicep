resource disk 'Microsoft.Compute/disks@2024-03-02' existing = {
  name: 'disk-erp'
}

resource image 'Microsoft.Compute/images@2024-07-01' = {
  name: 'img-erp'
  location: 'westeurope'
  properties: {
    hyperVGeneration: 'V2'
    storageProfile: {
      osDisk: { osType: 'Windows', osState: 'Generalized', managedDisk: { id: disk.id } }
    }
  }
}
