#!/usr/bin/env bash
# Compares a shipped build, from which what nobody calls was taken (docs/adr/0043-trimmed.md), with the development build: every command on
# the repository's own examples and golden folders must say the same. Usage: scripts/shipped.sh TOOL, a published deploygate
set -uo pipefail
cd "$(dirname "$0")/.."
tool=$(realpath "${1:?usage: scripts/shipped.sh TOOL}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ -e src/DeployGate.Cli/bin/Debug/net10.0/deploygate.dll ] || dotnet build src/DeployGate.Cli --nologo -v quiet > /dev/null
# Both as plain text, with no host's environment; how long a run took is no answer.
clean() { env -i HOME="$work" PATH="$PATH" TERM=dumb "$@"; }
steady() { sed -E 's/in (less than )?[0-9.]+ s\b/in N s/g; s/"elapsed[A-Za-z]*": *[0-9.]+/"elapsed": 0/g; s/"(startTimeUtc|endTimeUtc|readAt)": *"[^"]*"/"\1": ""/g; s/(timestamp|time)="[^"]*"/\1=""/g'; }
# Standard output, the errors, the exit code and every report of one command line, as one text. Arguments: a name, the program, the rest.
said() {
  local name=$1 reports=$work/reports
  shift
  rm -rf "$reports" && mkdir "$reports"
  { clean "$@" 2>&1; echo "exit $?"; for report in "$reports"/*; do [ -e "$report" ] && echo "== ${report##*/}" && cat "$report"; done; } | steady > "$work/$name"
}
total=0 other=0
same() {
  said development dotnet src/DeployGate.Cli/bin/Debug/net10.0/deploygate.dll "$@"
  said shipped "$tool" "$@"
  total=$((total + 1))
  if ! cmp -s "$work/development" "$work/shipped"; then
    other=$((other + 1))
    echo "deploygate $*: the builds say different things"
    diff "$work/development" "$work/shipped" | head -n 10
  fi
}

reports=()
for format in text json sarif markdown html junit; do reports+=(--report "$format=$work/reports/$format"); done
same check tests/golden examples --offline --state tests/golden/facts --state examples/golden-image/facts "${reports[@]}"
for format in github azure json text; do same check examples/golden-image --state examples/golden-image/facts --format "$format"; done
same check examples/golden-image --policy policies/examples
same check examples --state azure --on-unknown fail
same resolve tests/golden/bicep --format json
same resolve examples/golden-image/image.json
same inspect README.md --format json
same diagnose --help
same rules
same rules --format json
same explain DG2002
same policy lint policies/examples
same policy test policies/examples
for shell in bash fish zsh pwsh; do same completion "$shell"; done
same check nowhere
same check --no-such-option
same --help
echo "$total command lines, $other said different things"
[ "$other" -eq 0 ]
