$vm = Get-AzVM -ResourceGroupName $ResourceGroup -Name $VMName
$config = New-AzImageConfig -Location $Location -SourceVirtualMachineId $vm.ID -HyperVGeneration V2
New-AzImage -Image $config -ImageName $ImageName -ResourceGroupName $ResourceGroup
