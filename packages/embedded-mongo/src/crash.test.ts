import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { MongoClient } from "mongodb";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { DataFolderInUseError } from "./data-folder-lock.ts";
import { startEmbeddedMongo } from "./embedded-mongo.ts";

const WRITER = `
import { MongoClient } from "mongodb";
import { startEmbeddedMongo } from ${JSON.stringify(fileURLToPath(new URL("embedded-mongo.ts", import.meta.url)))};
const server = await startEmbeddedMongo({ dataDir: process.argv[2] });
const client = await new MongoClient(server.uri).connect();
const calls = client.db("test").collection("calls");
await calls.createIndex({ filler: 1, n: -1 });
async function write(writer) {
  for (let n = 0; ; n += 1) {
    const _id = process.argv[3] + "-" + writer + "-" + n;
    await calls.insertOne({ _id, n, filler: "x".repeat(300) });
    process.stdout.write(_id + "\\n");
  }
}
await Promise.all([0, 1, 2, 3].map(write));
`;

describe("a process that is killed", () => {
  let folder: string;

  beforeEach(async () => {
    // Beside the sources, so that the child finds the same packages.
    folder = await mkdtemp(join(tmpdir(), "embedded-mongo-"));
    await writeFile(script(), WRITER);
  });

  afterEach(async () => {
    await Promise.all([rm(folder, { recursive: true }), rm(script())]);
  });

  function script(): string {
    return fileURLToPath(new URL(`../.crash-writer-${process.pid}.mts`, import.meta.url));
  }

  function startWriter(round: number): ChildProcess {
    return spawn(
      process.execPath,
      ["--import", "tsx", "--conditions=source", script(), folder, String(round)],
      {
        stdio: ["ignore", "pipe", "inherit"],
        cwd: fileURLToPath(new URL("..", import.meta.url)),
      },
    );
  }

  async function acknowledgedBefore(child: ChildProcess, count: number): Promise<string[]> {
    const acknowledged: string[] = [];
    for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
      acknowledged.push(line);
      if (acknowledged.length === count) child.kill("SIGKILL");
    }
    return acknowledged;
  }

  test("has lost no acknowledged write", async () => {
    const acknowledged: string[] = [];
    for (const [round, count] of [200, 300, 100, 400].entries()) {
      const child = startWriter(round);
      acknowledged.push(...(await acknowledgedBefore(child, count)));
    }
    const server = await startEmbeddedMongo({ dataDir: folder });
    const client = await new MongoClient(server.uri).connect();
    const calls = client.db("test").collection("calls");
    const found = await calls.distinct("_id");
    expect(await calls.countDocuments({})).toBe(found.length);
    expect(await calls.countDocuments({ filler: "x".repeat(300) })).toBe(found.length);
    await client.close();
    await server.close();
    expect(acknowledged.length).toBeGreaterThanOrEqual(1000);
    expect(acknowledged.filter((id) => !new Set<unknown>(found).has(id))).toEqual([]);
  });

  test("leaves a lock that the next one takes over, but not while it lives", async () => {
    const child = startWriter(0);
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    await once(lines, "line");
    const refused = await startEmbeddedMongo({ dataDir: folder }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(DataFolderInUseError);
    expect(String(refused)).not.toContain("\n");
    child.kill("SIGKILL");
    await once(child, "exit");
    const starts = await Promise.allSettled(
      [1, 2, 3].map(() => startEmbeddedMongo({ dataDir: folder })),
    );
    const started = starts.filter((result) => result.status === "fulfilled");
    expect(started).toHaveLength(1);
    await Promise.all(started.map((result) => result.value.close()));
  });
});
