#!/usr/bin/env bash
# Builds the container image of action/Dockerfile without a Docker engine, runs the gate in it as a stranger would (read-only
# root, its own user, the repository at some path), and prints its size beyond the base and the time of a cold start inside
# beside the same program outside. Needs root, buildah and debootstrap; a Debian system of the smallest kind stands in for the
# public base. Usage: scripts/container.sh [RUNS]
# DEPLOYGATE_CONTAINER_CACHE: a folder that keeps the base and the published tool ("base", "deploygate") for the next time.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/measure.sh
repository=$PWD
runs=${1:-10}
work=$(mktemp -d)
cache=${DEPLOYGATE_CONTAINER_CACHE:-$work/cache}
mkdir -p "$cache" "$work/context"
export BUILDAH_ISOLATION=chroot STORAGE_DRIVER=vfs
buildah() { command buildah --root "$work/storage" --runroot "$work/run" "$@"; }
publishing=
stop_publishing() { [ -z "$publishing" ] || kill -- "-$publishing" 2> /dev/null || true; }
trap 'stop_publishing; buildah umount --all > /dev/null 2>&1 || true; rm -rf "$work"' EXIT

# The tool is published while the base is fetched: one computes, the other mostly waits. In a process group of its own, so that all of it ends
# where there is no base.
if [ ! -x "$cache/deploygate/deploygate" ]; then
  rm -rf "$cache/deploygate" "$cache/deploygate.part"
  setsid scripts/publish.sh "$cache/deploygate.part" > "$work/publish.log" 2>&1 &
  publishing=$!
fi

if [ ! -e "$cache/base/usr/bin/dpkg" ]; then
  rm -rf "$cache/base.part" && mkdir -p "$cache/base.part"
  mirror=$(sed -n 's/^URIs: *//p; s/^deb \(\[[^]]*\] \)\?\(http[^ ]*\) .*/\2/p' /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2> /dev/null | head -n 1 || true)
  debootstrap --variant=minbase --include=libstdc++6,ca-certificates bookworm "$cache/base.part" ${mirror:+"$mirror"} > "$work/debootstrap.log" 2>&1 \
    || { echo "the base was not made: debootstrap reached no mirror (exit 75)" >&2; exit 75; }
  mv "$cache/base.part" "$cache/base"
fi
if [ -n "$publishing" ]; then
  wait "$publishing" || { cat "$work/publish.log" >&2; exit 1; }
  publishing=
  mv "$cache/deploygate.part" "$cache/deploygate"
fi

# The base as an image.
container=$(buildah from scratch)
buildah add --quiet "$container" "$cache/base" / > /dev/null
buildah commit --quiet "$container" deploygate-base > /dev/null
buildah rm "$container" > /dev/null

cp -r "$cache/deploygate" "$work/context/deploygate"
buildah bud --quiet --build-arg BASE=localhost/deploygate-base --build-arg REVISION="$(git rev-parse HEAD)" \
  --tag deploygate --file action/Dockerfile "$work/context" > /dev/null
config() { buildah inspect --type image --format "{{$1}}" deploygate; }
user=$(config .OCIv1.Config.User)
entry=$(config 'index .OCIv1.Config.Entrypoint 0')
[ "${user%%:*}" != 0 ] && [ -n "${user%%:*}" ] || { echo "the image runs as root" >&2; exit 1; }
[ "$(config 'index .OCIv1.Config.Labels "org.opencontainers.image.revision"')" = "$(git rev-parse HEAD)" ] || { echo "the label with the commit is wrong" >&2; exit 1; }
mapfile -t environment < <(config 'range .OCIv1.Config.Env}}{{println .}}{{end' | grep =)

container=$(buildah from deploygate)
root=$(buildah mount "$container")
base=$(du -sm --apparent-size "$cache/base" | cut -f 1)
whole=$(du -sm --apparent-size "$root" | cut -f 1)

# What an engine does with --read-only, --user, --volume and --workdir, in a mount namespace of its own.
mkdir -p "$root/somewhere/else" "$root/github" "$work/github"
chown "$user" "$work/github"
cat > "$work/enter.sh" <<'ENTER'
set -e
mount --bind "$1" "$1" && mount --bind "$2" "$1/somewhere/else" && mount --bind "$3" "$1/github" && mount --rbind /dev "$1/dev" && mount -t proc proc "$1/proc"
mount -o remount,bind,ro "$1" && mount -o remount,bind,ro "$1/somewhere/else"
root=$1 user=$4; shift 4
exec chroot --userspec="$user" "$root" /usr/bin/env --chdir=/somewhere/else -i "$@"
ENTER
within() { unshare --mount --propagation private bash "$work/enter.sh" "$root" "$repository" "$work/github" "$user" "${environment[@]}" "$@"; }
inside() { within "$entry" "$@"; }
outside() { "$cache/deploygate/deploygate" "$@"; }
gate=(check examples/golden-image --state examples/golden-image/facts)

if inside check --report json=denied.json examples/golden-image > /dev/null 2>&1; then echo "the root file system is not read-only" >&2; exit 1; fi
code=0; inside "${gate[@]}" > "$work/inside.txt" || code=$?
[ "$code" = 1 ] || { echo "check in the container exited with $code instead of 1" >&2; cat "$work/inside.txt" >&2; exit 1; }
outside "${gate[@]}" > "$work/outside.txt" || true
# All but how long it took.
sed -i 's/ (in [^)]*)$//' "$work/inside.txt" "$work/outside.txt"
cmp "$work/inside.txt" "$work/outside.txt"
inside --version

# As a step of GitHub Actions: the environment and the files of the runner, the inputs of action.yml, its argument.
printf '{ "pull_request": { "number": 7 } }' > "$work/github/event.json"
code=0
within GITHUB_ACTIONS=true GITHUB_WORKSPACE=/somewhere/else GITHUB_REPOSITORY=contoso/images GITHUB_EVENT_NAME=pull_request \
  GITHUB_EVENT_PATH=/github/event.json GITHUB_OUTPUT=/github/output GITHUB_STEP_SUMMARY=/github/summary \
  INPUT_PATHS=examples/golden-image INPUT_STATE=examples/golden-image/facts INPUT_ON-UNKNOWN=fail INPUT_COMMENT=false \
  $'INPUT_REPORT=text\njson=/github/report.json\nsarif=/github/deploygate.sarif' "$entry" action > "$work/action.txt" || code=$?
[ "$code" = 1 ] || { echo "the action exited with $code instead of 1" >&2; cat "$work/action.txt" >&2; exit 1; }
grep -q '^::error file=examples/golden-image/image.json,line=8,' "$work/action.txt"
grep -qx closed "$work/github/output" && grep -qx /github/deploygate.sarif "$work/github/output"
grep -q '^### DeployGate: the gate is closed' "$work/github/summary"
[ -s "$work/github/deploygate.sarif" ] && [ -s "$work/github/report.json" ]
echo "action: verdict, summary, annotations and reports as action.yml promises"
scripts/shipped.sh "$cache/deploygate/deploygate"

for _ in $(seq "$runs"); do
  measure outside "${gate[@]}" >> "$work/outside.times"
  measure inside "${gate[@]}" >> "$work/inside.times"
done
awk -v s=$((whole - base)) -v b="$base" -v i="$(median < "$work/inside.times")" -v o="$(median < "$work/outside.times")" -v n="$runs" 'BEGIN {
  printf "container: %d MB beyond its base of %d MB; check examples/golden-image %.1f ms inside, %.1f ms outside, ratio %.2f (medians of %d)\n", s, b, i / 1000, o / 1000, i / o, n }'
