import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { type DeliveryWorkerDeps, startDeliveryWorker } from "./delivery-worker.ts";

// The next look of its own never comes here: who is not woken does nothing.
beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

const settled = async () => {
  for (let round = 0; round < 20; round += 1) await new Promise((done) => setImmediate(done));
};

/** A worker over one lane, that has looked once; `due` is what it finds in turn. */
async function looked(...due: object[][]) {
  let claims = 0;
  let moved = () => {};
  const deps = {
    log: { warn: () => {} },
    outbox: {
      moveLeft: async () => 0,
      onMoved: (listener: () => void) => {
        moved = listener;
      },
    },
    webhookEndpoints: { isUsed: async () => true },
    webhookDeliveries: {
      nextDueAt: async () => undefined,
      nextLane: async (after: string) => (after < "lane" ? "lane" : undefined),
      claim: async () => {
        claims += 1;
        return due[claims - 1] ?? [];
      },
    },
  } as unknown as DeliveryWorkerDeps;
  const worker = startDeliveryWorker(deps);
  await vi.advanceTimersByTimeAsync(0);
  await settled();
  return { worker, moved: () => moved(), claims: () => claims };
}

test("events that this process moved are sent at once", async () => {
  const { worker, moved, claims } = await looked();
  expect(claims()).toBe(1);
  moved();
  await settled();
  expect(claims()).toBe(2);
  await worker.close();
});

test("a lane that has room again is looked at again at once", async () => {
  // It has no kind that can be sent, which is over at once.
  const { worker, claims } = await looked([{ _id: "d", lane: "lane", kind: "none" }]);
  expect(claims()).toBe(2);
  await worker.close();
});
