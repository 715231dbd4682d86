resource vm 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'vm-web'
  location: 'westeurope'
  properties: {
    hardwareProfile: { vmSize: 'Standard_D2s_v5' }
    storageProfile: {
      imageReference: { id: '/subscriptions/7d1c3a52-0000-4000-8000-5f0a6c2e9b11/resourceGroups/rg-images/providers/Microsoft.Compute/galleries/shipyard/images/erp/versions/1.0.0' }
      osDisk: { createOption: 'FromImage' }
    }
    osProfile: {
      computerName: 'web01'
      adminUsername: 'harbor'
      linuxConfiguration: { disablePasswordAuthentication: true }
    }
  }
}
