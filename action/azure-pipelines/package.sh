#!/usr/bin/env bash
# Builds the task and packages it as out/deploygate.vsix: npm ci && npm run package.
set -euo pipefail
cd "$(dirname "$0")"
rm -rf out
npm run --silent build
cp task/task.json ../../packaging/icon.png out/task/
cp vss-extension.json README.md ../../LICENSE ../../packaging/icon.png out/
# Only what the task needs when it runs, from the same lock file.
cp package.json package-lock.json .npmrc out/task/
npm ci --prefix out/task --omit=dev --silent --no-audit --no-fund
rm out/task/package-lock.json out/task/.npmrc
npx --no-install tfx extension create --no-prompt --root out --manifest-globs vss-extension.json --output-path out/deploygate.vsix
