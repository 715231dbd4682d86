// One run of the task under the task library's mock runner. The scenario comes as JSON: inputs, exit code, variables.
const path = require("node:path");
const { TaskMockRunner } = require("azure-pipelines-task-lib/mock-run");

const { inputs, exit, line, found } = JSON.parse(process.argv[2]);
const runner = new TaskMockRunner(path.join(__dirname, "..", "out", "task", "index.js"));
for (const [name, value] of Object.entries(inputs)) runner.setInput(name, value);
runner.setAnswers({
  which: found,
  checkPath: Object.fromEntries(Object.values(found).map((file) => [file, true])),
  exec: { [line]: { code: exit, stdout: "the tool's own output" } },
});
runner.run();
