$group = "rg-stream"
$name = "stream-vm"
Stop-AzVM -ResourceGroupName $group -Name $name -Force
Set-AzVM -ResourceGroupName $group -Name $name -Generalized
