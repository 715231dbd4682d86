resource image 'Microsoft.Compute/images@2024-07-01' = {
  name: 'img-web'
  location: 'westeurope'
  properties: {
    hyperVGeneration: 'V2'
    sourceVirtualMachine: { id: resourceId('Microsoft.Compute/virtualMachines', 'vm-build') }
  }
}
