#!/bin/sh
# What live lookups cost: 1,000 references to 200 images against a loopback Azure with 20 ms latency.
set -eu
cd "$(dirname "$0")/.."
exec dotnet run --project tests/DeployGate.LiveCost --configuration Release
