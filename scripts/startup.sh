#!/usr/bin/env bash
# Wall time of `check examples/golden-image` from a ReadyToRun publish, beside an empty .NET console program published alike:
# medians of ten runs each, taken in turn, and the ratio. Usage: scripts/startup.sh [RUNS]
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/measure.sh
runs=${1:-10}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

scripts/publish.sh "$work/tool"
publish_empty "$work" "$work/emptyout"

gate=("$work/tool/deploygate" check examples/golden-image --state examples/golden-image/facts)
measure "$work/emptyout/empty" > /dev/null
measure "${gate[@]}" > /dev/null
for _ in $(seq "$runs"); do
  measure "$work/emptyout/empty" >> "$work/empty.times"
  measure "${gate[@]}" >> "$work/gate.times"
done
empty=$(median < "$work/empty.times")
check=$(median < "$work/gate.times")
awk -v e="$empty" -v c="$check" -v n="$runs" \
  'BEGIN { printf "empty program %.1f ms, check examples/golden-image %.1f ms, ratio %.2f (medians of %d)\n", e / 1000, c / 1000, c / e, n }'
