import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { chmod, cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { waitFor } from "@call-log/testing";
import { expect, test } from "vitest";

import { freshFolder } from "./standalone-process.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Says who it is, starts a program that outlives it unless it is ended too, and never ends by itself. */
const NEVER_ENDS = `
const { spawn } = require("node:child_process");
const { writeFileSync } = require("node:fs");
const child = spawn("sleep", ["600"], { stdio: "inherit" });
writeFileSync("started", process.pid + " " + child.pid);
setInterval(() => {}, 1000);
`;
const PRODUCT = `
import { writeFileSync } from "node:fs";
process.on("SIGTERM", () => { writeFileSync("ended", "in order"); process.exit(0); });
process.on("SIGINT", () => { writeFileSync("ended", "in order"); process.exit(0); });
setInterval(() => {}, 1000);
writeFileSync("started", String(process.pid));
`;
const NOISE = 'console.log("• turbo 2.11.11"); console.error("FULL TURBO");';

/** A checkout of the repository's own scripts, with small programs in the place of what they run. */
async function checkout(programs: {
  npm?: string;
  turbo?: string;
  product?: string;
  cli?: string;
}) {
  const folder = await freshFolder();
  const put = async (file: string, text: string) => {
    const target = path.join(folder.path, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, text);
    await chmod(target, 0o755);
  };
  const { scripts } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  await put(
    "package.json",
    JSON.stringify({ name: "x", version: "1.0.0", type: "module", scripts }),
  );
  await cp(path.join(root, "scripts"), path.join(folder.path, "scripts"), { recursive: true });
  const { npm, turbo = NOISE, product = PRODUCT, cli = "" } = programs;
  await put("package-lock.json", "{}");
  if (npm === undefined) await put("node_modules/.call-log-lock", sha256("{}"));
  else await put("node_modules/.bin/npm", `#!${process.execPath}\n${npm}`);
  await put("node_modules/turbo/package.json", "{}");
  await put("node_modules/turbo/bin/turbo", turbo);
  await put("apps/standalone/dist/main.js", product);
  await put("apps/cli/dist/main.js", cli);
  return folder;
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** Starts a script of the checkout by npm, waits until it says who runs, sends npm alone a signal, and waits for npm's end. */
async function startAndSignal(folder: string, signal: NodeJS.Signals): Promise<number[]> {
  const npm = spawn("npm", ["start"], { cwd: folder, stdio: "ignore" });
  const ended = once(npm, "exit");
  const pids = await waitFor(
    async () => {
      const text = await readFile(path.join(folder, "started"), "utf8").catch(() => "");
      return text !== "" && text.split(" ").map(Number);
    },
    { describe: "the program that npm starts" },
  );
  npm.kill(signal);
  await ended;
  return pids;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test.each(["SIGTERM", "SIGINT"] as const)(
  "%s to npm alone stops the product in order",
  async (signal) => {
    await using folder = await checkout({});
    const pids = await startAndSignal(folder.path, signal);
    await expect.poll(() => pids.filter(isAlive)).toEqual([]);
    expect(await readFile(path.join(folder.path, "ended"), "utf8")).toBe("in order");
  },
);

test.each([
  ["the build", { turbo: NEVER_ENDS }],
  ["the installation", { npm: NEVER_ENDS }],
])("SIGTERM to npm during %s ends it, with all that it has started", async (_, programs) => {
  await using folder = await checkout({ ...programs, product: "throw new Error('started')" });
  const pids = await startAndSignal(folder.path, "SIGTERM");
  await expect.poll(() => pids.filter(isAlive)).toEqual([]);
});

const cli = (folder: string) =>
  promisify(execFile)("npm", ["run", "--silent", "cli", "--", "list"], { cwd: folder });

test("the command line prints nothing but its answer", async () => {
  await using folder = await checkout({ cli: 'console.log(process.argv.slice(2).join(" "));' });
  expect(await cli(folder.path)).toEqual({ stdout: "list\n", stderr: "" });
});

test("a build that fails is shown", async () => {
  await using folder = await checkout({ turbo: `${NOISE} process.exit(3);`, cli: "" });
  await expect(cli(folder.path)).rejects.toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringMatching(/FULL TURBO\n(.*\n)*call-log: .* failed\n$/),
  });
});
