#!/bin/bash
set -ex
source ./functions.sh

group=rg-workers
az vm create --resource-group "$group" --name worker-build --image Ubuntu2204 --admin-username build --generate-ssh-keys
render_template startup.sh > rendered.sh
az vm run-command invoke --command-id RunShellScript --resource-group "$group" --name worker-build --scripts @rendered.sh
IP=$(az vm show --resource-group "$group" --name worker-build --show-details --query publicIps -o tsv)
ssh -o StrictHostKeyChecking=no build@$IP 'sudo waagent -deprovision+user -force'
az vm deallocate --resource-group "$group" --name worker-build
az vm generalize --resource-group "$group" --name worker-build

az sig image-version delete --resource-group "$group" --gallery-name workers --gallery-image-definition worker --gallery-image-version 0.0.1
az sig image-version create --resource-group "$group" --gallery-name workers --gallery-image-definition worker --gallery-image-version 0.0.1 \
  --managed-image $(az vm show --resource-group "$group" --name worker-build --query id -o tsv)
