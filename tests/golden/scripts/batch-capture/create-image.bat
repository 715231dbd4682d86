@ECHO OFF
SET GROUP=rg-stream
SET VMNAME=stream-vm
REM The machine was prepared by another script.
CALL az image create ^
  --resource-group %GROUP% ^
  --name stream-image ^
  --source %VMNAME%
