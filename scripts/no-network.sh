#!/usr/bin/env bash
# Runs the built test assemblies where there is no network but the loopback, as a proof that no test needs another. Takes the names of
# projects, or runs those below. DeployGate.Disks.Tests and DeployGate.EndToEnd.Tests are left out: they install npm and Debian packages
# (Azurite, the container's base) where these are not there yet.
set -euo pipefail
cd "$(dirname "$0")/.."
configuration=${CONFIGURATION:-Debug}
if ! unshare -rn true 2> /dev/null; then
  echo "a namespace without a network needs a right that is not given here: nothing was run"
  exit 77
fi

projects=("$@")
if [ ${#projects[@]} -eq 0 ]; then
  projects=(Core Templates Pipelines ControlPlane Reporting Cli Golden)
fi

export DEPLOYGATE_AZURITE_TEST=0 DEPLOYGATE_CONTAINER_TEST=0
failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for project in "${projects[@]}"; do
  assembly=tests/DeployGate.$project.Tests/bin/$configuration/net10.0/DeployGate.$project.Tests.dll
  echo "== $project"
  [ -e "$assembly" ] || { echo "$assembly is not built"; failed=1; continue; }
  # What failed is shown whole: a run without a network is seldom at hand a second time.
  if unshare -rn bash -c 'ip link set lo up && ! ip route get 192.0.2.1 > /dev/null 2>&1 && exec dotnet "$1" -noLogo -noColor' _ "$assembly" > "$log" 2>&1; then
    tail -n 1 "$log"
  else
    cat "$log"
    failed=1
  fi
done
exit $failed
