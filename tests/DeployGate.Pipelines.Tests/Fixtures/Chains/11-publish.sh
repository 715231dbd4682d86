#!/bin/bash
set -eu
azcopy copy "out/image.vhd" "https://acct.blob.core.windows.net/vhds/image.vhd"
LOWER=${IMAGE_NAME,,}
VALUE=${!LOOKUP}
az image create \
  --resource-group rg \
  --name "img-1" \
  --source `echo https://acct.blob.core.windows.net/vhds/image.vhd` \
  --os-type Linux \

az sig image-version create -g rg -r gal -i "${LOWER}" -e 1.0.0 --managed-image "$(az image show -g rg -n img-1 | jq -r .id)"
echo "##vso[task.setvariable variable=IMAGE]img-1"
