// Runs vitest: `npm test [-- VITEST ARGUMENTS]`, or one of the suites, `node scripts/test.mjs --suite NAME`.
// TEST_REPORTS names a folder for a report in JSON.
import { spawn } from "node:child_process";
import path from "node:path";

import { install, root } from "./prepare.mjs";
import { SUITES } from "./suites.mjs";

const [flag, name, ...rest] = process.argv.slice(2);
const suite = flag === "--suite" ? name : undefined;
if (suite !== undefined && !Object.hasOwn(SUITES, suite)) {
  console.error(`--suite must be one of ${Object.keys(SUITES).join(", ")}`);
  process.exit(2);
}
const args = suite === undefined ? process.argv.slice(2) : [...SUITES[suite], ...rest];

/** What suites are told. */
const SETTINGS = {
  // On given servers, the embedded ones are left to `npm test`.
  servers: { GIVEN_SERVERS_ONLY: "1" },
  // Without it the suite skips itself: its import takes a minute.
  "hundred-thousand": { HUNDRED_THOUSAND: "1" },
};

await install();
const vitest = path.join(root, "node_modules/vitest/vitest.mjs");
const child = spawn(process.execPath, [vitest, "run", ...args, ...reporters()], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, ...SETTINGS[suite ?? ""] },
});
child.on("exit", (code) => process.exit(code ?? 1));
for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => child.kill(signal));

function reporters() {
  const folder = process.env["TEST_REPORTS"];
  if (!folder) return [];
  const file = `${suite ?? "tests"}-node${process.versions.node}-${process.pid}.json`;
  return [
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${path.resolve(folder, file)}`,
  ];
}
