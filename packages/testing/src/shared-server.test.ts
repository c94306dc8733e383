import { expect, test } from "vitest";

import { shareServer } from "./shared-server.ts";

test("the first user starts it, the last one closes it, the next one starts another", async () => {
  const log: string[] = [];
  const shared = shareServer(async () => {
    log.push("start");
    return {
      close: async () => {
        log.push("close");
      },
    };
  });
  const [a, b] = await Promise.all([shared.acquire(), shared.acquire()]);
  expect(a).toBe(b);
  await shared.release();
  expect(log).toEqual(["start"]);
  await shared.release();
  expect(log).toEqual(["start", "close"]);
  expect(await shared.acquire()).not.toBe(a);
  expect(log).toEqual(["start", "close", "start"]);
});
