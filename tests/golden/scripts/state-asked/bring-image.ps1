$imageState = Read-Host "Generalized or Specialized?"
$vm = Get-AzVM -ResourceGroupName rg-lab -Name lab-vm
New-AzGalleryImageDefinition -ResourceGroupName rg-lab -GalleryName lab -Name lab-image -Location westeurope -OsState $imageState -OsType Windows -Publisher lab -Offer lab -Sku lab
if ($imageState -eq 'Specialized') {
    New-AzGalleryImageVersion -ResourceGroupName rg-lab -GalleryName lab -GalleryImageDefinitionName lab-image -Name 1.0.0 -Location westeurope -SourceImageId $vm.Id
} else {
    New-AzGalleryImageVersion -ResourceGroupName rg-lab -GalleryName lab -GalleryImageDefinitionName lab-image -Name 1.0.0 -Location westeurope -OSDiskImage @{ Source = @{ Id = $vm.StorageProfile.OsDisk.ManagedDisk.Id } }
}
