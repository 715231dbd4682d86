resource desktop 'Microsoft.Compute/galleries/images@2024-03-03' = {
  name: 'contoso/desktop'
  location: 'westeurope'
  properties: {
    osType: 'Windows'
    osState: 'Specialized'
    hyperVGeneration: 'V2'
    identifier: { publisher: 'Contoso', offer: 'Desktop', sku: 'desktop' }
  }
}
