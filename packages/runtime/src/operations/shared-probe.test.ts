import { expect, test } from "vitest";

import { sharedProbe } from "./shared-probe.ts";

const isRefusal = (error: unknown) => (error as Error).message === "OOM";

test("many who ask share one check a second", async () => {
  let checks = 0;
  let now = 0;
  const check = async () => void (checks += 1);
  const probe = sharedProbe({ check, isRefusal }, { elapsedMs: () => now });
  for (let index = 0; index < 100; index += 1) expect(await probe()).toBe("up");
  expect(checks).toBe(1);
  now = 1000;
  await Promise.all([probe(), probe()]);
  expect(checks).toBe(2);
});

test.each([
  ["OOM", "refusing"],
  ["no server there", "away"],
])("%s is %s", async (message, found) => {
  const probe = sharedProbe({ check: () => Promise.reject(new Error(message)), isRefusal });
  expect(await probe()).toBe(found);
});

test("what does not answer in time is away", async () => {
  const check = () => new Promise(() => {});
  expect(await sharedProbe({ check, isRefusal }, { withinMs: 1 })()).toBe("away");
});
