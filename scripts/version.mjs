// Makes a release's versions and its section of CHANGELOG.md out of the changesets: `npm run version`.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { changelogWith } from "./changelog.mjs";
import { withChartVersion } from "./chart-version.mjs";
import { withImageVersion } from "./image-version.mjs";
import { root } from "./prepare.mjs";
import { withReleaseVersion } from "./release-version.mjs";

const changelog = path.join(root, "CHANGELOG.md");
const plan = releasePlan();
if (plan.releases.length === 0) {
  console.log("there is no changeset, so there is nothing to release");
  process.exit(0);
}
writeFileSync(changelog, changelogWith(readFileSync(changelog, "utf8"), plan, new Date()));
changeset("version");
const { newVersion } = plan.releases[0];
rewrite("Dockerfile", (text) => withImageVersion(text, newVersion));
rewrite("deploy/helm/call-log/Chart.yaml", (text) => withChartVersion(text, newVersion));
// What every process, page and document of the release says of itself.
rewrite("packages/model/src/installation/release.ts", (text) =>
  withReleaseVersion(text, newVersion),
);
rewrite("clients/python/src/call_log/_version.py", () => `__version__ = "${newVersion}"\n`);
// The lock file names the versions of the workspaces, too.
run("npm", ["install", "--package-lock-only", "--no-audit", "--no-fund"]);

/** Put another text in the place of a file's. */
function rewrite(name, textFrom) {
  const file = path.join(root, name);
  writeFileSync(file, textFrom(readFileSync(file, "utf8")));
}

/** What the changesets ask for, as `changeset status` writes it. */
function releasePlan() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "call-log-release-"));
  const file = path.join(folder, "plan.json");
  changeset("status", "--output", path.relative(root, file));
  const text = readFileSync(file, "utf8");
  rmSync(folder, { recursive: true });
  return JSON.parse(text);
}

function changeset(...args) {
  run(process.execPath, [path.join(root, "node_modules/@changesets/cli/bin.js"), ...args]);
}

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
