param([String] $OsDiskUrl, [String] $ResourceGroup, [String] $Name)
az image create --resource-group $ResourceGroup --name $Name --source $OsDiskUrl --os-type Windows
az vmss create --name "${Name}-set" --resource-group $ResourceGroup --image $Name --admin-username runner --instance-count 0
