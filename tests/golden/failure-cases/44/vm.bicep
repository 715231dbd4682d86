resource vm 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'vm-web'
  location: 'westeurope'
  properties: {
    storageProfile: { osDisk: { createOption: 'Attach', osType: 'Linux', managedDisk: { id: '/subscriptions/7d1c3a52-0000-4000-8000-5f0a6c2e9b11/resourceGroups/rg-images/providers/Microsoft.Compute/disks/restored' } } }
  }
}
