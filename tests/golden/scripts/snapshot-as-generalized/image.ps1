# First: run sysprep in the machine.
$vmName = "render-vm"
$rgName = "rg-render"
Stop-AzVM -ResourceGroupName $rgName -Name $vmName -Force
Set-AzVm -ResourceGroupName $rgName -Name $vmName -Generalized
$vm = get-azvm -ResourceGroupName $rgName -Name $vmName
$snapshotConfig = New-AzSnapshotConfig -SourceUri $vm.StorageProfile.OsDisk.ManagedDisk.Id -Location westeurope -CreateOption copy
$snapshot = New-AzSnapshot -Snapshot $snapshotConfig -SnapshotName render-snapshot -ResourceGroupName $rgName
$imageConfig = New-AzImageConfig -Location westeurope
$imageConfig = Set-AzImageOsDisk -Image $imageConfig -OsState Generalized -OsType Windows -SnapshotId $snapshot.Id
New-AzImage -ImageName render-image -ResourceGroupName $rgName -Image $imageConfig
