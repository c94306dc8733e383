import { waitFor } from "@call-log/testing";
import { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";

import { findRedisBinary } from "../src/redis/redis-process.ts";
import { COMPRESSED_TIME, freshFolder, startProcess } from "./standalone-process.ts";

const key = "bootstrap-key-of-the-test";
const headers = { ApiKey: key, "content-type": "application/json" };
const binary = await findRedisBinary();

interface Line {
  time: number;
  msg: string;
  queue?: string;
  error?: string;
  code?: string;
}

function linesOf(errors: string): Line[] {
  const lines = errors.split("\n").filter((line) => line.startsWith("{"));
  return lines.map((line) => JSON.parse(line) as Line);
}

test.runIf(binary)(
  "while Redis is out of memory it is degraded, takes calls, and logs each kind of line once a second",
  async () => {
    await using folder = await freshFolder();
    await using standalone = startProcess(folder.path, {
      BOOTSTRAP_API_KEY: key,
      ...COMPRESSED_TIME,
    });
    const { url, redisUrl } = await standalone.ready();
    const ready = async () => {
      const answer = await fetch(`${url}/health/ready`);
      return { code: answer.status, ...((await answer.json()) as { status: string }) };
    };
    expect(await ready()).toMatchObject({ code: 200, status: "ready" });
    const redis = new Redis(redisUrl);
    redis.on("error", () => {
      // It ends with the process.
    });
    onTestFinished(() => redis.disconnect());
    await redis.config("SET", "maxmemory", "1");
    const degraded = await waitFor(async () => {
      const found = await ready();
      return found.status === "degraded" && found;
    });
    expect(degraded).toEqual({ code: 200, status: "degraded", mongodb: "up", redis: "refusing" });
    const body = JSON.stringify({ toNumber: "+15550100100", say: "Hello" });
    const accepted = await fetch(`${url}/api/call-log`, { method: "POST", headers, body });
    expect(accepted.status).toBe(202);

    const problems = await waitFor(
      () => {
        const found = linesOf(standalone.errors()).filter(({ code }) => code === "OOM");
        return found.length >= 10 && found;
      },
      { describe: "ten lines" },
    );
    const last = new Map<string, number>();
    for (const { msg, queue, error, time } of problems) {
      const kind = `${msg} ${queue} ${error}`;
      // The clock of the log counts whole milliseconds.
      expect(time - (last.get(kind) ?? -Infinity)).toBeGreaterThanOrEqual(998);
      last.set(kind, time);
    }

    await redis.config("SET", "maxmemory", "0");
    await waitFor(
      async () => {
        const list = JSON.stringify({ select: { status: true } });
        const answer = await fetch(`${url}/api/call-log/get-list`, {
          method: "POST",
          headers,
          body: list,
        });
        const { data } = (await answer.json()) as { data: { status: string }[] };
        return data[0]?.status === "Completed";
      },
      { describe: "the call" },
    );
    expect(await ready()).toMatchObject({ code: 200, status: "ready" });
  },
);
