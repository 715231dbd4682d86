using 'image.bicep'
param osState = 'Specialized'
param vmName = 'vm-build'
