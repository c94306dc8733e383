// Adds up the test reports and the steps; prints the last line of CI and sets its exit code.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const [folder, failedSteps] = process.argv.slice(2);
const reports = readdirSync(folder).map((file) =>
  JSON.parse(readFileSync(path.join(folder, file), "utf8")),
);
const sum = (key) => reports.reduce((total, report) => total + report[key], 0);
const passed = sum("numPassedTests");
// A file that could not be loaded has failed, but has no test of its own to say so.
const unloaded = reports
  .flatMap(({ testResults }) => testResults)
  .filter(({ status, assertionResults }) => status === "failed" && assertionResults.length === 0);
const failed = Math.max(sum("numFailedTests") + unloaded.length, Number(failedSteps));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
