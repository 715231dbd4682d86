#!/usr/bin/env bash
# Writes the documents as a static site into a folder that is not there yet: scripts/site.sh OUT
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:?usage: scripts/site.sh OUT}
dotnet run --project tools/DeployGate.Site -- . "$out"
