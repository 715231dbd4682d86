# First: sysprep /generalize /oobe inside the machine
$vm = Get-AzVm -ResourceGroupName $rg -Name $name
Stop-AzVM -ResourceGroupName $rg -Name $name -Force
Set-AzVm -ResourceGroupName $rg -Name $name -Generalized
$snapshotConfig = New-AzSnapshotConfig -SourceUri $vm.StorageProfile.OsDisk.ManagedDisk.Id -CreateOption Copy -Location westus
$snapshot = New-AzSnapshot -Snapshot $snapshotConfig -SnapshotName snap -ResourceGroupName $rg
$imageConfig = New-AzImageConfig -Location westus
$imageConfig = Set-AzImageOsDisk -Image $imageConfig -OsState Generalized -OsType Windows -SnapshotId $snapshot.Id
new-azimage -ImageName img -ResourceGroupName $rg -Image $imageConfig
