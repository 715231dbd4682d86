#!/bin/bash
set -e
vhd="$1"
name="$2"
az storage blob upload --account-name pub --container-name vhds --type page --file "$vhd" --name "$name.vhd"
az disk create -g pub -n "$name" --source "https://pub.blob.core.windows.net/vhds/$name.vhd" --os-type Linux
disk_id=$(az disk show -g pub -n "$name" --query id -o tsv)
az image create -g pub -n "$name" --source "$disk_id" --os-type Linux
image_id=$(az image show -g pub -n "$name" --query id -o tsv)
# az sig image-definition create -g pub -r gal -i dist --os-type Linux --os-state Specialized
: <<'COMMENT'
az vm generalize -g pub -n never
COMMENT
az sig image-version create -g pub -r gal -i dist -e 1.0.0 --managed-image "$image_id"
az image delete -g pub -n "$name"
az disk delete -g pub -n "$name" --yes
