#!/usr/bin/env bash
# Measures the HTML report of 1,000 findings in Chromium without a window: its size, the time to the first paint and of a filter, beside an
# empty page in the same run. usage: scripts/html-cost.sh [FINDINGS]; DEPLOYGATE names the tool, DEPLOYGATE_CHROMIUM the browser.
set -euo pipefail
cd "$(dirname "$0")/.."
findings=${1:-1000}
command -v node > /dev/null || { echo "there is no node, which asks the browser" >&2; exit 2; }
tool=${DEPLOYGATE:-src/DeployGate.Cli/bin/Debug/net10.0/deploygate}
browser=${DEPLOYGATE_CHROMIUM:-chromium}
command -v "$browser" > /dev/null || { echo "there is no '$browser': install chromium, or name one with DEPLOYGATE_CHROMIUM" >&2; exit 2; }
[ -x "$tool" ] || { echo "there is no '$tool': build src/DeployGate.Cli first, or name the tool with DEPLOYGATE" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work" 2> /dev/null || true' EXIT

# Fifty uses in each file: images that are declared Specialized, which Azure refuses of every managed image.
awk -v total="$findings" -v folder="$work" 'BEGIN {
  for (i = 0; i < total; i++) {
    file = sprintf("%s/images-%03d.json", folder, i / 50)
    if (i % 50 == 0) print "{ \"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\", \"contentVersion\": \"1.0.0.0\", \"resources\": [" > file
    printf "  { \"type\": \"Microsoft.Compute/images\", \"apiVersion\": \"2024-07-01\", \"name\": \"image-%d\", \"location\": \"westeurope\",\n    \"properties\": { \"storageProfile\": { \"osDisk\": { \"osType\": \"Windows\",\n      \"osState\": \"Specialized\",\n      \"snapshot\": { \"id\": \"[resourceId(\x27Microsoft.Compute/snapshots\x27, \x27snap-%d\x27)]\" } } } } }%s\n", i, i, (i % 50 == 49 || i == total - 1) ? "\n] }" : "," > file
  }
}'
"$tool" check "$work" --offline --quiet --report "html=$work/report.html" > /dev/null || [ $? = 1 ]
printf '<!doctype html><html lang="en"><head><title>empty</title></head><body><p>empty</p></body></html>\n' > "$work/empty.html"

# The browser is asked through its debugging pipe: the page's own policy lets no other script run. The middle one of five.
measure() {
  for _ in 1 2 3 4 5; do
    BROWSER="$browser" PROFILE="$work/profile" PAGE="file://$1" node - <<'JS'
const { spawn } = require("node:child_process");
const options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--window-size=1280,900", `--user-data-dir=${process.env.PROFILE}`, "--remote-debugging-pipe"];
const browser = spawn(process.env.BROWSER, options, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
const waiting = new Map();
let [last, rest] = [0, ""];
browser.stdio[4].on("data", (data) => {
  const parts = (rest + data).split("\0");
  rest = parts.pop();
  for (const answer of parts.map((part) => JSON.parse(part))) waiting.get(answer.id)?.(answer.result);
});
const ask = (method, params = {}, sessionId = undefined) => new Promise((done) => {
  waiting.set(++last, done);
  browser.stdio[3].write(JSON.stringify({ id: last, method, params, sessionId }) + "\0");
});
const expression = `new Promise((done) => setTimeout(function look() {
  if (document.readyState !== "complete") return void setTimeout(look, 100);
  const paint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? -1;
  const form = document.getElementById("filter");
  const start = performance.now();
  if (form) { form.elements.text.value = "image-77"; form.dispatchEvent(new Event("input")); document.body.getBoundingClientRect(); }
  const all = document.querySelectorAll("article.finding").length, left = document.querySelectorAll("article.finding:not([hidden])").length;
  requestAnimationFrame(() => setTimeout(() => done([Math.round(paint), Math.round(performance.now() - start), all, left].join(" "))));
}, 1500))`;
(async () => {
  const { targetId } = await ask("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await ask("Target.attachToTarget", { targetId, flatten: true });
  await ask("Page.navigate", { url: process.env.PAGE }, sessionId);
  const said = await ask("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true }, sessionId);
  console.log(said.result.value);
  await ask("Browser.close");
  process.exit(0);
})();
setTimeout(() => process.exit(1), 60_000).unref();
JS
  done | sort -n | sed -n 3p
}
size=$(stat -c %s "$work/report.html")
read -r empty _ _ _ < <(measure "$work/empty.html")
read -r paint filter count left < <(measure "$work/report.html")
echo "findings: $count in $size bytes ($((size / (count > 0 ? count : 1))) each)"
echo "first paint: $paint ms, of an empty page $empty ms: ratio $(awk -v a="$paint" -v b="$empty" 'BEGIN { printf "%.1f", (b > 0 ? a / b : 0) }')"
echo "filter to $left findings: $filter ms"
# A second is the limit on a machine of its own, where an empty page takes a fifth of it; a busy machine is judged by the ratio alone.
limit=$((empty * 5 > 1000 ? empty * 5 : 1000))
[ "$count" -ge "$findings" ] && [ "$size" -lt 5000000 ] && [ "$paint" -ge 0 ] && [ "$paint" -lt "$limit" ] && [ "$filter" -lt "$limit" ] \
  || { echo "beyond a limit: 5,000,000 bytes, $limit ms for each time" >&2; exit 1; }
