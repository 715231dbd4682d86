Write-Host 'Installing tools'
New-Item -ItemType Directory C:\Tools
