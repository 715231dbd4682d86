#!/bin/bash
while (( "$#" )); do
  case "$1" in
    -i|--image) PACKER_FILE=${2}; shift 2 ;;
    *) shift ;;
  esac
done
image_name=$(basename "$PACKER_FILE")
image_name="${image_name%.*}"
packer build -timestamp-ui $OPTIONS -var-file options.json $PACKER_FILE
image_id=$(az image list -g $RG --query "[?name=='$image_name'].id" -o tsv)
az sig image-definition show -r gal -g $RG -i $image_name > /dev/null || \
  az sig image-definition create -r gal -g $RG -i $image_name --publisher p --offer $image_name --sku s --os-type Linux
az sig image-version create -r gal -g $RG -i $image_name -e 1.0.0 --managed-image $image_id
