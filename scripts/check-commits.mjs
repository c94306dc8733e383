// Checks the messages of commits: those of FROM..HEAD, else those since the check itself was added.
//   npm run check:commits [-- FROM]
import { spawnSync } from "node:child_process";
import path from "node:path";

import { root } from "./prepare.mjs";

const from = process.argv[2] || addedBy("commitlint.config.mjs");
if (from === undefined) {
  console.log("no commit has the check yet");
  process.exit(0);
}
const commitlint = path.join(root, "node_modules/@commitlint/cli/cli.js");
const { status } = spawnSync(process.execPath, [commitlint, "--from", from, "--to", "HEAD"], {
  cwd: root,
  stdio: "inherit",
});
process.exit(status ?? 1);

/** The commit that added a file; undefined while it is not committed. */
function addedBy(file) {
  const options = ["log", "--diff-filter=A", "--format=%H", "--reverse", "HEAD", "--", file];
  const { stdout } = spawnSync("git", options, { cwd: root, encoding: "utf8" });
  return stdout.split("\n").find((line) => line !== "");
}
