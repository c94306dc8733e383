import { expect, test } from "vitest";

import type { LogFields } from "../context/log.ts";
import { watchEviction } from "./eviction-policy.ts";

const answer = (policy: string) =>
  `# Server\r\nredis_version:7.0.15\r\n# Memory\r\nmaxmemory_policy:${policy}\r\nallocator:x\r\n`;

async function watched(text: string) {
  const said: [LogFields, string][] = [];
  const log = {
    info: () => undefined,
    error: () => undefined,
    warn: (fields: LogFields, line: string) => void said.push([fields, line]),
  };
  const connection = watchEviction({ info: () => Promise.resolve(text) } as never, log) as {
    info: () => Promise<string>;
  };
  return { seen: await connection.info(), said };
}

test("a Redis that evicts is named in the log, and BullMQ finds nothing to print", async () => {
  const { seen, said } = await watched(answer("allkeys-lru"));
  expect(said).toEqual([
    [{ policy: "allkeys-lru" }, "Redis may delete jobs: set its maxmemory-policy to noeviction"],
  ]);
  expect(seen).toBe("# Server\r\nredis_version:7.0.15\r\n# Memory\r\nallocator:x\r\n");
});

test.each([answer("noeviction"), "# Server\r\nredis_version:7.0.15\r\n"])(
  "one that does not is none: %j",
  async (text) => {
    expect((await watched(text)).said).toEqual([]);
  },
);
