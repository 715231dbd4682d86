#!/usr/bin/env bash
# What `inspect` costs, beside its floor and its peers in the same run: disks of real sizes (sparse), made in code and by
# third-party tools, read by the shipped build. Prints bytes, reads, wall time (median of RUNS) and peak memory.
# Needs GNU time; peers and disks whose tools are missing are named and passed over. Usage: scripts/inspect-cost.sh [RUNS]
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/measure.sh
root=$PWD
runs=${1:-10}
work=$(mktemp -d)
loops=()
trap 'for loop in "${loops[@]}"; do losetup -d "$loop" || true; done; rm -rf "$work"' EXIT
export PATH=$PATH:/usr/sbin:/sbin
has() { command -v "$1" > /dev/null; }

scripts/publish.sh "$work/tool"
publish_empty "$work" "$work/emptyout"
dotnet build tests/DeployGate.DiskCost -c Release --nologo -v quiet
cost=$root/tests/DeployGate.DiskCost/bin/Release/net10.0/DeployGate.DiskCost.dll

cd "$work"
mkdir disks
disks=()
dotnet "$cost" make disks
disks+=(disks/windows.vhd)
if has qemu-img; then
  qemu-img convert -f raw -O vpc -o subformat=dynamic,force_size=on disks/windows.raw disks/windows-dynamic.vhd
  qemu-img convert -f raw -O vhdx -o subformat=dynamic disks/windows.raw disks/windows.vhdx
  disks+=(disks/windows-dynamic.vhd disks/windows.vhdx)
else
  echo "passed over: dynamic VHD and VHDX (qemu-img is missing)"
fi

tree() {
  mkdir -p "$1/etc" "$1/usr/sbin" "$1/usr/lib" "$1/home"
  printf 'PRETTY_NAME="Test Linux 9"\nVERSION_ID="9"\n' > "$1/usr/lib/os-release"
  ln -s ../usr/lib/os-release "$1/etc/os-release"
  echo vm-build > "$1/etc/hostname"
  printf 'root:x:0:0:root:/root:/bin/bash\n' > "$1/etc/passwd"
  touch "$1/usr/sbin/waagent"
  local i
  for ((i = 0; i < 300; i++)); do echo "$i" > "$1/etc/file-$i.conf"; done
}
agent() {
  mkdir -p "$1/lib/waagent" "$1/lib/cloud"
  echo B0F1C2D3-0000-0000-0000-000000000001 > "$1/lib/waagent/provisioned"
}

if has mke2fs && has sgdisk; then
  tree ubuntu
  agent ubuntu/var
  echo 'UUID=11111111-2222-3333-4444-555555555555 / ext4 defaults 0 1' > ubuntu/etc/fstab
  truncate -s 30G disks/ubuntu.raw
  sgdisk -n 1:1M:-1M -t 1:8300 disks/ubuntu.raw > sgdisk.log
  mke2fs -q -t ext4 -U 11111111-2222-3333-4444-555555555555 -d ubuntu -E offset=1048576 disks/ubuntu.raw $((30 * 1024 * 1024 - 4096))k 2> mke2fs.log
  disks+=(disks/ubuntu.raw)
else
  echo "passed over: Ubuntu (mke2fs or sgdisk is missing)"
fi

# A protofile of a folder, for mkfs.xfs: no mount is needed.
proto() {
  local entry name
  for entry in "$1"/* ; do
    [ -e "$entry" ] || [ -L "$entry" ] || continue
    name=${entry##*/}
    if [ -L "$entry" ]; then echo "$name l--777 0 0 $(readlink "$entry")"
    elif [ -d "$entry" ]; then echo "$name d--755 0 0"; proto "$entry"; echo '$'
    else echo "$name ---644 0 0 $entry"; fi
  done
}
if has lvm && has mkfs.xfs && has sgdisk && [ "$(id -u)" -eq 0 ] && loop=$(losetup -f 2> /dev/null); then
  truncate -s 64G disks/rhel.raw
  sgdisk -n 1:1M:+500M -t 1:ef00 -n 2:501M:-1M -t 2:8e00 disks/rhel.raw > sgdisk.log
  loop=$(losetup -f --show -o $((501 << 20)) --sizelimit $(((64 << 30) - (502 << 20))) disks/rhel.raw)
  loops+=("$loop")
  settings="devices { filter = [ \"a|^$loop\$|\", \"r|.*|\" ] } activation { checks = 0 udev_sync = 0 udev_rules = 0 } backup { backup = 0 archive = 0 }"
  volumes() { local command=$1; shift; lvm "$command" --config "$settings" --driverloaded n "$@" >> lvm.log 2>&1; }
  volumes pvcreate --yes "$loop"
  volumes vgcreate rootvg "$loop"
  tree rhel
  mkdir rhel/var
  printf '/dev/mapper/rootvg-rootlv / xfs defaults 0 0\n/dev/mapper/rootvg-varlv /var xfs defaults 0 0\n/dev/mapper/rootvg-homelv /home xfs defaults 0 0\n' > rhel/etc/fstab
  mkdir var home
  agent var
  for part in root:rhel:20 var:var:10 home:home:5; do
    IFS=: read -r name folder size <<< "$part"
    volumes lvcreate --name "${name}lv" --size "${size}g" --activate n --zero n --wipesignatures n rootvg
    { printf '/dev/null\n0 0\nd--755 0 0\n'; proto "$folder"; echo '$'; } > proto.txt
    truncate -s "${size}G" volume.img
    mkfs.xfs -q -f -p proto.txt volume.img
    start=$(lvm lvs --config "$settings" --driverloaded n --noheadings -o seg_pe_ranges "rootvg/${name}lv" 2> lvs.log | sed -n 's/.*:\([0-9]*\)-.*/\1/p')
    at=$(lvm pvs --config "$settings" --driverloaded n --noheadings --units b --nosuffix -o pe_start "$loop" 2> pvs.log | tr -d ' ')
    dd if=volume.img of=disks/rhel.raw bs=1M conv=sparse,notrunc seek=$(((501 << 20) + at + start * (4 << 20)))B status=none
    rm volume.img
  done
  disks+=(disks/rhel.raw)
else
  echo "passed over: RHEL (needs lvm, mkfs.xfs, sgdisk, root and loop devices)"
fi

milliseconds() { awk -v t="$(median)" 'BEGIN { printf "%.1f", t / 1000 }'; }
memory() { env time -f %M -o memory "$@" > measured.out 2>&1; tail -n 1 memory; }
# The median time of a command; what it prints is kept in measured.out.
time_of() { local i; "$@" > measured.out 2>&1; for ((i = 0; i < runs; i++)); do measure "$@"; done | milliseconds; }

empty=$(memory emptyout/empty)
echo "empty program: $(time_of emptyout/empty) ms, peak memory $((empty / 1024)) MB (medians of $runs)"
for disk in "${disks[@]}"; do
  tool/deploygate inspect "$disk" --format json > answer.json
  state=$(sed -n 's/^  "state": "\(.*\)",/\1/p' answer.json)
  read=$(sed -n 's/^    "\(bytes\|requests\)": \([0-9]*\).*/\2/p' answer.json | paste -sd ' ')
  peak=$(memory tool/deploygate inspect "$disk")
  echo "$(basename "$disk"): $state, bytes and reads $read, $(time_of tool/deploygate inspect "$disk") ms, peak memory $((peak / 1024)) MB, $(((peak - empty) / 1024)) MB above the empty program"
done
dotnet "$cost" read "${disks[@]}"

echo "peers:"
if has icat && has hivexget && has sgdisk; then
  first=$(sgdisk -i 3 disks/windows.raw | sed -n 's/First sector: \([0-9]*\) .*/\1/p')
  inode=$(fls -o "$first" -r -p disks/windows.raw 2> /dev/null | sed -n 's/^r\/r \([0-9-]*\):\tWindows\/System32\/config\/SOFTWARE$/\1/p' | head -n 1)
  peer() { icat -o "$first" disks/windows.raw "$inode" > software.hive && hivexget software.hive 'Microsoft\Windows\CurrentVersion\Setup\State' ImageState; }
  echo "icat + hivexget (inode known beforehand), raw: $(time_of peer) ms, $(cat measured.out)"
fi
if has ntfscat && has hivexget && [ "$(id -u)" -eq 0 ] && [ -n "${first:-}" ] && losetup -f > /dev/null 2>&1; then
  loop=$(losetup -f --show -r -o $((first * 512)) --sizelimit $(((127 << 30) - (200 << 20))) disks/windows.raw)
  loops+=("$loop")
  peer() { ntfscat -f "$loop" Windows/System32/config/SOFTWARE > software.hive && hivexget software.hive 'Microsoft\Windows\CurrentVersion\Setup\State' ImageState; }
  echo "loop + ntfscat + hivexget, raw: $(time_of peer) ms, $(cat measured.out)"
fi
if has debugfs && [ -e disks/ubuntu.raw ]; then
  peer() { debugfs -R 'cat /var/lib/waagent/provisioned' 'disks/ubuntu.raw?offset=1048576' 2> /dev/null; }
  echo "debugfs, ext4: $(time_of peer) ms, $(cat measured.out)"
fi
if has xfs_db && [ -e disks/rhel.raw ]; then
  loop=$(losetup -f --show -r -o $(((501 << 20) + at + 20 * 1024 * (1 << 20))) --sizelimit $((10 << 30)) disks/rhel.raw)
  loops+=("$loop")
  peer() { xfs_db -r -c 'ls /lib/waagent' "$loop"; }
  echo "xfs_db on the volume alone (its place known beforehand): $(time_of peer) ms"
fi
