if (Test-Path $env:SystemRoot\\System32\\Sysprep\\unattend.xml) {
    Remove-Item $env:SystemRoot\\System32\\Sysprep\\unattend.xml -Force
}
& $env:SystemRoot\\System32\\Sysprep\\Sysprep.exe /oobe /generalize /mode:vm /quiet /quit
while ($true) {
    $state = (Get-ItemProperty HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State).ImageState
    if ($state -eq 'IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE') { break }
    Start-Sleep -Seconds 10
}
