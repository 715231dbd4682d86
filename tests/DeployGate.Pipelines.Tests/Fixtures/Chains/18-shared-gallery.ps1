$imageState = Read-Host 'Generalized or Specialized'
$vm = Get-AzVM -ResourceGroupName lab -Name source
New-AzGalleryImageDefinition -GalleryName g -ResourceGroupName lab -Location westus -Name d -OsState $imageState -OsType Windows -Publisher p -Offer o -Sku s
if ($imageState -eq 'Specialized') {
    New-AzGalleryImageVersion -GalleryImageDefinitionName d -Name 1.0.0 -GalleryName g -ResourceGroupName lab -Location westus -SourceImageId $vm.Id
} else {
    $osDisk = @{ Source = @{ Id = $vm.StorageProfile.OsDisk.ManagedDisk.Id } }
    New-AzGalleryImageVersion -GalleryImageDefinitionName d -Name 1.0.0 -GalleryName g -ResourceGroupName lab -Location westus -OSDiskImage $osDisk
}
