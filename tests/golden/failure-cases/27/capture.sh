az vm run-command invoke -g rg-images -n vm-build --command-id RunPowerShellScript --scripts "Start-Process C:\\Windows\\System32\\Sysprep\\sysprep.exe -ArgumentList '/generalize /oobe /quit'"
az vm deallocate -g rg-images -n vm-build
az vm generalize -g rg-images -n vm-build
az image create -g rg-images -n web --source vm-build --hyper-v-generation V2
