import { callRecord } from "@call-log/testing";
import { describe, expect, test } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { insertCall } from "../testing/insert-call.ts";
import { later, onEachStore } from "../testing/on-each-store.ts";

const DAY_MS = 86_400_000;

onEachStore((running) => {
  describe("retention", () => {
    const expiryOf = async (id: string) =>
      (await collectionsOf(running.store).callLogs.findOne({ _id: id }))?.expireAt;
    const over = (projectId: string) => {
      const { wakeAt: _, ...record } = callRecord({ projectId, status: "Completed" });
      return record;
    };

    test("a call that is over expires, counted from its last change, and nobody reads it", async () => {
      const { _id: projectId } = await running.store.projects.create({
        name: "A",
        retentionDays: 30,
      });
      const { wakeAt: _, ...record } = await insertCall(running.store, callRecord({ projectId }));
      expect(await expiryOf(record._id)).toBeUndefined();
      const written = await running.store.calls.replace({ ...record, status: "Completed" });
      expect(await expiryOf(record._id)).toEqual(new Date(running.clock.getTime() + 30 * DAY_MS));
      expect(written).not.toHaveProperty("expireAt");
      expect(await running.store.calls.find(record._id)).toStrictEqual(written);
      expect(await running.store.calls.insert(record)).toEqual({
        inserted: false,
        record: written,
      });
    });

    test("an open call, or one whose price is to come, never does", async () => {
      const { _id: projectId } = await running.store.projects.create({
        name: "A",
        retentionDays: 1,
      });
      const open = await insertCall(running.store, callRecord({ projectId, status: "Scheduled" }));
      const pending = await insertCall(
        running.store,
        callRecord({ projectId, status: "Completed" }),
      );
      expect(await expiryOf(open._id)).toBeUndefined();
      expect(await expiryOf(pending._id)).toBeUndefined();
    });

    test("without a retention, or in a project that is not there, calls stay", async () => {
      const { _id: projectId } = await running.store.projects.create({ name: "A" });
      for (const id of [projectId, "nowhere"]) {
        const record = await insertCall(running.store, over(id));
        expect(await expiryOf(record._id)).toBeUndefined();
      }
    });

    test("a call that is opened again does not expire", async () => {
      const { _id: projectId } = await running.store.projects.create({
        name: "A",
        retentionDays: 1,
      });
      const record = await insertCall(running.store, over(projectId));
      expect(await expiryOf(record._id)).toBeInstanceOf(Date);
      await running.store.calls.replace({ ...record, wakeAt: later(1) });
      expect(await expiryOf(record._id)).toBeUndefined();
    });
  });
});
