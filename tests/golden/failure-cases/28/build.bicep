resource build 'Microsoft.VirtualMachineImages/imageTemplates@2024-02-01' = {
  name: 'desktop'
  location: 'westeurope'
  properties: {
    source: { type: 'PlatformImage', publisher: 'MicrosoftWindowsDesktop', offer: 'windows-11', sku: 'win11-23h2-ent', version: '22631.3447.240405' }
    customize: [
      { type: 'PowerShell', inline: ['Set-Content C:\\DeprovisioningScript.ps1 "Write-Output done"'] }
    ]
    distribute: [
      { type: 'SharedImage', runOutputName: 'desktop', galleryImageId: '/subscriptions/7d1c3a52-0000-4000-8000-5f0a6c2e9b11/resourceGroups/rg-images/providers/Microsoft.Compute/galleries/contoso/images/desktop', replicationRegions: ['westeurope'] }
    ]
  }
}
