. ./0-config.ps1
Stop-AzVM -ResourceGroupName $ResourceGroup -Name $VMName -Force
Set-AzVM -ResourceGroupName $ResourceGroup -Name $VMName -Generalized
