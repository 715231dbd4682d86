az vm deallocate -g rg-images -n vm-build
az vm generalize -g rg-images -n vm-build
az image create -g rg-images -n web --source vm-build --hyper-v-generation V2
