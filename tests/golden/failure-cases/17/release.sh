az vm start -g rg-images -n vm-build
az vm generalize -g rg-images -n vm-build
