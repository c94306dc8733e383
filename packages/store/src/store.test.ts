import { expect, test } from "vitest";

import { collectionsOf } from "./collections-for-tests.ts";
import { onEachStore } from "./testing/on-each-store.ts";

onEachStore((running) => {
  test("answers a ping", async () => {
    await expect(running.store.ping()).resolves.toBeUndefined();
  });

  test("writes when it is asked whether it can, first by many at a time, then again", async () => {
    const { store } = running;
    await Promise.all(Array.from({ length: 8 }, () => store.checkWrite()));
    await store.checkWrite();
    const written = { _id: "lastWriteCheck" };
    expect(await collectionsOf(store).settings.countDocuments(written)).toBe(1);
  });
});
