resource gallery 'Microsoft.Compute/galleries@2023-07-03' existing = { name: 'contoso' }

resource image 'Microsoft.Compute/galleries/images@2023-07-03' = {
  parent: gallery
  name: 'web'
  location: 'westeurope'
  properties: {
    hyperVGeneration: 'V1'
    osState: 'Generalized'
    osType: 'Linux'
  }
}
