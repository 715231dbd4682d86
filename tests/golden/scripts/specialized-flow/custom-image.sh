#!/bin/bash
az group create --name "my resources" --location eastus
az vm create --resource-group "my resources" --name "my vm" --image Ubuntu2204 --admin-username azureuser --generate-ssh-keys
az sig create --resource-group "my resources" --gallery-name myGallery
az sig image-definition create --resource-group "my resources" --gallery-name myGallery --gallery-image-definition myDefinition \
  --publisher mine --offer mine --sku mine --os-type Linux --os-state specialized
# az sig image-definition create --resource-group "my resources" --gallery-name myGallery --gallery-image-definition other --os-state generalized
vm=$(az vm show --resource-group "my resources" --name "my vm" --query id --output tsv)
az sig image-version create --resource-group "my resources" --gallery-name myGallery --gallery-image-definition myDefinition \
  --gallery-image-version 1.0.0 --target-regions eastus=1 --managed-image "$vm"
definition=$(az sig image-definition show --resource-group "my resources" --gallery-name myGallery --gallery-image-definition myDefinition --query id --output tsv)
az vmss create --resource-group "my resources" --name scale --image "$definition" --specialized
