// Runs a command with another version of Node.js first on its PATH: `node scripts/with-node.mjs 22 npm run test:unit`.
// The program comes from npm's node-PLATFORM-ARCH packages, which need no install script, and is kept in the user's cache.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const [version, command, ...args] = process.argv.slice(2);
if (!/^\d+(\.\d+){0,2}$/.test(version ?? "") || command === undefined) {
  console.error("usage: node scripts/with-node.mjs VERSION COMMAND…");
  process.exit(2);
}
const name = `node-${process.platform}-${process.arch}`;
const folder = path.join(os.homedir(), ".cache", "call-log-ci", `node-${version}`);
const bin = path.join(folder, "node_modules", name, "bin");
if (!existsSync(path.join(bin, "node"))) {
  mkdirSync(folder, { recursive: true });
  const install = ["install", "--prefix", folder, "--no-audit", "--no-fund", "--loglevel=error"];
  exitUnlessOk(spawnSync("npm", [...install, `${name}@${version}`], { stdio: "inherit" }));
}
const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env["PATH"]}` };
exitUnlessOk(spawnSync("node", ["--version"], { env, stdio: "inherit" }));
exitUnlessOk(spawnSync(command, args, { env, stdio: "inherit" }));

function exitUnlessOk({ status, error }) {
  if (error) console.error(error.message);
  if (status !== 0) process.exit(status ?? 1);
}
