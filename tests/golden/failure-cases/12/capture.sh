az vm deallocate -g rg-images -n vm-build --subscription 7d1c3a52-0000-4000-8000-5f0a6c2e9b11
az sig image-version create -g rg-images -r contoso -i desktop -e 1.0.0 --subscription 7d1c3a52-0000-4000-8000-5f0a6c2e9b11 --virtual-machine /subscriptions/7d1c3a52-0000-4000-8000-5f0a6c2e9b11/resourceGroups/rg-images/providers/Microsoft.Compute/virtualMachines/vm-build
