resource vms 'Microsoft.Compute/virtualMachines@2024-07-01' = [for i in range(0, 3): {
  name: 'farm-${i}'
  location: 'westeurope'
  properties: { storageProfile: { imageReference: { id: '/subscriptions/7d1c3a52-0000-4000-8000-5f0a6c2e9b11/resourceGroups/rg-images/providers/Microsoft.Compute/galleries/contoso/images/desktop/versions/1.0.0' }, osDisk: { createOption: 'FromImage' } } }
}]
