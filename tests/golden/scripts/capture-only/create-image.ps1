$group = "rg-stream"
$vm = Get-AzVM -Name "stream-vm" -ResourceGroupName $group
$config = New-AzImageConfig -Location $vm.Location -SourceVirtualMachineId $vm.ID
New-AzImage -Image $config -ImageName "stream-image" -ResourceGroupName $group
