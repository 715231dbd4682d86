#!/usr/bin/env bash
# Publishes the tool as it is shipped, for this operating system and processor: self-contained, the framework and the tool
# compiled together (docs/adr/0023-composite-ready-to-run.md), without what nobody calls (docs/adr/0043-trimmed.md).
# Usage: scripts/publish.sh FOLDER
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/measure.sh
target=${1:?usage: scripts/publish.sh FOLDER}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A copy, so that a publish for one platform touches neither the lock files nor the build output of the repository.
tar -c --exclude=bin --exclude=obj --exclude=packages.lock.json src policies packaging Directory.Build.props Directory.Packages.props global.json .editorconfig \
  | tar -x -C "$work"
publish_trimmed "$work/src/DeployGate.Cli" "$target" -p:SourceRevisionId="$(git rev-parse HEAD)"
