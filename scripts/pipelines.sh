#!/usr/bin/env bash
# Follows generated pipelines in one process: 1 000 of 50 steps, then half and twice as many, and prints steps per second and
# peak memory. Needs GNU time. Usage: scripts/pipelines.sh [PIPELINES]
set -euo pipefail
cd "$(dirname "$0")/.."
count=${1:-1000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build src/DeployGate.Cli -c Release -o "$work/tool" --nologo -v quiet

generate() {
  local folder=$1 pipelines=$2 i step
  mkdir -p "$folder/.github/workflows"
  for ((i = 0; i < pipelines; i++)); do
    {
      printf 'on: push\nenv:\n  GROUP: rg-%d\njobs:\n  image:\n    runs-on: ubuntu-latest\n    steps:\n' "$i"
      printf '      - run: az vm create -g "$GROUP" -n vm-%d --image Ubuntu2204 --generate-ssh-keys\n' "$i"
      for ((step = 0; step < 46; step++)); do
        case $((step % 4)) in
          0) printf '      - run: |\n          name="disk-$((%d))"\n          az disk create -g "$GROUP" -n "disk-%d" --size-gb 32\n' "$step" "$step" ;;
          1) printf '      - name: Test\n        run: |\n          if [ -n "$CI" ]; then\n            echo "az vm start is not run here"\n          fi\n' ;;
          2) printf '      - uses: actions/checkout@v4\n' ;;
          3) printf '      - run: az vm run-command invoke -g "$GROUP" -n vm-%d --command-id RunShellScript --scripts "apt-get update"\n' "$i" ;;
        esac
      done
      printf '      - run: az vm deallocate -g "$GROUP" -n vm-%d\n' "$i"
      printf '      - run: az sig image-definition create -g "$GROUP" -r gallery -i image -p own -f own -s own --os-type Linux --os-state Specialized\n'
      printf '      - run: az sig image-version create -g "$GROUP" -r gallery -i image -e 1.0.0 --virtual-machine "$(az vm show -g "$GROUP" -n vm-%d --query id -o tsv)"\n' "$i"
    } > "$folder/.github/workflows/image-$i.yml"
  done
}

for pipelines in $((count / 2)) "$count" $((count * 2)); do
  generate "$work/p$pipelines" "$pipelines"
  env time -f '%e %M' -o "$work/time" "$work/tool/deploygate" check "$work/p$pipelines" --quiet > "$work/output"
  awk -v n="$pipelines" '{ printf "%d pipelines, %d steps: %.2f s, %.0f steps/s, peak memory %.0f MB\n", n, n * 50, $1, n * 50 / $1, $2 / 1024 }' "$work/time"
  tail -n 1 "$work/output"
done
