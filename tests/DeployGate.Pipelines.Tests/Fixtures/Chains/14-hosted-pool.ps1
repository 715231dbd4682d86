$rg = "pool"
$VM = New-AzVMConfig -VMName build `
  -VMSize Standard_D8
$VM = Set-AzVMOperatingSystem -VM $VM -Windows -ComputerName build -Credential $Credential
$VM = Set-AzVMSourceImage -VM $VM -PublisherName MicrosoftWindowsDesktop -Offer o -Skus s -Version latest
New-AzVm `
  -ResourceGroupName $rg `
  -Location westus `
  -VM $VM
$run = Invoke-AzVMRunCommand -ResourceGroupName $rg -VMName build -CommandId RunPowerShellScript -ScriptPath provision.ps1 >> $Log
Restart-AzVM -ResourceGroupName $rg -Name build
Invoke-AzVMRunCommand -ResourceGroupName $rg -VMName build -CommandId RunPowerShellScript -ScriptPath sysprep.ps1
do {
  Start-Sleep -Seconds 10
  $s = (Get-AzVM -ResourceGroupName $rg -Name build -Status).Statuses[1].Code
} until ($s -eq "PowerState/stopped")
Stop-AzVM -ResourceGroupName $rg -Name build -Force
Set-AzVM -ResourceGroupName $rg -Name build -Generalized
$VM = Get-AzVM -ResourceGroupName $rg -Name build
New-AzGalleryImageDefinition -ResourceGroupName $rg -GalleryName g -Name d -Location westus -OsState generalized -OsType Windows -Publisher p -Offer o -Sku s
New-AzGalleryImageVersion -ResourceGroupName $rg -GalleryName g -GalleryImageDefinitionName d -Name 1.0.0 -Location westus -SourceImageVMId $VM.ID
