resource image 'Microsoft.Compute/images@2024-07-01' = {
  name: 'img-erp'
  location: 'westeurope'
  properties: {
    hyperVGeneration: 'V2'
    sourceVirtualMachine: { id: resourceId('Microsoft.Compute/virtualMachines', 'vm-build') }
  }
}

// Without hyperVGeneration: the API makes it V1.
resource definition 'Microsoft.Compute/galleries/images@2024-03-03' = {
  name: 'shipyard/erp'
  location: 'westeurope'
  properties: {
    osType: 'Linux'
    osState: 'Generalized'
    identifier: { publisher: 'Shipyard', offer: 'erp', sku: 'base' }
  }
}

resource version 'Microsoft.Compute/galleries/images/versions@2024-03-03' = {
  parent: definition
  name: '1.0.0'
  location: 'westeurope'
  properties: { storageProfile: { source: { id: image.id } } }
}
