import { test } from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const report = (findings) => JSON.stringify({ schema: "deploygate-report/v1", summary: { blocked: findings.length, undecided: 0 }, findings });
const finding = { rule: "DG2002", severity: "error", message: "osState is `Generalized`\n</details>", location: { file: "infra/main.bicep", line: 3 } };

function run({ inputs = {}, exit = 0, findings, found = { deploygate: "/tools/deploygate" }, variables = {} }) {
  const temp = mkdtempSync(join(tmpdir(), "deploygate-task-"));
  const folder = join(temp, "deploygate");
  mkdirSync(folder);
  if (findings) writeFileSync(join(folder, "report.json"), report(findings));
  writeFileSync(join(folder, "deploygate.sarif"), "{}");
  const files = `--report=text --report=json=${join(folder, "report.json")} --report=sarif=${join(folder, "deploygate.sarif")} --`;
  const before = inputs.before ?? "";
  const line = `${found.deploygate ?? "/usr/bin/dotnet deploygate"} check ${before}${files}${inputs.after ?? ""}`;
  const { before: _, after: __, ...given } = inputs;
  const done = spawnSync(process.execPath, [here("scenario.cjs"), JSON.stringify({ inputs: given, exit, line, found })], {
    encoding: "utf8",
    env: { PATH: process.env.PATH, AGENT_TEMPDIRECTORY: temp, BUILD_SOURCESDIRECTORY: temp, ...variables },
  });
  return { output: done.stdout + done.stderr, folder };
}

test("an open gate succeeds and sets the variables", () => {
  const { output } = run({ findings: [] });
  assert.match(output, /##vso\[task\.complete result=Succeeded;\]the gate is open/);
  assert.match(output, /##vso\[task\.setvariable variable=verdict;isOutput=true;issecret=false;\]open/);
});

test("a closed gate fails, with SARIF handed over", () => {
  const { output } = run({ exit: 1, findings: [finding] });
  assert.match(output, /##vso\[task\.complete result=Failed;\]the gate is closed/);
  assert.match(output, /variable=findings;isOutput=true;issecret=false;\]1/);
  assert.match(output, /##vso\[artifact\.upload containerfolder=CodeAnalysisLogs;artifactname=CodeAnalysisLogs;\]/);
});

test("inputs become options with their values joined, and paths stand behind the last of them", () => {
  const { output } = run({
    findings: [],
    inputs: { state: "azure\nfacts.json", onUnknown: "fail", offline: "true", paths: "--help\ninfra", before: "--state=azure --state=facts.json --on-unknown=fail --offline ", after: " --help infra" },
  });
  assert.match(output, /result=Succeeded/);
});

test("without the command, the tool of the manifest is run", () => {
  const { output } = run({ findings: [], found: { dotnet: "/usr/bin/dotnet" } });
  assert.match(output, /result=Succeeded/);
});

test("a tool that fails before it reports is a failure that names its exit code", () => {
  assert.match(run({ exit: 2 }).output, /##vso\[task\.complete result=Failed;\]deploygate exited with 2/);
});

test("a service connection with a secret is refused", () => {
  const { output } = run({ findings: [], inputs: { azureSubscription: "sc" }, variables: { ENDPOINT_AUTH_SCHEME_sc: "ServicePrincipal" } });
  assert.match(output, /result=Failed;\]the service connection uses ServicePrincipal: convert it to workload identity federation/);
});

test("task.json, its guide and the sources name the same inputs", () => {
  const task = JSON.parse(readFileSync(here("../task/task.json"), "utf8"));
  const names = task.inputs.map((input) => input.name).sort();
  const guide = readFileSync(here("../README.md"), "utf8").split("| Output variable")[0];
  assert.deepEqual([...guide.matchAll(/^\| `(\w+)` /gm)].map((match) => match[1]).sort(), names);
  const source = readFileSync(here("../task/index.ts"), "utf8");
  for (const name of names) assert.ok(source.includes(`"${name}"`), name);
});
