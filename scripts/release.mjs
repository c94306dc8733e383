// Publishes what `npm run version` has prepared: `npm run release [-- --dry-run [--checked]]`.
import { spawnSync } from "node:child_process";

import { root } from "./prepare.mjs";
import { release } from "./release-steps.mjs";

const given = new Set(process.argv.slice(2));
const unknown = [...given].filter((flag) => !["--dry-run", "--checked"].includes(flag));
// What is published is checked by this very run.
if (unknown.length > 0 || (given.has("--checked") && !given.has("--dry-run"))) {
  console.error("usage: npm run release [-- --dry-run [--checked]]");
  process.exit(2);
}
try {
  release({
    root,
    run,
    say: (text) => console.log(text),
    isDryRun: given.has("--dry-run"),
    isChecked: given.has("--checked"),
  });
} catch (error) {
  console.error(`not released: ${error.message}`);
  process.exit(1);
}

function run(command, args, env = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, ...env },
    shell: process.platform === "win32",
  });
  if (status === 0) return stdout;
  process.stderr.write(`${stdout ?? ""}${stderr ?? ""}`);
  throw new Error(
    `"${command} ${args.join(" ")}" failed${error === undefined ? "" : `: ${error.message}`}`,
  );
}
