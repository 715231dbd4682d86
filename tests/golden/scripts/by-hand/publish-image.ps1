param([Parameter(Mandatory)][string]$VmName, [string]$Group = 'rg-hand')

function Add-ToGallery {
    param([string]$Location, [string]$SourceId)
    New-AzGalleryImageVersion -ResourceGroupName $Group -GalleryName hand -GalleryImageDefinitionName desktop -Name 2.0.0 -Location $Location -SourceImageId $SourceId
}

$source = Get-AzVM -ResourceGroupName $Group -Name $VmName
$snapshot = New-AzSnapshot -ResourceGroupName $Group -SnapshotName temp-snapshot -Snapshot (New-AzSnapshotConfig -SourceUri $source.StorageProfile.OsDisk.ManagedDisk.Id -Location westeurope -CreateOption Copy)
$disk = New-AzDisk -ResourceGroupName $Group -DiskName temp-disk -Disk (New-AzDiskConfig -Location westeurope -CreateOption Copy -SourceResourceId $snapshot.Id)
$config = New-AzVMConfig -VMName temp-vm -VMSize Standard_D2s_v5 | Set-AzVMOSDisk -ManagedDiskId $disk.Id -CreateOption Attach -Windows
New-AzVM -ResourceGroupName $Group -Location westeurope -VM $config
Write-Host 'Log in to temp-vm and run sysprep, then wait.'
do {
    Start-Sleep -Seconds 30
    $temp = Get-AzVM -ResourceGroupName $Group -Name temp-vm -Status
} until ($temp.Statuses[1].Code -eq 'PowerState/stopped')
Stop-AzVM -ResourceGroupName $Group -Name temp-vm -Force
Set-AzVM -ResourceGroupName $Group -Name temp-vm -Generalized
$tempVm = Get-AzVM -ResourceGroupName $Group -Name temp-vm
Add-ToGallery westeurope $tempVm.Id
