param name string
param sku string
param state string
param vm string

resource gallery 'Microsoft.Compute/galleries@2024-03-03' existing = {
  name: 'shipyard'
}

resource image 'Microsoft.Compute/galleries/images@2024-03-03' = {
  parent: gallery
  name: name
  properties: {
    osType: 'Linux'
    osState: state
    identifier: { publisher: 'Shipyard', offer: 'base', sku: sku }
  }

  resource version 'versions' = {
    name: '1.0.0'
    properties: { storageProfile: { source: { virtualMachineId: vm } } }
  }
}
