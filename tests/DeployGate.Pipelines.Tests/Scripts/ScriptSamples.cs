namespace DeployGate.Pipelines.Tests.Scripts;

/// <summary>Scripts that use a bit of everything, to be cut and shuffled.</summary>
internal static class ScriptSamples
{
    internal const string Shell = """
        #!/usr/bin/env bash
        set -euo pipefail
        readonly RG="${1:?group}" LOCATION=${2:-westeurope}
        names=( vm-a "vm b" [4]=vm-c ); names+=("vm-${LOCATION,,}")
        : <<'NOTE'
        az vm generalize -g x -n y
        NOTE
        stop_all() {
          local name state; state=$(az vm show -g "$RG" -n "$1" --query 'powerState' -o tsv 2>/dev/null || true)
          if [[ -z $state || ( $state == *running* && ! $state =~ ^(a|b)+$ ) ]]; then
            az vm deallocate --resource-group "$RG" \
              --name "$1" --no-wait
          elif ! az vm list | jq -r '.[].id' | grep -q "`echo \`hostname\``"; then echo 'none' >&2
          else { sleep $((2 * (3 + ${#names[@]}))); } & fi
        }
        for name in "${names[@]}" extra-{1,2}; do stop_all "$name" && continue; done
        for ((i = 0; i < 3; i++)); do (( i += 1 )); done
        case "$LOCATION" in (west*|east*) echo w ;; north) echo n ;& *) exit 1 ;; esac
        ssh -o StrictHostKeyChecking=no "user@$(az vm show -d -g "$RG" -n a --query ip -o tsv)" <<EOF
        sudo waagent -deprovision+user -force; echo ${name%%-*} $(date)
        EOF
        while read -r line; do echo "${line//a/b} ${line:1:2} ${!line}" $'x\ty'; done < <(az group list) | tee log.txt

        """;

    internal const string PowerShell = """
        [CmdletBinding()]
        param(
            [Parameter(Mandatory = $true)][string] $VmName,
            [ValidateSet('Generalized', 'Specialized')] $State = 'Generalized'
        )
        $ErrorActionPreference = 'Stop'  # stop
        <# az vm generalize #>
        function Stop-It([string]$Name, $Group = "rg-$($env:ENV)") {
            begin { $n = 0 } process { Stop-AzVM -Name $Name -ResourceGroupName $Group -Force | Out-Null }
        }
        $tags = [ordered]@{ owner = 'me'; 'cost center' = "a`tb $VmName.x ${State}" }
        try {
            $vm = Get-AzVM -Name $VmName `
                -Status
            foreach ($s in $vm.Statuses[0..2]) { if ($s.Code -like 'PowerState/*' -and -not $s.Old) { Stop-It $vm.Name } elseif ($x) { continue } else { break } }
        } catch [System.IO.IOException], [Exception] { throw "no: $_" } finally { Write-Host 'done' *> $null }
        do { Start-Sleep -Seconds (5 * 2) } until ((Get-AzVM @tags).State -eq 'x' -or $i++ -gt 3)
        switch -Regex ($State) { '^G' { Set-AzVM -Generalized:$true } default { exit 1 } }
        $id = $vm.Id.Split('/')[-1].ToLower() -replace 'a', 'b'; $h['k'] += 1, 2, @(3; 4)
        & "$env:SystemRoot\System32\Sysprep\sysprep.exe" /generalize /oobe
        $text = @"
        hello $vm and $(az vm list | ConvertFrom-Json)
        "@
        1..3 | ForEach-Object { $_ } | ? { $_ } && az vm show || exit $LASTEXITCODE
        [IO.File]::WriteAllText("x", ('{0}' -f $text)); $a ? 1 : 2; icacls --% x /y

        """;

    internal const string Batch = """
        @echo off
        setlocal & rem nothing
        :: note
        set RG=rg-%ENV%
        set "NAME=my vm" & set /a N=1+2
        if "%RG%"=="" (echo none & exit /b 1) else if /i not %N% EQU 3 goto :end
        for /f "tokens=*" %%i in ('az vm list ^| find "x"') do (
          call :stop %%i "%~dp0x" || exit /b %ERRORLEVEL%
        )
        call az vm deallocate -g %RG% ^
          --name "%NAME:a=b%" > log.txt 2>&1
        %WINDIR%\System32\Sysprep\sysprep.exe /generalize /oobe /shutdown
        :end
        exit /b 0

        """;
}
