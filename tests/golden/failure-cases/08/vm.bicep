resource disk 'Microsoft.Compute/disks@2024-03-02' existing = {
  name: 'vm-old-os'
}

resource vm 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'vm-new'
  location: 'westeurope'
  properties: {
    storageProfile: { osDisk: { createOption: 'Attach', osType: 'Linux', managedDisk: { id: disk.id } } }
    osProfile: { computerName: 'vm-new', adminUsername: 'azureuser' }
  }
}
