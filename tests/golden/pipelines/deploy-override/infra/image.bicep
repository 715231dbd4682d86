@allowed(['Generalized', 'Specialized'])
param osState string
param vmName string

resource gallery 'Microsoft.Compute/galleries@2024-03-03' existing = {
  name: 'shipyard'
}

resource definition 'Microsoft.Compute/galleries/images@2024-03-03' = {
  parent: gallery
  name: 'win-web'
  location: 'westeurope'
  properties: {
    osType: 'Windows'
    osState: osState
    hyperVGeneration: 'V2'
    identifier: { publisher: 'Shipyard', offer: 'Web', sku: 'win-web' }
  }
}

resource version 'Microsoft.Compute/galleries/images/versions@2024-03-03' = {
  parent: definition
  name: '1.0.0'
  location: 'westeurope'
  properties: {
    storageProfile: {
      source: { virtualMachineId: resourceId('Microsoft.Compute/virtualMachines', vmName) }
    }
  }
}
