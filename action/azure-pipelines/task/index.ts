// The Azure Pipelines task: runs "deploygate check" with the task's inputs and hands its results to the run. The tool itself
// writes the issues and the summary (TF_BUILD is set), with every value escaped; this file only adds what needs the agent's own interface.
import * as fs from "fs";
import * as path from "path";
import * as tl from "azure-pipelines-task-lib/task";

interface Report {
  summary: { blocked: number; undecided: number };
  findings: unknown[];
}

const lines = (name: string): string[] => tl.getDelimitedInput(name, "\n").map((line) => line.trim()).filter((line) => line !== "");

/** The arguments of check. A value is joined to its option, so that it never becomes one. */
function argumentsOf(json: string, sarif: string): string[] {
  const many = ["state", "disk", "policy", "parameters"].flatMap((name) => lines(name).map((value) => `--${name}=${value}`));
  const onUnknown = tl.getInput("onUnknown");
  return [
    "check",
    ...many,
    ...(onUnknown ? [`--on-unknown=${onUnknown}`] : []),
    ...(tl.getBoolInput("offline") ? ["--offline"] : []),
    "--report=text", `--report=json=${json}`, `--report=sarif=${sarif}`,
    "--", ...lines("paths"),
  ];
}

/** What the tool's login through a service connection reads; the agent's token is its own secret variable, and stays one. */
function environmentOf(connection: string | undefined): NodeJS.ProcessEnv {
  if (!connection) return { ...process.env };
  const scheme = tl.getEndpointAuthorizationScheme(connection, true);
  if (scheme?.toLowerCase() !== "workloadidentityfederation") {
    throw new Error(`the service connection uses ${scheme ?? "no login"}: convert it to workload identity federation`);
  }
  return {
    ...process.env,
    AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: connection,
    AZURESUBSCRIPTION_CLIENT_ID: tl.getEndpointAuthorizationParameter(connection, "serviceprincipalid", false),
    AZURESUBSCRIPTION_TENANT_ID: tl.getEndpointAuthorizationParameter(connection, "tenantid", false),
    SYSTEM_ACCESSTOKEN: tl.getEndpointAuthorizationParameter("SYSTEMVSSCONNECTION", "AccessToken", false),
    SYSTEM_OIDCREQUESTURI: tl.getVariable("System.OidcRequestUri"),
  };
}

const verdicts: Record<number, string> = { 0: "open", 1: "closed", 4: "nothing-to-check" };

function hand(report: Report, exit: number, sarif: string): void {
  const set = (name: string, value: string | number): void => tl.setVariable(name, String(value), false, true);
  set("verdict", verdicts[exit] ?? "incomplete");
  set("findings", report.findings.length);
  set("blocked", report.summary.blocked);
  set("undecided", report.summary.undecided);
  set("sarif", sarif);
  tl.uploadArtifact("CodeAnalysisLogs", sarif, "CodeAnalysisLogs");
}

async function run(): Promise<void> {
  const folder = path.join(tl.getVariable("Agent.TempDirectory") ?? ".", "deploygate");
  tl.mkdirP(folder);
  const [json, sarif] = ["report.json", "deploygate.sarif"].map((name) => path.join(folder, name));
  const own = tl.which("deploygate", false);
  const tool = tl.tool(own || tl.which("dotnet", true));
  tool.arg([...(own ? [] : ["deploygate"]), ...argumentsOf(json, sarif)]);
  const cwd = tl.getPathInput("workingDirectory") || tl.getVariable("Build.SourcesDirectory") || process.cwd();
  const exit = await tool.execAsync({ cwd, env: environmentOf(tl.getInput("azureSubscription")) as { [key: string]: string }, ignoreReturnCode: true });
  if (fs.existsSync(json)) hand(JSON.parse(fs.readFileSync(json, "utf8")) as Report, exit, sarif);
  if (exit === 0) tl.setResult(tl.TaskResult.Succeeded, "the gate is open");
  else tl.setResult(tl.TaskResult.Failed, exit === 1 ? "the gate is closed" : `deploygate exited with ${exit}`);
}

run().catch((error: Error) => tl.setResult(tl.TaskResult.Failed, error.message));
