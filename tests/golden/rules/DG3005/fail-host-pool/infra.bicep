param prefix string = 'avd'

resource desktop 'Microsoft.Compute/galleries/images@2024-03-03' = {
  name: 'contoso/desktop'
  location: 'westeurope'
  properties: { osType: 'Windows', osState: 'Specialized', hyperVGeneration: 'V2' }
}

var hosts = {
  namePrefix: prefix
  imageType: 'CustomImage'
  customImageId: desktop.id
  vmSize: { id: 'Standard_D4s_v5', cores: 4, ram: 16 }
}

resource pool 'Microsoft.DesktopVirtualization/hostPools@2024-04-03' = {
  name: 'pool'
  location: 'westeurope'
  properties: { hostPoolType: 'Pooled', loadBalancerType: 'BreadthFirst', preferredAppGroupType: 'Desktop', vmTemplate: string(hosts) }
}
