import { type CallRecord, newCallLogId } from "@call-log/model";
import { callRecord, FIXTURE_PROJECT_ID, FIXTURE_TIME } from "@call-log/testing";
import { describe, expect, test } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { claimOf } from "../testing/claim-of.ts";
import { insertCall } from "../testing/insert-call.ts";
import { later, onEachStore } from "../testing/on-each-store.ts";
import { range } from "../testing/range.ts";

onEachStore((running) => {
  describe("insert and find", () => {
    test("a record comes back as it was written", async () => {
      const record = callRecord({
        callData: { message: "äöü 🔥", nested: [{ a: null }, 1.5, -7, 2 ** 40, true, "", []] },
        incident: { _id: newCallLogId({ projectId: "p" }), title: "Down" },
        deadlineAt: later(60_000),
        tags: ["night", "database"],
      });
      expect(await running.store.calls.insert(record)).toEqual({ inserted: true, record });
      expect(await running.store.calls.find(record._id)).toStrictEqual(record);
      expect(await running.store.calls.find(record._id, record.projectId)).toStrictEqual(record);
    });

    test("an undefined property is not stored, neither as null", async () => {
      const { wakeAt: _, ...record } = callRecord();
      await running.store.calls.insert({ ...record, wakeAt: undefined } as unknown as CallRecord);
      expect(await running.store.calls.find(record._id)).toStrictEqual(record);
    });

    test("an unknown id, or one of another project, finds nothing", async () => {
      const record = await insertCall(running.store, callRecord());
      expect(await running.store.calls.find(newCallLogId({ projectId: "p" }))).toBeUndefined();
      expect(await running.store.calls.find(record._id, "another-project")).toBeUndefined();
    });

    test("a taken id writes nothing and gives the present record", async () => {
      const first = await insertCall(running.store, callRecord());
      const second = callRecord({ _id: first._id, status: "Busy" });
      expect(await running.store.calls.insert(second)).toEqual({ inserted: false, record: first });
      expect(await running.store.calls.find(first._id)).toStrictEqual(first);
    });

    test("20 inserts of one id at a time: one is written, all get its record", async () => {
      const _id = newCallLogId({ projectId: FIXTURE_PROJECT_ID, idempotencyKey: "k" });
      const answers = await Promise.all(
        range(20).map((n) =>
          running.store.calls.insert(callRecord({ _id, statusMessage: `${n}` })),
        ),
      );
      const winner = answers.find(({ inserted }) => inserted)!.record;
      expect(answers.filter(({ inserted }) => inserted)).toHaveLength(1);
      for (const { record } of answers) expect(record).toEqual(winner);
    });

    test("1,000 at once, each with its own answer in its place, duplicates among them", async () => {
      const present = await insertCall(running.store, callRecord({ statusMessage: "was here" }));
      const records = range(1000).map(() => callRecord());
      records[17] = callRecord({ _id: present._id });
      records[18] = callRecord({ _id: records[3]!._id, statusMessage: "twice in the batch" });
      const answers = await running.store.calls.insertMany(records);
      expect(answers).toHaveLength(1000);
      const others = answers.flatMap((one, n) =>
        "record" in one && one.inserted ? [] : [[n, one]],
      );
      expect(others).toEqual([
        [17, { inserted: false, record: present }],
        [18, { inserted: false, record: records[3] }],
      ]);
      expect(await collectionsOf(running.store).callLogs.countDocuments()).toBe(999);
    });

    test("what was refused is withdrawn, unless somebody has gone on with it", async () => {
      const [refused, claimed, changed] = [
        await insertCall(running.store, callRecord()),
        await insertCall(running.store, callRecord()),
        await insertCall(running.store, callRecord()),
      ];
      await running.store.calls.claim(claimOf(claimed));
      await running.store.calls.replace({ ...changed, statusMessage: "Waits" });
      await running.store.calls.withdraw([refused._id, claimed._id, changed._id]);
      expect(await running.store.calls.find(refused._id)).toBeUndefined();
      expect(await running.store.calls.find(claimed._id)).toBeDefined();
      expect(await running.store.calls.find(changed._id)).toBeDefined();
    });

    test("none at all is fine", async () => {
      expect(await running.store.calls.insertMany([])).toEqual([]);
    });
  });

  describe("claim", () => {
    test("moves the attempt to submitting and says by whom", async () => {
      const record = await insertCall(running.store, callRecord());
      const claim = claimOf(record);
      const claimed = await running.store.calls.claim(claim);
      const { wakeAt: _, ...rest } = record;
      expect(claimed).toStrictEqual({
        ...rest,
        status: "Dialing",
        provider: "simulated",
        fromNumber: claim.fromNumber,
        attemptCount: 1,
        revision: 1,
        updatedAt: claim.now,
        wakeAt: claim.deadlineAt,
        attempts: [
          {
            ...record.attempts[0],
            state: "submitting",
            provider: "simulated",
            fromNumber: claim.fromNumber,
            workerId: "worker-1",
            claimId: claim.claimId,
            requestDigest: claim.requestDigest,
            claimedAt: claim.now,
            events: [{ at: claim.now, source: "worker", status: "submitting", late: false }],
          },
        ],
      });
      expect(await running.store.calls.find(record._id)).toStrictEqual(claimed);
    });

    test("20 at a time: exactly one gets it", async () => {
      for (const _ of range(5)) {
        const record = await insertCall(running.store, callRecord());
        const claims = await Promise.all(
          range(20).map((n) => running.store.calls.claim(claimOf(record, { workerId: `w${n}` }))),
        );
        const won = claims.filter((claimed) => claimed !== undefined);
        expect(won).toHaveLength(1);
        expect(await running.store.calls.find(record._id)).toEqual(won[0]);
      }
    });

    test("the second attempt, and not the first again", async () => {
      const base = callRecord();
      const [first] = base.attempts;
      const record = await insertCall(running.store, {
        ...base,
        attemptCount: 1,
        attempts: [
          { ...first!, state: "ended", outcome: "busy" },
          { ...first!, _id: `${base._id}-2`, number: 2 },
        ],
      });
      expect(await running.store.calls.claim(claimOf(record))).toBeUndefined();
      const claimed = await running.store.calls.claim(claimOf(record, { attemptNumber: 2 }));
      expect(claimed?.attempts.map(({ state }) => state)).toEqual(["ended", "submitting"]);
      expect(claimed?.attemptCount).toBe(2);
    });

    const due = FIXTURE_TIME;
    test.each([
      { when: "a millisecond before it is due", now: later(-1), claimable: false },
      { when: "when it is due", now: due, claimable: true },
      { when: "a millisecond before the deadline", now: later(9999), claimable: true },
      { when: "at the deadline", now: later(10_000), claimable: false },
      { when: "after the deadline", now: later(10_001), claimable: false },
    ])("$when: $claimable", async ({ now, claimable }) => {
      const record = await insertCall(running.store, callRecord({ deadlineAt: later(10_000) }));
      expect((await running.store.calls.claim(claimOf(record, { now }))) !== undefined).toBe(
        claimable,
      );
    });

    test.each(["submitting", "unknown", "accepted", "ringing", "in-progress", "ended", "rejected"])(
      "refused for an attempt that is %s",
      async (state) => {
        const base = callRecord();
        const attempts = [{ ...base.attempts[0]!, state: state as "ended" }];
        const record = await insertCall(running.store, { ...base, attempts });
        expect(await running.store.calls.claim(claimOf(record))).toBeUndefined();
        expect(await running.store.calls.find(record._id)).toStrictEqual(record);
      },
    );

    test.each(["Canceled", "Expired", "Completed", "Success"])(
      "refused for a call that is %s",
      async (status) => {
        const record = await insertCall(running.store, callRecord({ status }));
        expect(await running.store.calls.claim(claimOf(record))).toBeUndefined();
      },
    );

    test("refused for another project, an unknown call, an attempt that is not there", async () => {
      const record = await insertCall(running.store, callRecord());
      for (const wrong of [
        { projectId: "another-project" },
        { callLogId: newCallLogId({ projectId: "p" }) },
        { attemptNumber: 2 },
      ])
        expect(await running.store.calls.claim(claimOf(record, wrong))).toBeUndefined();
      expect(await running.store.calls.find(record._id)).toStrictEqual(record);
    });

    test("a cancel and a claim at a time: one of them wins, never both", async () => {
      for (const _ of range(10)) {
        const record = await insertCall(running.store, callRecord());
        const canceled: CallRecord = { ...record, status: "Canceled" };
        const [claimed, replaced] = await Promise.all([
          running.store.calls.claim(claimOf(record)),
          running.store.calls.replace(canceled),
        ]);
        expect([claimed, replaced].filter((winner) => winner !== undefined)).toHaveLength(1);
      }
    });
  });

  describe("replace", () => {
    test("counts the revision and notes the time", async () => {
      const record = await insertCall(running.store, callRecord());
      const written = await running.store.calls.replace({ ...record, status: "Ringing" });
      expect(written).toEqual({
        ...record,
        status: "Ringing",
        revision: 1,
        updatedAt: running.clock,
      });
      expect(await running.store.calls.find(record._id)).toStrictEqual(written);
    });

    test("a property that is gone from the record is gone from the document", async () => {
      const { wakeAt: _, ...record } = await insertCall(running.store, callRecord());
      const written = await running.store.calls.replace(record);
      expect(written).not.toHaveProperty("wakeAt");
      expect(await running.store.calls.find(record._id)).toStrictEqual(written);
    });

    test("refused with an old revision, for another project, and for a call that is not there", async () => {
      const record = await insertCall(running.store, callRecord());
      const written = await running.store.calls.replace(record);
      expect(await running.store.calls.replace({ ...record, status: "Busy" })).toBeUndefined();
      expect(
        await running.store.calls.replace({ ...written!, projectId: "other" }),
      ).toBeUndefined();
      expect(await running.store.calls.replace(callRecord())).toBeUndefined();
      expect(await running.store.calls.find(record._id)).toStrictEqual(written);
      expect(await collectionsOf(running.store).callLogs.countDocuments()).toBe(1);
    });

    test("20 at a time on one revision: exactly one is written", async () => {
      const record = await insertCall(running.store, callRecord());
      const answers = await Promise.all(
        range(20).map((n) => running.store.calls.replace({ ...record, statusMessage: `${n}` })),
      );
      const won = answers.filter((written) => written !== undefined);
      expect(won).toHaveLength(1);
      expect(await running.store.calls.find(record._id)).toStrictEqual(won[0]);
    });

    test("20 who read again when they lose: no update is lost", async () => {
      const { _id } = await insertCall(running.store, callRecord());
      const addTag = async (tag: string): Promise<void> => {
        const read = await running.store.calls.find(_id);
        const written = await running.store.calls.replace({ ...read!, tags: [...read!.tags, tag] });
        if (written === undefined) await addTag(tag);
      };
      const tags = range(20).map((n) => `t${n}`);
      await Promise.all(tags.map(addTag));
      const after = await running.store.calls.find(_id);
      expect(after?.tags.toSorted()).toEqual(tags.toSorted());
      expect(after?.revision).toBe(20);
    });
  });
});
