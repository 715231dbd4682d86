#!/bin/bash
set -e
options=""
while [ $# -gt 0 ]; do
  case $1 in
    -o|--overwrite) options+=" -force"; shift ;;
    -i|--image) image_file=$2; shift; shift ;;
  esac
done
image_name=$(basename "$image_file" .json)
packer build $options -var-file options.json "$image_file"
image_id=$(az image list -g rg-hpc --query "[?name=='$image_name'].id" -o tsv)
az sig image-definition create -g rg-hpc -r hpc -i "$image_name" -p hpc -f hpc -s "$image_name" --os-type Linux
az sig image-version create -g rg-hpc -r hpc -i "$image_name" -e 1.0.0 --managed-image "$image_id"
