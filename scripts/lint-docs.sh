#!/usr/bin/env bash
# Lints every Markdown file of the repository with markdownlint, by the rules of .markdownlint-cli2.jsonc. Needs npm. What links lead to is
# checked by DocumentTests.
set -euo pipefail
cd "$(dirname "$0")/.."
npm ci --prefix scripts/lint-docs --silent --no-audit --no-fund
git ls-files -z --cached --others --exclude-standard -- '*.md' | xargs -0 scripts/lint-docs/node_modules/.bin/markdownlint-cli2 --no-globs \
  | sed '/^Finding: /d'
