import fc from "fast-check";
import { expect, test } from "vitest";

import { limitConcurrency } from "./concurrency-limit.ts";

test("never more than the limit run at once, all run, in order, failing ones too", async () => {
  const counts = { most: fc.integer({ min: 1, max: 5 }), total: fc.integer({ min: 0, max: 30 }) };
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.record(counts), async (scheduler, { most, total }) => {
      const started: number[] = [];
      let [running, peak] = [0, 0];
      const run = limitConcurrency(most, async (input: number) => {
        started.push(input);
        peak = Math.max(peak, ++running);
        await scheduler.schedule(Promise.resolve());
        running--;
        if (input % 3 === 0) throw new Error("failed");
        return input;
      });
      const inputs = Array.from({ length: total }, (_, index) => index);
      const all = Promise.allSettled(inputs.map(run));
      await scheduler.waitFor(all);
      const statuses = (await all).map(({ status }) => status);
      expect(statuses).toEqual(inputs.map((n) => (n % 3 === 0 ? "rejected" : "fulfilled")));
      expect(started).toEqual(inputs);
      expect(peak).toBe(Math.min(most, total));
    }),
  );
});
