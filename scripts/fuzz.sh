#!/usr/bin/env bash
# The long fuzz run: every parser of untrusted input on broken input, each target in a process of its own. Prints a line a target
# (executions, executions a second, the slowest one's processor time and the most bytes allocated, each with its number, findings) and the
# total; fails when there is a finding. Findings, with their inputs and the line that replays them, and the figures go to FOLDER: a second
# run with the same FOLDER goes on where the first one ended.
# Usage: scripts/fuzz.sh [SECONDS_PER_TARGET | --executions N_PER_TARGET | --total N] [FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."
case ${1:-30} in
  --executions) budget=(--count "$2"); shift 2 ;;
  --total) budget=(--count 100000 --total "$2"); shift 2 ;;
  *) budget=(--seconds "${1:-30}" --count 1000000000); shift $(($# > 0 ? 1 : 0)) ;;
esac
folder=${1:-$(mktemp -d)}
log=$(mktemp)
dotnet build tests/DeployGate.Fuzz -c Release --nologo -v quiet > "$log" || { cat "$log"; exit 1; }
rm -f "$log"
# A copy, so that a build in the meantime does not pull the files away; below the project, where the repository is found from.
copy=tests/DeployGate.Fuzz/bin/run-$$
cp -r tests/DeployGate.Fuzz/bin/Release/net10.0 "$copy"
trap 'rm -rf "$copy"' EXIT
echo "findings and figures: $folder"
# Profiles cost time before they pay, and every round of a target is a process of its own.
DOTNET_TieredPGO=0 dotnet "$copy/DeployGate.Fuzz.dll" "${budget[@]}" --out "$folder"
