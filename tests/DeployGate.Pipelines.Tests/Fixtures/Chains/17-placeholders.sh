#!/bin/bash
rg=<your-resource-group>
vm=<your-vm>
az vm deallocate -g $rg -n $vm
az vm generalize -g $rg -n $vm # only when deprovisioned
az image create -g $rg -n centos --source $vm
