#!/usr/bin/env bash
# Wall time of `check examples/golden-image` from a ReadyToRun publish, beside an empty .NET console program published alike:
# medians of ten runs each, taken in turn, and the ratio. Usage: scripts/startup.sh [RUNS]
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-10}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

rid=$(dotnet --info | sed -n 's/^ *RID: *//p' | head -n 1)
case "$rid" in linux-*|osx-*|win-*) ;; *) rid=linux-x64 ;; esac
# The empty program is published in just the same way as the tool by scripts/publish.sh.
publish() {
  dotnet publish "$1" -c Release -r "$rid" --self-contained -p:SelfContained=true -p:PublishReadyToRun=true -p:PublishReadyToRunComposite=true \
    -p:RestorePackagesWithLockFile=false -o "$2" --nologo -v quiet
}

scripts/publish.sh "$work/tool"
mkdir "$work/empty"
cat > "$work/empty/empty.csproj" <<'P'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
</Project>
P
echo 'return 0;' > "$work/empty/Program.cs"
publish "$work/empty" "$work/emptyout"

now() { date +%s%N; }
measure() { local start; start=$(now); "$@" > /dev/null 2>&1 || true; echo $((($(now) - start) / 1000)); }
median() { sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : int((v[NR / 2] + v[NR / 2 + 1]) / 2) }'; }

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
