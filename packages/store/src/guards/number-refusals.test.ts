import { describe, expect, test } from "vitest";

import { later, onEachStore } from "../testing/on-each-store.ts";
import { range } from "../testing/range.ts";

onEachStore((running) => {
  describe("refused from-numbers", () => {
    const number = { projectId: "shop", provider: "twilio", fromNumber: "+15551112222" };
    const refused = { ...number, reason: "not verified (21210)" };

    test("are of one project, seen at once, and end", async () => {
      expect(await running.store.numberRefusals.of("shop")).toEqual([]);
      await running.store.numberRefusals.note(refused);
      const retryAt = new Date(running.clock.getTime() + 60_000);
      expect(await running.store.numberRefusals.of("shop")).toMatchObject([
        { ...refused, refusals: 1, retryAt },
      ]);
      expect(await running.store.numberRefusals.of("other")).toEqual([]);
      await running.store.numberRefusals.clear(number);
      expect(await running.store.numberRefusals.of("shop")).toEqual([]);
    });

    test("wait longer each time, not for each call that was refused at once", async () => {
      await Promise.all(range(5).map(() => running.store.numberRefusals.note(refused)));
      const waits = [60, 120, 240, 480, 900, 900];
      for (const [index, wait] of waits.entries()) {
        const [known] = await running.store.numberRefusals.of("shop");
        expect(known).toMatchObject({ refusals: index + 1 });
        expect(known!.retryAt.getTime() - running.clock.getTime()).toBe(wait * 1000);
        running.clock = known!.retryAt;
        await running.store.numberRefusals.note(refused);
      }
    });

    test("let one of many ask again", async () => {
      await running.store.numberRefusals.note(refused);
      running.clock = later(70_000);
      const [known] = await running.store.numberRefusals.of("shop");
      const turns = range(5).map(() => running.store.numberRefusals.takeTurn(known!));
      expect((await Promise.all(turns)).filter(Boolean)).toHaveLength(1);
      // The refusal that the turn ends with is counted already.
      await running.store.numberRefusals.note(refused);
      expect(await running.store.numberRefusals.of("shop")).toMatchObject([{ refusals: 2 }]);
    });
  });
});
