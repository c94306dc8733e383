import { createCallLogClient } from "@call-log/client";
import { waitFor } from "@call-log/testing";
import { Redis } from "ioredis";
import { expect, test } from "vitest";

import { findRedisBinary } from "../src/redis/redis-process.ts";
import { freshFolder, startProcess } from "./standalone-process.ts";

const KEY = "bootstrap-key-of-the-test";
/** From the kill to the end of the calls, with the waits of a real installation and nothing lost. */
const RECOVERED_WITHIN_MS = 15_000;

const binary = await findRedisBinary();

// One under way, one that waits, one that comes in while the queue is away.
test.runIf(binary)(
  "a redis-server that is killed comes back, and the calls go on within seconds",
  async () => {
    await using folder = await freshFolder();
    await using standalone = startProcess(folder.path, {
      BOOTSTRAP_API_KEY: KEY,
      SIMULATED_SPEED: "4",
    });
    const { url, redisUrl } = await standalone.ready();
    const client = createCallLogClient({ url, apiKey: KEY });
    const dispatch = async (seconds: number) => {
      const scheduledAt = new Date(Date.now() + seconds * 1000).toISOString();
      const request = { toNumber: "+15550100101", say: "Hello", scheduledAt };
      return (await client.calls.dispatch.mutate(request))._id;
    };
    const statusOf = async (id: string) =>
      (await client.callLog.getItem.query({ id, select: { status: true } })).status;
    const before = [await dispatch(0.01), await dispatch(3)];
    await waitFor(async () => (await statusOf(before[0]!)) === "In Progress");

    const pid = await redisPid(redisUrl);
    process.kill(pid, "SIGKILL");
    const all = [...before, await dispatch(0.01)];
    await waitFor(
      async () => (await Promise.all(all.map(statusOf))).every((status) => status === "Completed"),
      { timeoutMs: RECOVERED_WITHIN_MS, describe: "all calls to be over" },
    );
    expect(await redisPid(redisUrl)).not.toBe(pid);
  },
  200_000,
);

async function redisPid(url: string): Promise<number> {
  const redis = new Redis(url);
  const text = await redis.info("server");
  redis.disconnect();
  return Number(/process_id:(\d+)/.exec(text)![1]);
}
