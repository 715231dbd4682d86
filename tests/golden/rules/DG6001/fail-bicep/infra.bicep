resource vm 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'vm-web'
  location: 'westeurope'
  properties: {
    hardwareProfile: { vmSize: 'Standard_D2s_v5' }
    storageProfile: {
      imageReference: {
        publisher: 'MicrosoftWindowsServer'
        offer: 'WindowsServer'
        sku: '2022-datacenter-g2'
        version: '20348.2113.231109'
      }
      osDisk: { createOption: 'FromImage' }
    }
    osProfile: {
      computerName: 'web01'
      adminUsername: 'harbor'
      linuxConfiguration: { disablePasswordAuthentication: true }
    }
  }
}
