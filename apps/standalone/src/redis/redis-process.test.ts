import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { waitFor } from "@call-log/testing";
import { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";

import { findRedisBinary, spawnRedis } from "./redis-process.ts";

const binary = await findRedisBinary();

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "call-log-redis-"));
  onTestFinished(() => rm(folder, { recursive: true, maxRetries: 5 }));
  return folder;
}

function clientOf(uri: string): Redis {
  const client = new Redis(uri, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
  client.on("error", () => {
    // It is killed on purpose.
  });
  onTestFinished(() => client.disconnect());
  return client;
}

async function pidOf(client: Redis): Promise<number> {
  return Number(/process_id:(\d+)/.exec(await client.info("server"))![1]);
}

test.runIf(binary)("a redis-server that is killed comes back with its data, twice", async () => {
  const server = await spawnRedis(binary!, await freshFolder());
  onTestFinished(() => server.close());
  const client = clientOf(server.uri);
  await client.set("kept", "yes");
  let pid = await pidOf(client);
  for (let round = 0; round < 2; round += 1) {
    process.kill(pid, "SIGKILL");
    const next = await waitFor(async () => {
      const now = await pidOf(client);
      return now === pid ? undefined : now;
    });
    expect(await client.get("kept")).toBe("yes");
    pid = next;
  }
});

test.runIf(binary)("one that was closed stays closed", async () => {
  const server = await spawnRedis(binary!, await freshFolder());
  const client = clientOf(server.uri);
  const pid = await pidOf(client);
  await server.close();
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");
});
