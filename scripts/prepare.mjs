// Brings a checkout to the point where it runs: dependencies as the lock file says, packages built. Plain Node, since nothing is installed yet.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const stamp = path.join(root, "node_modules", ".call-log-lock");

/** Say on standard error what is being done, so that standard output stays for machines. */
function say(text) {
  process.stderr.write(`call-log: ${text}\n`);
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", 2, 2],
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" },
    shell: process.platform === "win32",
  });
  if (status === 0) return;
  say(`"${command} ${args.join(" ")}" failed${error ? `: ${error.message}` : ""}`);
  process.exit(1);
}

function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  say(`Node.js 20.19 or newer is needed; this is ${process.versions.node}`);
  process.exit(1);
}

/** Install what the lock file names, unless exactly that is installed. */
export function install() {
  requireNode();
  const lock = createHash("sha256")
    .update(readFileSync(path.join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  say("installing dependencies (about half a minute, only the first time) …");
  // Not `npm ci`: it refuses a lock file without the optional packages of other platforms, and not every registry has those.
  run("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]);
  writeFileSync(stamp, lock);
}

/** Build every package; what has not changed comes from turbo's cache. */
export function build() {
  if (!existsSync(path.join(root, "apps/standalone/dist/main.js")))
    say("building (only what has changed) …");
  run(process.execPath, [
    path.join(root, "node_modules/turbo/bin/turbo"),
    "run",
    "build",
    "--output-logs=errors-only",
    "--log-prefix=none",
    "--no-update-notifier",
  ]);
}
