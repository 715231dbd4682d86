param($ResourceGroup = "rg-agents", $DiskUri)
az image create --resource-group $ResourceGroup --name agent-image --os-type Windows --source $DiskUri | Out-Null
az vmss create `
  --resource-group $ResourceGroup `
  --name agents `
  --image agent-image `
  --admin-username agent `
  --admin-password $env:PASSWORD `
  --upgrade-policy-mode manual
