az image create -g rg-images -n appliance --os-type Linux --hyper-v-generation V1 --source https://contoso.blob.core.windows.net/vhds/appliance.vhd
