param gallery string = 'shipyard'

resource vm 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'vm-web'
  location: 'westeurope'
  properties: {
    osProfile: { computerName: 'web', adminUsername: 'azure' }
    storageProfile: {
      imageReference: {
        id: resourceId('7d1c3a52-0000-4000-8000-5f0a6c2e9b11', 'rg-images', 'Microsoft.Compute/galleries/images', gallery, 'web')
      }
    }
  }
}
