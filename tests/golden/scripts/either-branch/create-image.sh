#!/bin/bash
rg=$1
vm=$2
image=$3
generation=$4

az vm deallocate -g $rg -n $vm
az vm generalize -g $rg -n $vm
if [ -z "$generation" ]; then
  az image create -g $rg -n $image --source $vm
else
  az image create -g $rg -n $image --source $vm --hyper-v-generation $generation
fi
az vm delete -g $rg -n $vm --yes
az disk delete -g $rg -n ${vm}_OsDisk --yes
