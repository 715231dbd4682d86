// One image that is what it says, and one that is not.
param base string = 'disk-base-os'

resource gallery 'Microsoft.Compute/galleries@2024-03-03' existing = {
  name: 'harbor'
}

resource server 'Microsoft.Compute/galleries/images@2024-03-03' = {
  parent: gallery
  name: 'server'
  location: 'westeurope'
  properties: {
    osType: 'Windows'
    osState: 'Generalized'
    hyperVGeneration: 'V2'
    identifier: { publisher: 'Harbor', offer: 'Server', sku: '2022' }
  }
}

resource fromDisk 'Microsoft.Compute/galleries/images/versions@2024-03-03' = {
  parent: server
  name: '1.0.0'
  location: 'westeurope'
  properties: {
    storageProfile: {
      osDiskImage: { source: { id: resourceId('Microsoft.Compute/disks', base) } }
    }
  }
}

resource fromMachine 'Microsoft.Compute/galleries/images/versions@2024-03-03' = {
  parent: server
  name: '1.0.1'
  location: 'westeurope'
  properties: {
    storageProfile: {
      source: { virtualMachineId: resourceId('Microsoft.Compute/virtualMachines', 'vm-golden') }
    }
  }
}
