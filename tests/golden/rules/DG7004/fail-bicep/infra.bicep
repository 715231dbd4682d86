resource definition 'Microsoft.Compute/galleries/images@2024-03-03' = {
  name: 'shipyard/erp'
  location: 'westeurope'
  properties: {
    osType: 'Linux'
    osState: 'Generalized'
    hyperVGeneration: 'V2'
    identifier: { publisher: 'Shipyard', offer: 'erp', sku: 'base' }
  }
}

resource version 'Microsoft.Compute/galleries/images/versions@2024-03-03' = {
  parent: definition
  name: '1.0.0'
  location: 'westeurope'
  properties: {
    storageProfile: { source: { virtualMachineId: resourceId('Microsoft.Compute/virtualMachines', 'vm-build') } }
  }
}
