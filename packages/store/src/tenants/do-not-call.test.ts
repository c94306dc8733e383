import { describe, expect, test } from "vitest";

import { onEachStore } from "../testing/on-each-store.ts";

onEachStore((running) => {
  describe("do-not-call lists", () => {
    const [ann, bob] = ["+15559998888", "+493012345678"] as const;

    test("hold numbers of one project each", async () => {
      await running.store.doNotCall.add("shop", [bob, ann, ann]);
      await running.store.doNotCall.add("shop", [ann]);
      expect(await running.store.doNotCall.list("shop")).toEqual([ann, bob]);
      expect(await running.store.doNotCall.among("shop", [ann, "+15550000000"])).toEqual(
        new Set([ann]),
      );
      expect(await running.store.doNotCall.among("other", [ann])).toEqual(new Set());
      expect(await running.store.doNotCall.hasList("shop")).toBe(true);
      expect(await running.store.doNotCall.hasList("other")).toBe(false);
      expect(await running.store.doNotCall.remove("shop", ann)).toBe(true);
      expect(await running.store.doNotCall.remove("shop", ann)).toBe(false);
      expect(await running.store.doNotCall.among("shop", [ann])).toEqual(new Set());
    });
  });
});
