#!/bin/bash
set -euo pipefail
az storage blob upload --account-name appliances --container-name vhds --type page --file "$1" --name appliance.vhd
# az sig image-definition create -g rg-appliance -r appliances -i appliance --os-state Specialized --os-type Linux -p Own -f Own -s Own
az disk create -g rg-appliance -n appliance-disk --source https://appliances.blob.core.windows.net/vhds/appliance.vhd --os-type Linux --hyper-v-generation V2
disk_id=$(az disk show -g rg-appliance -n appliance-disk --query id -o tsv)
az image create -g rg-appliance -n appliance-image --source "$disk_id" --os-type Linux --hyper-v-generation V2
image_id=$(az image show -g rg-appliance -n appliance-image --query id -o tsv)
az sig image-version create -g rg-appliance -r appliances -i appliance -e 1.0.0 --managed-image "$image_id"
az image delete -g rg-appliance -n appliance-image
az disk delete -g rg-appliance -n appliance-disk --yes
az storage blob delete --account-name appliances --container-name vhds --name appliance.vhd
