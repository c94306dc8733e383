import type { CallRecord } from "@call-log/model";
import { callRecord } from "@call-log/testing";
import { describe, expect, test } from "vitest";

import { claimOf } from "../testing/claim-of.ts";
import { later, onEachStore } from "../testing/on-each-store.ts";

onEachStore((running) => {
  const event = (number: number, record: { _id: string }) => ({
    id: `${record._id}-e${number}`,
    type: "call.status-changed" as const,
    at: running.clock,
    change: { from: null, to: "Queued" },
  });

  async function insert(overrides: Partial<CallRecord> = {}): Promise<CallRecord> {
    const record = callRecord(overrides);
    const outbox = [event(1, record)];
    const written = { ...record, outbox, outboxAt: running.clock, eventCount: 1 };
    return (await running.store.calls.insert(written)).record;
  }

  describe("the outbox of a call", () => {
    test("is found when it is old enough, and cleared when it is moved", async () => {
      const record = await insert();
      await running.store.calls.insert(callRecord());
      expect(await running.store.outbox.findLeft(later(4999), 10)).toEqual([]);
      const left = await running.store.outbox.findLeft(later(5000), 10);
      expect(left.map(({ _id }) => _id)).toEqual([record._id]);
      await running.store.outbox.clear(left);
      expect(await running.store.outbox.findLeft(later(9000), 10)).toEqual([]);
      const found = await running.store.calls.find(record._id);
      expect(found).toMatchObject({ eventCount: 1, revision: record.revision });
      expect(found).not.toHaveProperty("outbox");
    });

    test("is not cleared of what came after it was read", async () => {
      const record = await insert();
      const outbox = [...record.outbox!, event(2, record)];
      await running.store.calls.replace({ ...record, outbox, eventCount: 2 });
      await running.store.outbox.clear([record]);
      const [left] = await running.store.outbox.findLeft(later(5000), 10);
      expect(left?.outbox?.map(({ id }) => id)).toEqual(outbox.map(({ id }) => id));
    });

    test("gets the status of a claim in the same write, with the next number", async () => {
      const record = await insert({ status: "Queued" });
      const claim = { ...claimOf(record), announced: { status: "Queued", eventCount: 1 } };
      const claimed = await running.store.calls.claim(claim);
      expect(claimed).toMatchObject({
        status: "Dialing",
        eventCount: 2,
        outbox: [
          { id: `${record._id}-e1` },
          { id: `${record._id}-e2`, change: { from: "Queued", to: "Dialing" } },
        ],
      });
    });

    test("gets the right number and status of a claim when others wrote since the call was read", async () => {
      const record = await insert({ status: "Scheduled" });
      const outbox = [...record.outbox!, event(2, record)];
      await running.store.calls.replace({ ...record, status: "Queued", outbox, eventCount: 2 });
      const claim = { ...claimOf(record), announced: { status: "Scheduled", eventCount: 1 } };
      const claimed = await running.store.calls.claim(claim);
      expect(claimed?.outbox?.at(-1)).toMatchObject({
        id: `${record._id}-e3`,
        change: { from: "Queued", to: "Dialing" },
      });
      // Claimed is claimed.
      expect(await running.store.calls.claim(claim)).toBeUndefined();
    });

    test("stays away from a claim that nobody asks to know of", async () => {
      const { record } = await running.store.calls.insert(callRecord({ status: "Queued" }));
      const claimed = await running.store.calls.claim(claimOf(record));
      for (const field of ["outbox", "outboxAt", "eventCount"])
        expect(claimed).not.toHaveProperty(field);
    });

    test("of the first event of an old call begins to count at one", async () => {
      const { record } = await running.store.calls.insert(callRecord({ status: "Queued" }));
      const claim = { ...claimOf(record), announced: { status: "Queued", eventCount: undefined } };
      expect(await running.store.calls.claim(claim)).toMatchObject({
        eventCount: 1,
        outbox: [{ id: `${record._id}-e1` }],
        outboxAt: claim.now,
      });
    });
  });
});
