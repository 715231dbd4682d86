@allowed(['Generalized', 'Specialized'])
param osState string
param source string = resourceId('Microsoft.Compute/virtualMachines', 'vm-build')

var images = {
  base: { sku: '24_04' }
}

module definition 'modules/image.bicep' = [for name in objectKeys(images): {
  name: 'image-${name}'
  params: {
    name: name
    sku: images[name].sku
    state: osState
    vm: source
  }
}]
