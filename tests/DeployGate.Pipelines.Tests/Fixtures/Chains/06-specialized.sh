#!/bin/bash
group="Custom Images"
az vm create --resource-group "$group" --name "source vm" --image Ubuntu2204 --generate-ssh-keys
az sig image-definition create -g "$group" --gallery-name gal --gallery-image-definition def --publisher p --offer o --sku s --os-type linux --os-state specialized
# az sig image-definition create -g "$group" -r gal -i other --os-state generalized
az sig image-version create -g "$group" -r gal -i def -e 1.0.0 --managed-image "/subscriptions/$SUB/resourceGroups/$group/providers/Microsoft.Compute/virtualMachines/source vm"
az vmss create -g "$group" -n set --image "/subscriptions/$SUB/resourceGroups/$group/providers/Microsoft.Compute/galleries/gal/images/def" --specialized
