#!/usr/bin/env bash
# Whole processes of the shipped build, each figure beside its floor in the same run: a cold start beside an empty program, a generated
# organisation at 1, 2 and 4 times its files, one core beside two, a part of a divided run beside the whole, peak memory beside the
# input. COSTS=1 adds the control plane and the inspection of disks by their own scripts. Needs GNU time and taskset.
# Usage: [COSTS=1] scripts/benchmarks.sh [RUNS [REPOSITORIES]]
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/measure.sh
runs=${1:-5}
repositories=${2:-500}
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# TOOL and EMPTY name builds that are there already; a publish takes minutes.
tool=${TOOL:-$work/tool/deploygate}
empty=${EMPTY:-$work/emptyout/empty}
[ -n "${TOOL:-}" ] || scripts/publish.sh "$work/tool"
[ -n "${EMPTY:-}" ] || publish_empty "$work" "$work/emptyout"
dotnet build tests/DeployGate.Benchmarks -c Release --nologo -v quiet > /dev/null

row() { printf '%-34s %10s %10s %10s  %s\n' "$@"; }
# Wall seconds, user seconds and peak megabytes of a command: of each the median of the runs.
cost() {
  local i
  rm -f "$work/costs"
  for ((i = 0; i < runs; i++)); do
    env time -a -o "$work/costs" -f '%e %U %M' "$@" > /dev/null 2>&1 || true
  done
  # A command whose exit code is not 0 (a closed gate) is reported by a line of its own.
  grep -E '^[0-9.]+ [0-9.]+ [0-9]+$' "$work/costs" > "$work/plain"
  echo "$(cut -d' ' -f1 "$work/plain" | median_of) $(cut -d' ' -f2 "$work/plain" | median_of) $(($(cut -d' ' -f3 "$work/plain" | median_of) / 1024))"
}
median_of() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
megabytes_of() { find "$1" -type f -printf '%s\n' | awk '{ sum += $1 } END { printf "%.1f", sum / 1048576 }'; }
goal_of() { awk -v m="$1" 'BEGIN { printf "%.0f", 80 + 4 * m }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf (b > 0 ? "%.2f" : "-"), a / (b > 0 ? b : 1) }'; }

echo "$(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), load $(cut -d' ' -f1 /proc/loadavg), medians of $runs"
row what 'wall s' 'user s' 'peak MB' 'beside its floor'
read -r wall user peak < <(cost "$empty")
row 'empty program' "$wall" "$user" "$peak" floor
gate=("$tool" check examples/golden-image --state examples/golden-image/facts)
for ((i = 0; i < runs * 3; i++)); do
  measure "$empty" >> "$work/empty.times"
  measure "${gate[@]}" >> "$work/gate.times"
done
read -r wall user peak < <(cost "${gate[@]}")
row 'check examples/golden-image' "$wall" "$user" "$peak" "$(ratio "$(median < "$work/gate.times")" "$(median < "$work/empty.times")") times the empty program (in turn, $((runs * 3)) each); goal 4"

first=
for times in 1 2 4; do
  folder=$work/organisation-$times
  dotnet "$root/tests/DeployGate.Benchmarks/bin/Release/net10.0/DeployGate.Benchmarks.dll" organisation "$folder" $((repositories * times))
  files=$(find "$folder" -type f | wc -l)
  megabytes=$(megabytes_of "$folder")
  (cd "$folder" && find . -type f -exec cat {} +) > /dev/null
  read -r wall user peak < <(cost "$tool" check "$folder" --offline --quiet)
  first=${first:-$wall}
  row "organisation, $files files" "$wall" "$user" "$peak" "$(ratio "$wall" "$first") times 1x ($times times the files; goal 4.4 at 4); input $megabytes MB, memory goal $(goal_of "$megabytes") MB"
done
read -r alone user peak < <(cost taskset -c 0 "$tool" check "$folder" --offline --quiet)
row 'the last, on one core' "$alone" "$user" "$peak" "$(ratio "$alone" "$wall") times all cores; goal 1.7 of two"

# Other formats than text may be many times as large as what was read, and need no more memory for that.
for format in json sarif; do
  read -r written user peak < <(cost "$tool" check "$folder" --offline --quiet --report "$format=$work/report.$format")
  row "the last, report in $format" "$written" "$user" "$peak" "$(ratio "$written" "$wall") times text; $(megabytes_of "$work/report.$format") MB written, memory goal $(goal_of "$megabytes") MB"
done

# A run in parts: what each of four machines takes, and what joining them takes.
mkdir "$work/parts"
for index in 1 2 3 4; do
  "$tool" check "$folder" --offline --quiet --shard "$index/4" --report "json=$work/parts/$index.json" > /dev/null || true
done
read -r part user peak < <(cost "$tool" check "$folder" --offline --quiet --shard 2/4 --report "json=$work/part.json")
row 'the last, part 2 of 4' "$part" "$user" "$peak" "$(ratio "$part" "$wall") times the whole run"
read -r joined user peak < <(cost "$tool" merge "$work/parts" --report "json=$work/merged.json")
input=$(megabytes_of "$work/parts")
row 'the four parts, merged' "$joined" "$user" "$peak" "$(ratio "$joined" "$wall") times the whole run; input $input MB, memory goal $(goal_of "$input") MB"

if [ "${COSTS:-}" = 1 ]; then
  scripts/live-cost.sh
  scripts/inspect-cost.sh "$runs"
fi
