// What a registry module and a linked template deploy cannot be seen; the machine beside them is fine.
param adminPassword string

module site 'br/public:avm/res/web/site:0.11.0' = { name: 'site' }

resource vm 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'vm-shop'
  location: 'westeurope'
  properties: {
    osProfile: { computerName: 'vm-shop', adminUsername: 'azureuser', adminPassword: adminPassword }
    storageProfile: {
      imageReference: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: '24.04.202501010' }
      osDisk: { createOption: 'FromImage' }
    }
  }
}
