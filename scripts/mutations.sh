#!/usr/bin/env bash
# Mutated images in numbers: every format with an equal share of COUNT, each in a process of its own. Prints the images tried, the
# slowest one (processor time) with its seed, and the peak memory, by format; fails when a reader crashes, an image takes 5 s or memory
# passes 256 MiB.
# Usage: scripts/mutations.sh [COUNT [FIRST-SEED]]
set -euo pipefail
cd "$(dirname "$0")/.."
count=${1:-1000000}
export DEPLOYGATE_MUTATION_SEED=${2:-1}
# The heap alone ends well below the bound, so that a reader that wants more fails by itself.
export DOTNET_GCHeapHardLimit=0xA000000
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# A copy, so that a build in the meantime does not pull the files away.
for project in Disks Guest; do
  dotnet build "tests/DeployGate.$project.Tests" -c Release --nologo -v quiet > "$work/output" || { cat "$work/output"; exit 1; }
  cp -r "tests/DeployGate.$project.Tests/bin/Release/net10.0" "$work/$project"
done

# Format, project, methods, how many images each method has to try for one of the format's share.
formats='regf Disks *A_broken_hive* 1
NTFS Disks *A_broken_volume* 1
ext Disks *Broken_ext* 4
XFS Disks *_XFS_* 4
LVM Disks *Broken_LVM* 1
VHD Disks *VHDs_are* 3
VHDX Disks *Broken_VHDXs* 2
MBR/GPT Disks *partition* 2
disks Guest *A_broken_d* 3'
share=$((count / $(wc -l <<< "$formats") + 1))
failed=0
echo "format      images  slowest (seed)     peak memory"
while read -r name project methods parts; do
  export DEPLOYGATE_MUTATIONS=$(((share + parts - 1) / parts)) DEPLOYGATE_MUTATION_LOG=$work/log
  : > "$work/log"
  if ! dotnet "$work/$project/DeployGate.$project.Tests.dll" -class "*MutationTests" -method "$methods" > "$work/output" 2>&1; then
    failed=1
    grep -v '^$' "$work/output"
  fi
  awk -F '\t' -v name="$name" '{ images += $2; if ($3 >= slow) { slow = $3; seed = $4 } if ($5 > peak) peak = $5 }
    END { printf "%-10s %7d  %5d ms (%d)  %8d MiB\n", name, images, slow, seed, peak; exit images == 0 || slow >= 5000 || peak >= 256 }' "$work/log" || failed=1
done <<< "$formats"
exit $failed
