import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("stand-in-mongod.ts", import.meta.url));

/** A folder for PATH whose `mongod` is a stand-in, removed at the end. */
export async function standInFolder(): Promise<AsyncDisposable & { path: string; mongod: string }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "call-log-mongod-"));
  const mongod = path.join(folder, "mongod");
  const tsx = fileURLToPath(import.meta.resolve("tsx"));
  const line = [process.execPath, "--import", tsx, "--conditions=source", PROGRAM];
  const script = `#!/bin/sh\nexec ${line.map((word) => `'${word}'`).join(" ")} "$@"\n`;
  await writeFile(mongod, script, { mode: 0o755 });
  return {
    path: folder,
    mongod,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}
