import { callRecord } from "@call-log/testing";
import { describe, expect, test } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { connectStore } from "../connect-store.ts";
import { claimOf } from "../testing/claim-of.ts";
import { insertCall } from "../testing/insert-call.ts";
import { later, onEachStore } from "../testing/on-each-store.ts";
import { range } from "../testing/range.ts";

onEachStore((running) => {
  describe("findDue", () => {
    test("of one project alone, and each project that has calls with a time in its turn", async () => {
      const [a, b, c] = ["due-a", "due-b", "due-c"];
      const { wakeAt: _, ...asleep } = callRecord({ projectId: c! });
      const calls = [
        [b!, 5],
        [a!, 9],
        [b!, 4],
      ] as const;
      const of = ([projectId, s]: (typeof calls)[number]) =>
        callRecord({ projectId, wakeAt: later(s * 1000) });
      const [later5, , later4] = await Promise.all(
        calls.map((call) => insertCall(running.store, of(call))),
      );
      await running.store.calls.insert(asleep);
      const due = await running.store.calls.findDue(later(5000), 10, b!);
      expect(due.map(({ _id }) => _id)).toEqual([later4!._id, later5!._id]);
      expect(await running.store.calls.findDue(later(5000), 10, a!)).toEqual([]);
      expect(await running.store.calls.nextProject("due-")).toEqual({
        projectId: a,
        at: later(9000),
      });
      expect(await running.store.calls.nextProject(a!)).toEqual({ projectId: b, at: later(4000) });
      expect((await running.store.calls.nextProject(b!))?.projectId).not.toBe(c);
    });

    test("what is due, oldest first, up to the limit", async () => {
      const { wakeAt: _, ...asleep } = callRecord();
      const [c, a, b, future] = [3, 1, 2, 10].map((s) => callRecord({ wakeAt: later(s * 1000) }));
      await running.store.calls.insertMany([asleep, c!, a!, future!, b!]);
      const ids = async (limit: number) =>
        (await running.store.calls.findDue(later(3000), limit)).map(({ _id }) => _id);
      expect(await ids(10)).toEqual([a!._id, b!._id, c!._id]);
      expect(await ids(2)).toEqual([a!._id, b!._id]);
      expect(await running.store.calls.findDue(later(999), 10)).toEqual([]);
    });

    test("in order without its index, too, which the next one to connect makes again", async () => {
      await collectionsOf(running.store).callLogs.dropIndex("due");
      const [b, a] = [2, 1].map((s) => callRecord({ wakeAt: later(s * 1000) }));
      await running.store.calls.insertMany([b!, a!]);
      const due = await running.store.calls.findDue(later(3000), 10);
      expect(due.map(({ _id }) => _id)).toEqual([a!._id, b!._id]);
      await (await connectStore(running.database)).close();
      expect(await collectionsOf(running.store).callLogs.indexExists("due")).toBe(true);
    });
  });

  describe("unmatchedClaimTimes", () => {
    test("are those of other calls to the number whose attempt is not bound", async () => {
      const planned = await insertCall(running.store, callRecord({ wakeAt: later(0) }));
      const rival = await insertCall(running.store, callRecord({ wakeAt: later(0) }));
      const { toNumber } = planned;
      const search = { toNumber, exceptCallLogId: planned._id };
      expect(await running.store.calls.unmatchedClaimTimes(search)).toEqual([]);
      const claimed = (await running.store.calls.claim(claimOf(rival)))!;
      expect(await running.store.calls.unmatchedClaimTimes(search)).toEqual([later(1000)]);
      expect(
        await running.store.calls.unmatchedClaimTimes({ toNumber, exceptCallLogId: rival._id }),
      ).toEqual([]);
      expect(
        await running.store.calls.unmatchedClaimTimes({ ...search, toNumber: "+4930" }),
      ).toEqual([]);
      const [attempt] = claimed.attempts;
      const bound = { ...attempt!, state: "accepted", providerCallId: "CA1" } as const;
      await running.store.calls.replace({ ...claimed, wakeAt: later(0), attempts: [bound] });
      expect(await running.store.calls.unmatchedClaimTimes(search)).toEqual([]);
    });
  });

  describe("ownedProviderCallIds", () => {
    const owner = (projectId: string, providerCallId: string) => {
      const base = callRecord({ projectId });
      return { ...base, attempts: [{ ...base.attempts[0]!, providerCallId }] };
    };

    test("those that an attempt of any project has", async () => {
      await running.store.calls.insertMany([owner("p1", "CA1"), owner("p2", "CA2"), callRecord()]);
      const owned = await running.store.calls.ownedProviderCallIds({
        projectId: "p1",
        toNumber: "+15559998888",
        providerCallIds: ["CA1", "CA2", "CA3"],
      });
      expect(owned).toEqual(new Set(["CA1", "CA2"]));
    });
  });

  describe("what many ask for at a time", () => {
    test("200 finds of different projects: each gets its own", async () => {
      const records = range(200).map((n) => callRecord({ projectId: `project-${n % 3}` }));
      await running.store.calls.insertMany(records);
      const found = await Promise.all(
        records.map(({ _id }, n) => running.store.calls.find(_id, `project-${n % 2}`)),
      );
      const own = records.map((record, n) => (n % 3 === n % 2 ? record : undefined));
      expect(found).toEqual(own);
    });

    test("200 replacements, some of a revision that is gone: each is told its own", async () => {
      const records = range(200).map(() => callRecord());
      await running.store.calls.insertMany(records);
      const gone = records.filter((_record, n) => n % 7 === 0);
      await Promise.all(
        gone.map((record) => running.store.calls.replace({ ...record, status: "Busy" })),
      );
      const answers = await Promise.all(
        records.map((record) => running.store.calls.replace({ ...record, status: "Ringing" })),
      );
      for (const [n, answer] of answers.entries()) {
        const status = n % 7 === 0 ? "Busy" : "Ringing";
        expect(answer?.status).toBe(n % 7 === 0 ? undefined : "Ringing");
        expect(await running.store.calls.find(records[n]!._id)).toMatchObject({
          status,
          revision: 1,
        });
      }
    });

    test("two of the same revision: one is written, whatever else goes with them", async () => {
      const records = range(10).map(() => callRecord());
      await running.store.calls.insertMany(records);
      const twins = records.flatMap((record) =>
        ["Ringing", "Busy"].map((status) => running.store.calls.replace({ ...record, status })),
      );
      const answers = await Promise.all(twins);
      for (const [n, { _id }] of records.entries()) {
        const written = answers.slice(2 * n, 2 * n + 2).filter((answer) => answer !== undefined);
        expect(written).toHaveLength(1);
        expect(await running.store.calls.find(_id)).toStrictEqual(written[0]);
      }
    });

    test("one that the database can't take fails alone", async () => {
      const records = range(5).map(() => callRecord());
      const tooLarge = { message: "x".repeat(17_000_000) };
      const inserts = await Promise.allSettled([
        running.store.calls.insert(records[0]!),
        running.store.calls.insert({ ...records[1]!, callData: tooLarge }),
        running.store.calls.insert(records[2]!),
      ]);
      expect(inserts.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
      const replaces = await Promise.allSettled([
        running.store.calls.replace({ ...records[0]!, callData: tooLarge }),
        running.store.calls.replace({ ...records[2]!, status: "Ringing" }),
      ]);
      expect(replaces.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
      expect(await running.store.calls.find(records[2]!._id)).toMatchObject({ status: "Ringing" });
    });
  });
});
