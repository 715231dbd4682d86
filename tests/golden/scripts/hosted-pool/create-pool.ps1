param(
    [string]$ResourceGroup = 'rg-pool',
    [string]$Location = 'westeurope',
    [string]$Arch = 'x64'
)
$ErrorActionPreference = 'Stop'
$LogFile = 'log.txt'
$VMName = 'pool-build'
$Credential = New-Object System.Management.Automation.PSCredential 'builder', (ConvertTo-SecureString $env:PASSWORD -AsPlainText -Force)
$VM = New-AzVMConfig -VMName $VMName -VMSize 'Standard_D4s_v5'
$VM = Set-AzVMOperatingSystem `
    -VM $VM `
    -Windows `
    -ComputerName $VMName `
    -Credential $Credential
$VM = Set-AzVMSourceImage -VM $VM -PublisherName MicrosoftWindowsServer -Offer WindowsServer -Skus 2022-datacenter-g2 -Version latest
New-AzVm -ResourceGroupName $ResourceGroup -Location $Location -VM $VM >> $LogFile

Invoke-AzVMRunCommand -ResourceGroupName $ResourceGroup -VMName $VMName -CommandId RunPowerShellScript -ScriptPath "$PSScriptRoot\provision.ps1" >> $LogFile
Restart-AzVM -ResourceGroupName $ResourceGroup -Name $VMName >> $LogFile
Invoke-AzVMRunCommand -ResourceGroupName $ResourceGroup -VMName $VMName -CommandId RunPowerShellScript -ScriptString 'C:\Windows\System32\Sysprep\sysprep.exe /oobe /generalize /mode:vm /shutdown' >> $LogFile
do {
    Start-Sleep -Seconds 5
    $Status = (Get-AzVM -ResourceGroupName $ResourceGroup -Name $VMName -Status).Statuses | Where-Object { $_.Code -like 'PowerState*' }
} until ($Status.Code -eq 'PowerState/stopped')
Stop-AzVM -ResourceGroupName $ResourceGroup -Name $VMName -Force >> $LogFile
Set-AzVM -ResourceGroupName $ResourceGroup -Name $VMName -Generalized >> $LogFile

$VM = Get-AzVM -ResourceGroupName $ResourceGroup -Name $VMName
if ($Arch -eq 'arm64') {
    New-AzGalleryImageDefinition -ResourceGroupName $ResourceGroup -GalleryName pool -Name pool -Location $Location -OsState Generalized -OsType Windows -Publisher own -Offer own -Sku own -Architecture Arm64
} else {
    New-AzGalleryImageDefinition -ResourceGroupName $ResourceGroup -GalleryName pool -Name pool -Location $Location -OsState Generalized -OsType Windows -Publisher own -Offer own -Sku own
}
New-AzGalleryImageVersion -ResourceGroupName $ResourceGroup -GalleryName pool -GalleryImageDefinitionName pool -Name 1.0.0 -Location $Location -SourceImageVMId $VM.ID
