#!/usr/bin/env bash
# Wall time of `check examples/golden-image` of the shipped build, beside an empty .NET console program that is compiled beforehand with its
# framework, and beside one that is trimmed as well: medians of ten runs each, taken in turn, and the ratios. Usage: scripts/startup.sh [RUNS]
# TOOL, EMPTY and TRIMMED name builds that are there already.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/measure.sh
runs=${1:-10}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

tool=${TOOL:-$work/tool/deploygate}
empty=${EMPTY:-$work/emptyout/empty}
trimmed=${TRIMMED:-$work/trimmedout/empty}
[ -n "${TOOL:-}" ] || scripts/publish.sh "$work/tool"
[ -n "${EMPTY:-}" ] || publish_empty "$work/whole" "$work/emptyout"
[ -n "${TRIMMED:-}" ] || publish_empty "$work/less" "$work/trimmedout" publish_trimmed

gate=("$tool" check examples/golden-image --state examples/golden-image/facts)
for i in $(seq 0 "$runs"); do
  # The first of each warms the file cache.
  [ "$i" -ne 1 ] || rm -f "$work"/*.times
  measure "$empty" >> "$work/empty.times"
  measure "$trimmed" >> "$work/trimmed.times"
  measure "${gate[@]}" >> "$work/gate.times"
done
awk -v e="$(median < "$work/empty.times")" -v t="$(median < "$work/trimmed.times")" -v c="$(median < "$work/gate.times")" -v n="$runs" 'BEGIN {
  printf "empty program %.1f ms, trimmed %.1f ms, check examples/golden-image %.1f ms: ratio %.2f, to the trimmed one %.2f (medians of %d)\n", e / 1000, t / 1000, c / 1000, c / e, c / t, n }'
