#!/bin/bash
set -euo pipefail
source ../functions.sh
RG=batch-build
VM=worker-builder
VERSION=0.0.12
az vm create -g "$RG" -n $VM --image Ubuntu2204 --admin-username batch --generate-ssh-keys
IP=$(az vm list-ip-addresses -g $RG -n $VM --query "[0].virtualMachine.network.publicIpAddresses[0].ipAddress" -o tsv)
render setup.sh.in > setup.sh
az vm run-command invoke -g $RG -n $VM --command-id RunShellScript --scripts @setup.sh
ssh -o StrictHostKeyChecking=no batch@$IP 'sudo waagent -deprovision+user -force'
az vm deallocate -g $RG -n $VM
az vm generalize -g $RG -n $VM
az sig image-version delete -g $RG -r gallery -i worker -e $VERSION || true
az sig image-version create \
    --resource-group $RG \
    --gallery-name gallery \
    --gallery-image-definition worker \
    --gallery-image-version $VERSION \
    --managed-image "/subscriptions/${SUBSCRIPTION}/resourceGroups/${RG}/providers/Microsoft.Compute/virtualMachines/${VM}"
az vm delete -g $RG -n $VM --yes
