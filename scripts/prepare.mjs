// Brings a checkout to the point where it runs: dependencies as the lock file says, packages built. Plain Node, since nothing is installed yet.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const stamp = path.join(root, "node_modules", ".call-log-lock");

/** Say on standard error what is being done, so that standard output stays for machines. */
function say(text) {
  process.stderr.write(`call-log: ${text}\n`);
}

const isWindows = process.platform === "win32";
const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"];

/** Run a program and say what it printed only if it fails. A signal ends it, with all that it has started, and then this process. */
async function run(command, args) {
  const child = spawn(command, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" },
    shell: isWindows,
    // A process group of its own, so that one signal reaches what it starts, too.
    detached: !isWindows,
  });
  const printed = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => printed.push(chunk));
  let signaled;
  const pass = (signal) => {
    signaled = signal;
    // One that has just ended takes no signal.
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    if (isWindows) child.kill(signal);
    else process.kill(-child.pid, signal);
  };
  for (const signal of SIGNALS) process.on(signal, pass);
  const { code, error } = await ended(child);
  for (const signal of SIGNALS) process.off(signal, pass);
  if (signaled !== undefined) process.exit(128 + constants.signals[signaled]);
  if (code === 0) return;
  process.stderr.write(Buffer.concat(printed));
  say(`"${command} ${args.join(" ")}" failed${error ? `: ${error.message}` : ""}`);
  process.exit(1);
}

// `close` comes when whatever it has started has ended as well, since that holds its output.
function ended(child) {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ error }));
    child.once("close", (code) => resolve({ code }));
  });
}

function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  say(`Node.js 20.19 or newer is needed; this is ${process.versions.node}`);
  process.exit(1);
}

/** Install what the lock file names, unless exactly that is installed. */
export async function install() {
  requireNode();
  const lock = createHash("sha256")
    .update(readFileSync(path.join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  say("installing dependencies: about a minute and 500 MB, only the first time …");
  // Not `npm ci`: it refuses a lock file without the optional packages of other platforms, and not every registry has those.
  await run("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]);
  writeFileSync(stamp, lock);
}

/** Build every package; what has not changed comes from turbo's cache. */
export async function build() {
  if (!existsSync(path.join(root, "apps/standalone/dist/main.js")))
    say("building: about half a minute, later only what has changed …");
  await run(process.execPath, [
    path.join(root, "node_modules/turbo/bin/turbo"),
    "run",
    "build",
    "--output-logs=errors-only",
    "--log-prefix=none",
    "--no-update-notifier",
  ]);
}
