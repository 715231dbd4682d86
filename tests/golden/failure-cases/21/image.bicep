resource image 'Microsoft.Compute/images@2024-07-01' = {
  name: 'from-snapshot'
  location: 'westeurope'
  properties: {
    hyperVGeneration: 'V2'
    storageProfile: { osDisk: { osType: 'Linux', osState: 'Generalized', snapshot: { id: '/subscriptions/7d1c3a52-0000-4000-8000-5f0a6c2e9b11/resourceGroups/rg-images/providers/Microsoft.Compute/snapshots/live' } } }
  }
}
