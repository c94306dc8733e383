// Adds up the test reports and the steps; names what failed, prints the last line of CI and sets its exit code.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const [folder, ...failedSteps] = process.argv.slice(2);
const names = readdirSync(folder).filter((file) => file.endsWith(".json"));
const reports = names.map((file) => JSON.parse(readFileSync(path.join(folder, file), "utf8")));
const files = reports.flatMap(({ testResults }) => testResults);
const failedTests = files.flatMap(({ name, assertionResults }) =>
  assertionResults
    .filter(({ status }) => status === "failed")
    .map(({ fullName, failureMessages }) => `${name}: ${fullName}\n${failureMessages.join("\n")}`),
);
// A file that could not be loaded has failed, but has no test of its own to say so.
const unloaded = files
  .filter(({ status, assertionResults }) => status === "failed" && assertionResults.length === 0)
  .map(({ name, message }) => `${name}: ${message}`);
for (const step of failedSteps) console.log(`failed step: ${step}`);
for (const failure of [...failedTests, ...unloaded]) console.log(`failed: ${failure}`);

const passed = reports.reduce((total, { numPassedTests }) => total + numPassedTests, 0);
const failed = Math.max(failedTests.length + unloaded.length, failedSteps.length);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
