#!/bin/bash
group=$1
vm=$2
image=$3
az vm deallocate --resource-group $group --name $vm
az vm generalize --resource-group $group --name $vm
if [ -z "$4" ]; then
  az image create --resource-group $group --name $image --source $vm
else
  az image create --resource-group $group --name $image --source $vm
fi
disk=$(az vm show -g $group -n $vm --query storageProfile.osDisk.managedDisk.id -o tsv)
az vm delete -g $group -n $vm --yes
az disk delete --ids $disk --yes
