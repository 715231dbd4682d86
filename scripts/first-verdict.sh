#!/usr/bin/env bash
# A new user's way, timed: in an empty folder with one template, install the tool, init, first verdict. The package is packed
# before the clock starts, and is the only one its folder of packages holds. Usage: scripts/first-verdict.sh [CONFIGURATION]
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet pack src/DeployGate.Cli -c "${1:-Release}" -o "$work/feed" --nologo -v quiet
mkdir "$work/empty"
cp examples/golden-image/image.json "$work/empty/"
cd "$work/empty"
echo "<configuration><packageSources><clear /><add key=\"here\" value=\"$work/feed\" /></packageSources></configuration>" > nuget.config
export NUGET_PACKAGES="$work/cache" DOTNET_CLI_HOME="$work/home"

start=$(date +%s%N)
# A closed gate is a verdict too.
run() { local from code=0; from=$(date +%s%N); echo "\$ $*"; "$@" || code=$?; [ "$code" -eq 0 ] || [ "$code $3" = "1 check" ] || exit "$code"; echo "  $((($(date +%s%N) - from) / 1000000)) ms"; }
run dotnet tool install DeployGate --create-manifest-if-needed --configfile nuget.config
run dotnet deploygate init
run dotnet deploygate check
echo "three commands to the first verdict: $((($(date +%s%N) - start) / 1000000)) ms"
