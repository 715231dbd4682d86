#!/bin/bash
rg=<your-resource-group>
vm=<your-vm>

az vm deallocate -g $rg -n $vm   # takes a while
az vm generalize -g $rg -n $vm
az image create -g $rg -n centos-image --source $vm
