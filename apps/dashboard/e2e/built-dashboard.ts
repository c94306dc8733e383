import { execFile } from "node:child_process";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { waitFor } from "@call-log/testing";

const root = fileURLToPath(new URL("..", import.meta.url));
/** What goes into the files that a browser loads. */
const SOURCES = [
  "src",
  "shell-worker",
  "public",
  "index.html",
  "vite.config.ts",
  "../../packages/model/src",
];
const LOCK = path.join(root, "node_modules", ".building");

/** Build the dashboard as `npm run build` does, unless the files are newer than their sources; test files that run at once build it once. */
export async function buildDashboard(): Promise<void> {
  await mkdir(path.dirname(LOCK), { recursive: true });
  await waitFor(() => taken(LOCK), { describe: "the other build" });
  try {
    if (!(await isFresh())) await build();
  } finally {
    await rm(LOCK, { recursive: true });
  }
}

// In a process of its own: in that of the tests React would be built for development.
async function build(): Promise<void> {
  const vite = fileURLToPath(new URL("bin/vite.js", import.meta.resolve("vite/package.json")));
  const env = { ...process.env, NODE_ENV: "production" };
  await promisify(execFile)(process.execPath, [vite, "build"], { cwd: root, env });
}

// A folder can be made by one alone.
async function taken(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function isFresh(): Promise<boolean> {
  const built = await timeOf(path.join(root, "dist", "index.html"));
  const sources = await Promise.all(SOURCES.map((source) => newestIn(path.join(root, source))));
  return built > Math.max(...sources);
}

async function newestIn(place: string): Promise<number> {
  const found = await stat(place);
  if (!found.isDirectory()) return found.mtimeMs;
  const names = await readdir(place, { recursive: true });
  const times = await Promise.all(names.map((name) => timeOf(path.join(place, name))));
  return Math.max(...times);
}

async function timeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).mtimeMs;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
    throw error;
  }
}
