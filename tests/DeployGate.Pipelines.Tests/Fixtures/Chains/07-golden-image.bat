@echo off
REM the image is made of the prepared machine
CALL az image create ^
  --resource-group %RG% ^
  --name %IMAGENAME% ^
  --source %VMNAME%
