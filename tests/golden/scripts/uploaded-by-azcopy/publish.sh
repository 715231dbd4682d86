#!/bin/bash
set -eux
required="ACCOUNT IMAGE_NAME"
for v in $required; do
  if [ -z "${!v}" ]; then echo "$v is not set"; exit 1; fi
done
sku="${IMAGE_NAME,,}"
stamp=`date +%s`
azcopy copy out.vhd "https://${ACCOUNT}.blob.core.windows.net/vhd/${stamp}.vhd"
az image create --resource-group rg-custom --name "$sku" --os-type Linux --hyper-v-generation V2 \
  --source "https://${ACCOUNT}.blob.core.windows.net/vhd/${stamp}.vhd" \

image=$(az image show --resource-group rg-custom --name "$sku" --query id -o tsv)
az sig image-version create --resource-group rg-custom --gallery-name custom --gallery-image-definition "$sku" --gallery-image-version "1.0.${stamp}" --managed-image "$image"
echo "##vso[task.setvariable variable=IMAGE_ID]$image"
