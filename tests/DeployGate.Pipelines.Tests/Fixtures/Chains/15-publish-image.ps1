param([string]$ResourceGroup, [string]$VmName)
function New-TempVm([string]$DiskId) {
    $config = New-AzVMConfig -VMName temp -VMSize Standard_D2
    $config = Set-AzVMOSDisk -VM $config -ManagedDiskId $DiskId -CreateOption Attach -Windows
    New-AzVM -ResourceGroupName $ResourceGroup -Location westus -VM $config | Out-Null
    return Get-AzVM -ResourceGroupName $ResourceGroup -Name temp
}
function Add-ImageToAzGallery {
    param([string]$SourceVmId, [string]$ImageSourceId)
    New-AzGalleryImageVersion -ResourceGroupName $ResourceGroup -GalleryName g -GalleryImageDefinitionName d -Name 1.0.0 -Location westus -SourceImageId $ImageSourceId
}
$vm = Get-AzVM -ResourceGroupName $ResourceGroup -Name $VmName
$snapshotConfig = New-AzSnapshotConfig -SourceUri $vm.StorageProfile.OsDisk.ManagedDisk.Id -CreateOption Copy -Location westus
$snapshot = New-AzSnapshot -Snapshot $snapshotConfig -SnapshotName temp -ResourceGroupName $ResourceGroup
$diskConfig = New-AzDiskConfig -SourceResourceId $snapshot.Id -CreateOption Copy -Location westus
$disk = New-AzDisk -Disk $diskConfig -ResourceGroupName $ResourceGroup -DiskName temp
$tempVm = New-TempVm $disk.Id
Write-Host "Log in and run sysprep.exe /generalize /oobe /shutdown"
do { Start-Sleep 30; $status = (Get-AzVM -ResourceGroupName $ResourceGroup -Name temp -Status).Statuses.Code } until ($status -contains 'PowerState/stopped')
Stop-AzVM -ResourceGroupName $ResourceGroup -Name temp -Force
Set-AzVM -ResourceGroupName $ResourceGroup -Name temp -Generalized
Add-ImageToAzGallery $vm.Id $tempVm.Id
