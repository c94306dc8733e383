import { CallLogError, type CallRecord, newCallLogId } from "@call-log/model";
import {
  callRecord,
  FIXTURE_PROJECT_ID,
  FIXTURE_TIME,
  type FreshDatabase,
  keepExpired,
  onEachDatabase,
} from "@call-log/testing";
import type { Filter, Sort } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import type { AttemptClaim } from "./calls/attempt-claim.ts";
import type { CallDocument } from "./calls/call-document.ts";
import { collectionsOf } from "./collections-for-tests.ts";
import { connectStore } from "./connect-store.ts";
import { INDEXES } from "./indexes.ts";
import type { Store } from "./store.ts";

const DAY_MS = 86_400_000;
const later = (ms: number) => new Date(FIXTURE_TIME.getTime() + ms);
const range = (length: number) => Array.from({ length }, (_, index) => index);

/** What every database under the store must do; `fresh` gives an empty one. */
function storeSuite(name: string, fresh: () => Promise<FreshDatabase>): void {
  describe(`store on ${name}`, () => {
    let database: FreshDatabase;
    let store: Store;
    let clock = new Date(0);

    beforeAll(async () => {
      database = await fresh();
      store = await connectStore({ ...database, now: () => clock });
      await keepExpired(collectionsOf(store));
    });
    beforeEach(async () => {
      clock = later(5000);
      for (const collection of Object.values(collectionsOf(store))) await collection.deleteMany({});
    });
    afterAll(async () => {
      await store?.close();
      await database?.close();
    });

    const insert = async (record: CallRecord) => {
      await store.calls.insert(record);
      return record;
    };

    const claimOf = (record: CallRecord, overrides: Partial<AttemptClaim> = {}): AttemptClaim => ({
      projectId: record.projectId,
      callLogId: record._id,
      attemptNumber: 1,
      workerId: "worker-1",
      provider: "simulated",
      fromNumber: "+15550001111",
      requestDigest: "d".repeat(64),
      now: later(1000),
      deadlineAt: later(31_000),
      ...overrides,
    });

    describe("insert and find", () => {
      test("a record comes back as it was written", async () => {
        const record = callRecord({
          callData: { message: "äöü 🔥", nested: [{ a: null }, 1.5, -7, 2 ** 40, true, "", []] },
          incident: { _id: newCallLogId({ projectId: "p" }), title: "Down" },
          deadlineAt: later(60_000),
          tags: ["night", "database"],
        });
        expect(await store.calls.insert(record)).toEqual({ inserted: true, record });
        expect(await store.calls.find(record._id)).toStrictEqual(record);
        expect(await store.calls.find(record._id, record.projectId)).toStrictEqual(record);
      });

      test("an undefined property is not stored, neither as null", async () => {
        const { wakeAt: _, ...record } = callRecord();
        await store.calls.insert({ ...record, wakeAt: undefined } as unknown as CallRecord);
        expect(await store.calls.find(record._id)).toStrictEqual(record);
      });

      test("an unknown id, or one of another project, finds nothing", async () => {
        const record = await insert(callRecord());
        expect(await store.calls.find(newCallLogId({ projectId: "p" }))).toBeUndefined();
        expect(await store.calls.find(record._id, "another-project")).toBeUndefined();
      });

      test("a taken id writes nothing and gives the present record", async () => {
        const first = await insert(callRecord());
        const second = callRecord({ _id: first._id, status: "Busy" });
        expect(await store.calls.insert(second)).toEqual({ inserted: false, record: first });
        expect(await store.calls.find(first._id)).toStrictEqual(first);
      });

      test("20 inserts of one id at a time: one is written, all get its record", async () => {
        const _id = newCallLogId({ projectId: FIXTURE_PROJECT_ID, idempotencyKey: "k" });
        const answers = await Promise.all(
          range(20).map((n) => store.calls.insert(callRecord({ _id, statusMessage: `${n}` }))),
        );
        const winner = answers.find(({ inserted }) => inserted)!.record;
        expect(answers.filter(({ inserted }) => inserted)).toHaveLength(1);
        for (const { record } of answers) expect(record).toEqual(winner);
      });

      test("1,000 at once, each with its own answer in its place, duplicates among them", async () => {
        const present = await insert(callRecord({ statusMessage: "was here" }));
        const records = range(1000).map(() => callRecord());
        records[17] = callRecord({ _id: present._id });
        records[18] = callRecord({ _id: records[3]!._id, statusMessage: "twice in the batch" });
        const answers = await store.calls.insertMany(records);
        expect(answers).toHaveLength(1000);
        const others = answers.flatMap((one, n) =>
          "record" in one && one.inserted ? [] : [[n, one]],
        );
        expect(others).toEqual([
          [17, { inserted: false, record: present }],
          [18, { inserted: false, record: records[3] }],
        ]);
        expect(await collectionsOf(store).callLogs.countDocuments()).toBe(999);
      });

      test("what was refused is withdrawn, unless somebody has gone on with it", async () => {
        const [refused, claimed, changed] = [
          await insert(callRecord()),
          await insert(callRecord()),
          await insert(callRecord()),
        ];
        await store.calls.claim(claimOf(claimed));
        await store.calls.replace({ ...changed, statusMessage: "Waits" });
        await store.calls.withdraw([refused._id, claimed._id, changed._id]);
        expect(await store.calls.find(refused._id)).toBeUndefined();
        expect(await store.calls.find(claimed._id)).toBeDefined();
        expect(await store.calls.find(changed._id)).toBeDefined();
      });

      test("none at all is fine", async () => {
        expect(await store.calls.insertMany([])).toEqual([]);
      });
    });

    describe("claim", () => {
      test("moves the attempt to submitting and says by whom", async () => {
        const record = await insert(callRecord());
        const claim = claimOf(record);
        const claimed = await store.calls.claim(claim);
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
              requestDigest: claim.requestDigest,
              claimedAt: claim.now,
              events: [{ at: claim.now, source: "worker", status: "submitting", late: false }],
            },
          ],
        });
        expect(await store.calls.find(record._id)).toStrictEqual(claimed);
      });

      test("20 at a time: exactly one gets it", async () => {
        for (const _ of range(5)) {
          const record = await insert(callRecord());
          const claims = await Promise.all(
            range(20).map((n) => store.calls.claim(claimOf(record, { workerId: `w${n}` }))),
          );
          const won = claims.filter((claimed) => claimed !== undefined);
          expect(won).toHaveLength(1);
          expect(await store.calls.find(record._id)).toEqual(won[0]);
        }
      });

      test("the second attempt, and not the first again", async () => {
        const base = callRecord();
        const [first] = base.attempts;
        const record = await insert({
          ...base,
          attemptCount: 1,
          attempts: [
            { ...first!, state: "ended", outcome: "busy" },
            { ...first!, _id: `${base._id}-2`, number: 2 },
          ],
        });
        expect(await store.calls.claim(claimOf(record))).toBeUndefined();
        const claimed = await store.calls.claim(claimOf(record, { attemptNumber: 2 }));
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
        const record = await insert(callRecord({ deadlineAt: later(10_000) }));
        expect((await store.calls.claim(claimOf(record, { now }))) !== undefined).toBe(claimable);
      });

      test.each([
        "submitting",
        "unknown",
        "accepted",
        "ringing",
        "in-progress",
        "ended",
        "rejected",
      ])("refused for an attempt that is %s", async (state) => {
        const base = callRecord();
        const attempts = [{ ...base.attempts[0]!, state: state as "ended" }];
        const record = await insert({ ...base, attempts });
        expect(await store.calls.claim(claimOf(record))).toBeUndefined();
        expect(await store.calls.find(record._id)).toStrictEqual(record);
      });

      test.each(["Canceled", "Expired", "Completed", "Success"])(
        "refused for a call that is %s",
        async (status) => {
          const record = await insert(callRecord({ status }));
          expect(await store.calls.claim(claimOf(record))).toBeUndefined();
        },
      );

      test("refused for another project, an unknown call, an attempt that is not there", async () => {
        const record = await insert(callRecord());
        for (const wrong of [
          { projectId: "another-project" },
          { callLogId: newCallLogId({ projectId: "p" }) },
          { attemptNumber: 2 },
        ])
          expect(await store.calls.claim(claimOf(record, wrong))).toBeUndefined();
        expect(await store.calls.find(record._id)).toStrictEqual(record);
      });

      test("a cancel and a claim at a time: one of them wins, never both", async () => {
        for (const _ of range(10)) {
          const record = await insert(callRecord());
          const canceled: CallRecord = { ...record, status: "Canceled" };
          const [claimed, replaced] = await Promise.all([
            store.calls.claim(claimOf(record)),
            store.calls.replace(canceled),
          ]);
          expect([claimed, replaced].filter((winner) => winner !== undefined)).toHaveLength(1);
        }
      });
    });

    describe("replace", () => {
      test("counts the revision and notes the time", async () => {
        const record = await insert(callRecord());
        const written = await store.calls.replace({ ...record, status: "Ringing" });
        expect(written).toEqual({ ...record, status: "Ringing", revision: 1, updatedAt: clock });
        expect(await store.calls.find(record._id)).toStrictEqual(written);
      });

      test("a property that is gone from the record is gone from the document", async () => {
        const { wakeAt: _, ...record } = await insert(callRecord());
        const written = await store.calls.replace(record);
        expect(written).not.toHaveProperty("wakeAt");
        expect(await store.calls.find(record._id)).toStrictEqual(written);
      });

      test("refused with an old revision, for another project, and for a call that is not there", async () => {
        const record = await insert(callRecord());
        const written = await store.calls.replace(record);
        expect(await store.calls.replace({ ...record, status: "Busy" })).toBeUndefined();
        expect(await store.calls.replace({ ...written!, projectId: "other" })).toBeUndefined();
        expect(await store.calls.replace(callRecord())).toBeUndefined();
        expect(await store.calls.find(record._id)).toStrictEqual(written);
        expect(await collectionsOf(store).callLogs.countDocuments()).toBe(1);
      });

      test("20 at a time on one revision: exactly one is written", async () => {
        const record = await insert(callRecord());
        const answers = await Promise.all(
          range(20).map((n) => store.calls.replace({ ...record, statusMessage: `${n}` })),
        );
        const won = answers.filter((written) => written !== undefined);
        expect(won).toHaveLength(1);
        expect(await store.calls.find(record._id)).toStrictEqual(won[0]);
      });

      test("20 who read again when they lose: no update is lost", async () => {
        const { _id } = await insert(callRecord());
        const addTag = async (tag: string): Promise<void> => {
          const read = await store.calls.find(_id);
          const written = await store.calls.replace({ ...read!, tags: [...read!.tags, tag] });
          if (written === undefined) await addTag(tag);
        };
        const tags = range(20).map((n) => `t${n}`);
        await Promise.all(tags.map(addTag));
        const after = await store.calls.find(_id);
        expect(after?.tags.toSorted()).toEqual(tags.toSorted());
        expect(after?.revision).toBe(20);
      });
    });

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
        const [later5, , later4] = await Promise.all(calls.map((call) => insert(of(call))));
        await store.calls.insert(asleep);
        const due = await store.calls.findDue(later(5000), 10, b!);
        expect(due.map(({ _id }) => _id)).toEqual([later4!._id, later5!._id]);
        expect(await store.calls.findDue(later(5000), 10, a!)).toEqual([]);
        expect(await store.calls.nextProject("due-")).toEqual({ projectId: a, at: later(9000) });
        expect(await store.calls.nextProject(a!)).toEqual({ projectId: b, at: later(4000) });
        expect((await store.calls.nextProject(b!))?.projectId).not.toBe(c);
      });

      test("what is due, oldest first, up to the limit", async () => {
        const { wakeAt: _, ...asleep } = callRecord();
        const [c, a, b, future] = [3, 1, 2, 10].map((s) => callRecord({ wakeAt: later(s * 1000) }));
        await store.calls.insertMany([asleep, c!, a!, future!, b!]);
        const ids = async (limit: number) =>
          (await store.calls.findDue(later(3000), limit)).map(({ _id }) => _id);
        expect(await ids(10)).toEqual([a!._id, b!._id, c!._id]);
        expect(await ids(2)).toEqual([a!._id, b!._id]);
        expect(await store.calls.findDue(later(999), 10)).toEqual([]);
      });

      test("in order without its index, too, which the next one to connect makes again", async () => {
        await collectionsOf(store).callLogs.dropIndex("due");
        const [b, a] = [2, 1].map((s) => callRecord({ wakeAt: later(s * 1000) }));
        await store.calls.insertMany([b!, a!]);
        const due = await store.calls.findDue(later(3000), 10);
        expect(due.map(({ _id }) => _id)).toEqual([a!._id, b!._id]);
        await (await connectStore(database)).close();
        expect(await collectionsOf(store).callLogs.indexExists("due")).toBe(true);
      });
    });

    describe("unboundClaims", () => {
      test("are those of other calls to the number whose attempt is not bound", async () => {
        const planned = await insert(callRecord({ wakeAt: later(0) }));
        const rival = await insert(callRecord({ wakeAt: later(0) }));
        const { toNumber } = planned;
        const search = { toNumber, exceptCallLogId: planned._id };
        expect(await store.calls.unboundClaims(search)).toEqual([]);
        const claimed = (await store.calls.claim(claimOf(rival)))!;
        expect(await store.calls.unboundClaims(search)).toEqual([later(1000)]);
        expect(await store.calls.unboundClaims({ toNumber, exceptCallLogId: rival._id })).toEqual(
          [],
        );
        expect(await store.calls.unboundClaims({ ...search, toNumber: "+4930" })).toEqual([]);
        const [attempt] = claimed.attempts;
        const bound = { ...attempt!, state: "accepted", providerCallId: "CA1" } as const;
        await store.calls.replace({ ...claimed, wakeAt: later(0), attempts: [bound] });
        expect(await store.calls.unboundClaims(search)).toEqual([]);
      });
    });

    describe("ownedProviderCallIds", () => {
      const owner = (projectId: string, providerCallId: string) => {
        const base = callRecord({ projectId });
        return { ...base, attempts: [{ ...base.attempts[0]!, providerCallId }] };
      };

      test("those that an attempt of any project has", async () => {
        await store.calls.insertMany([owner("p1", "CA1"), owner("p2", "CA2"), callRecord()]);
        const owned = await store.calls.ownedProviderCallIds({
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
        await store.calls.insertMany(records);
        const found = await Promise.all(
          records.map(({ _id }, n) => store.calls.find(_id, `project-${n % 2}`)),
        );
        const own = records.map((record, n) => (n % 3 === n % 2 ? record : undefined));
        expect(found).toEqual(own);
      });

      test("200 replacements, some of a revision that is gone: each is told its own", async () => {
        const records = range(200).map(() => callRecord());
        await store.calls.insertMany(records);
        const gone = records.filter((_record, n) => n % 7 === 0);
        await Promise.all(gone.map((record) => store.calls.replace({ ...record, status: "Busy" })));
        const answers = await Promise.all(
          records.map((record) => store.calls.replace({ ...record, status: "Ringing" })),
        );
        for (const [n, answer] of answers.entries()) {
          const status = n % 7 === 0 ? "Busy" : "Ringing";
          expect(answer?.status).toBe(n % 7 === 0 ? undefined : "Ringing");
          expect(await store.calls.find(records[n]!._id)).toMatchObject({ status, revision: 1 });
        }
      });

      test("two of the same revision: one is written, whatever else goes with them", async () => {
        const records = range(10).map(() => callRecord());
        await store.calls.insertMany(records);
        const twins = records.flatMap((record) =>
          ["Ringing", "Busy"].map((status) => store.calls.replace({ ...record, status })),
        );
        const answers = await Promise.all(twins);
        for (const [n, { _id }] of records.entries()) {
          const written = answers.slice(2 * n, 2 * n + 2).filter((answer) => answer !== undefined);
          expect(written).toHaveLength(1);
          expect(await store.calls.find(_id)).toStrictEqual(written[0]);
        }
      });

      test("one that the database can't take fails alone", async () => {
        const records = range(5).map(() => callRecord());
        const tooLarge = { message: "x".repeat(17_000_000) };
        const inserts = await Promise.allSettled([
          store.calls.insert(records[0]!),
          store.calls.insert({ ...records[1]!, callData: tooLarge }),
          store.calls.insert(records[2]!),
        ]);
        expect(inserts.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
        const replaces = await Promise.allSettled([
          store.calls.replace({ ...records[0]!, callData: tooLarge }),
          store.calls.replace({ ...records[2]!, status: "Ringing" }),
        ]);
        expect(replaces.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
        expect(await store.calls.find(records[2]!._id)).toMatchObject({ status: "Ringing" });
      });
    });

    describe("retention", () => {
      const expiryOf = async (id: string) =>
        (await collectionsOf(store).callLogs.findOne({ _id: id }))?.expireAt;
      const over = (projectId: string) => {
        const { wakeAt: _, ...record } = callRecord({ projectId, status: "Completed" });
        return record;
      };

      test("a call that is over expires, counted from its last change, and nobody reads it", async () => {
        const { _id: projectId } = await store.projects.create({ name: "A", retentionDays: 30 });
        const { wakeAt: _, ...record } = await insert(callRecord({ projectId }));
        expect(await expiryOf(record._id)).toBeUndefined();
        const written = await store.calls.replace({ ...record, status: "Completed" });
        expect(await expiryOf(record._id)).toEqual(new Date(clock.getTime() + 30 * DAY_MS));
        expect(written).not.toHaveProperty("expireAt");
        expect(await store.calls.find(record._id)).toStrictEqual(written);
        expect(await store.calls.insert(record)).toEqual({ inserted: false, record: written });
      });

      test("an open call, or one whose price is to come, never does", async () => {
        const { _id: projectId } = await store.projects.create({ name: "A", retentionDays: 1 });
        const open = await insert(callRecord({ projectId, status: "Scheduled" }));
        const pending = await insert(callRecord({ projectId, status: "Completed" }));
        expect(await expiryOf(open._id)).toBeUndefined();
        expect(await expiryOf(pending._id)).toBeUndefined();
      });

      test("without a retention, or in a project that is not there, calls stay", async () => {
        const { _id: projectId } = await store.projects.create({ name: "A" });
        for (const id of [projectId, "nowhere"]) {
          const record = await insert(over(id));
          expect(await expiryOf(record._id)).toBeUndefined();
        }
      });

      test("a call that is opened again does not expire", async () => {
        const { _id: projectId } = await store.projects.create({ name: "A", retentionDays: 1 });
        const record = await insert(over(projectId));
        expect(await expiryOf(record._id)).toBeInstanceOf(Date);
        await store.calls.replace({ ...record, wakeAt: later(1) });
        expect(await expiryOf(record._id)).toBeUndefined();
      });
    });

    describe("do-not-call lists", () => {
      const [ann, bob] = ["+15559998888", "+493012345678"] as const;

      test("hold numbers of one project each", async () => {
        await store.doNotCall.add("shop", [bob, ann, ann]);
        await store.doNotCall.add("shop", [ann]);
        expect(await store.doNotCall.list("shop")).toEqual([ann, bob]);
        expect(await store.doNotCall.among("shop", [ann, "+15550000000"])).toEqual(new Set([ann]));
        expect(await store.doNotCall.among("other", [ann])).toEqual(new Set());
        expect(await store.doNotCall.hasList("shop")).toBe(true);
        expect(await store.doNotCall.hasList("other")).toBe(false);
        expect(await store.doNotCall.remove("shop", ann)).toBe(true);
        expect(await store.doNotCall.remove("shop", ann)).toBe(false);
        expect(await store.doNotCall.among("shop", [ann])).toEqual(new Set());
      });
    });

    describe("provider states", () => {
      const paused = { by: "configuration", reason: "Authenticate (20003)" } as const;

      test("a pause is seen at once, says since when, and ends", async () => {
        expect(await store.providerStates.pauseOf("twilio")).toBeUndefined();
        await store.providerStates.pause("twilio", paused);
        expect(await store.providerStates.pauseOf("twilio")).toEqual({ ...paused, at: clock });
        expect(await store.providerStates.pauseOf("telnyx")).toBeUndefined();
        expect(await store.providerStates.resume("twilio")).toBe(true);
        expect(await store.providerStates.resume("twilio")).toBe(false);
        expect(await store.providerStates.pauseOf("twilio")).toBeUndefined();
      });

      test("a person's pause stands over that of the configuration, not the other way", async () => {
        const byPerson = { by: "person", reason: "the bill" } as const;
        await store.providerStates.pause("twilio", paused);
        await store.providerStates.pause("twilio", byPerson);
        await store.providerStates.pause("twilio", paused);
        expect(await store.providerStates.pauseOf("twilio")).toMatchObject(byPerson);
        expect(await store.providerStates.resume("twilio", "configuration")).toBe(false);
        expect((await store.providerStates.list()).map(({ _id }) => _id)).toEqual(["twilio"]);
      });

      test("one of many takes the turn to check", async () => {
        await store.providerStates.pause("twilio", paused);
        expect(await store.providerStates.takeCheck("twilio", 60)).toBe(false);
        clock = later(70_000);
        const turns = range(5).map(() => store.providerStates.takeCheck("twilio", 60));
        expect((await Promise.all(turns)).filter(Boolean)).toHaveLength(1);
      });

      test("one of many checks an account that refused a call, unless it is paused", async () => {
        const take = () => store.providerStates.takeFirstCheck("twilio", 60);
        const turns = await Promise.all(range(5).map(take));
        expect(turns.filter(Boolean)).toHaveLength(1);
        expect(await take()).toBe(false);
        clock = new Date(clock.getTime() + 60_000);
        expect(await take()).toBe(true);
        await store.providerStates.pause("twilio", paused);
        clock = new Date(clock.getTime() + 60_000);
        expect(await take()).toBe(false);
      });
    });

    describe("refused from-numbers", () => {
      const number = { projectId: "shop", provider: "twilio", fromNumber: "+15551112222" };
      const refused = { ...number, reason: "not verified (21210)" };

      test("are of one project, seen at once, and end", async () => {
        expect(await store.numberRefusals.of("shop")).toEqual([]);
        await store.numberRefusals.note(refused);
        const retryAt = new Date(clock.getTime() + 60_000);
        expect(await store.numberRefusals.of("shop")).toMatchObject([
          { ...refused, refusals: 1, retryAt },
        ]);
        expect(await store.numberRefusals.of("other")).toEqual([]);
        await store.numberRefusals.clear(number);
        expect(await store.numberRefusals.of("shop")).toEqual([]);
      });

      test("wait longer each time, not for each call that was refused at once", async () => {
        await Promise.all(range(5).map(() => store.numberRefusals.note(refused)));
        const waits = [60, 120, 240, 480, 900, 900];
        for (const [index, wait] of waits.entries()) {
          const [known] = await store.numberRefusals.of("shop");
          expect(known).toMatchObject({ refusals: index + 1 });
          expect(known!.retryAt.getTime() - clock.getTime()).toBe(wait * 1000);
          clock = known!.retryAt;
          await store.numberRefusals.note(refused);
        }
      });

      test("let one of many ask again", async () => {
        await store.numberRefusals.note(refused);
        clock = later(70_000);
        const [known] = await store.numberRefusals.of("shop");
        const turns = range(5).map(() => store.numberRefusals.takeTurn(known!));
        expect((await Promise.all(turns)).filter(Boolean)).toHaveLength(1);
        // The refusal that the turn ends with is counted already.
        await store.numberRefusals.note(refused);
        expect(await store.numberRefusals.of("shop")).toMatchObject([{ refusals: 2 }]);
      });
    });

    describe("projects", () => {
      test("paused for a reason, and resumed", async () => {
        const { _id } = await store.projects.create({ name: "Alpha" });
        const pause = { reason: "a loop", at: clock };
        expect(await store.projects.pause(_id, "a loop")).toMatchObject({ paused: pause });
        expect(await store.projects.find(_id)).toMatchObject({ paused: pause });
        expect(await store.projects.resume(_id)).not.toHaveProperty("paused");
        await expect(store.projects.pause("nowhere", "x")).rejects.toMatchObject({
          code: "NOT_FOUND",
        });
      });

      test("paused by an operator beside their own pause; each side ends its own", async () => {
        const { _id } = await store.projects.create({ name: "Alpha" });
        await store.projects.pause(_id, "a loop");
        const operatorPause = { reason: "unpaid", at: clock };
        const both = { paused: { reason: "a loop" }, operatorPause };
        expect(await store.projects.pauseByOperator(_id, "unpaid")).toMatchObject(both);
        const resumed = await store.projects.resume(_id);
        expect(resumed).not.toHaveProperty("paused");
        expect(resumed).toMatchObject({ operatorPause });
        await store.projects.pause(_id, "another loop");
        const own = await store.projects.resumeByOperator(_id);
        expect(own).not.toHaveProperty("operatorPause");
        expect(own).toMatchObject({ paused: { reason: "another loop" } });
        const nowhere = store.projects.pauseByOperator("nowhere", "x");
        await expect(nowhere).rejects.toMatchObject({ code: "NOT_FOUND" });
      });

      test("created with defaults, found, listed by name, counted", async () => {
        const b = await store.projects.create({ name: "Beta" });
        const a = await store.projects.create({
          id: "7C9E6679-7425-40DE-944B-E07FC1F90AE7",
          name: " Alpha ",
          fromNumbers: ["+1 555 111 2222"],
          providerChain: ["twilio", "simulated"],
          retentionDays: 90,
        });
        expect(b).toMatchObject({
          fromNumbers: [],
          providerChain: [],
          createdAt: clock,
        });
        expect(a).toEqual({
          _id: "7c9e6679-7425-40de-944b-e07fc1f90ae7",
          name: "Alpha",
          fromNumbers: ["+15551112222"],
          providerChain: ["twilio", "simulated"],
          retentionDays: 90,
          createdAt: clock,
        });
        expect(await store.projects.find(a._id)).toStrictEqual(a);
        expect(await store.projects.list()).toStrictEqual([a, b]);
        expect(await store.projects.count()).toBe(2);
        expect(await store.projects.find("nowhere")).toBeUndefined();
      });

      test("a taken id is a conflict and changes nothing", async () => {
        const first = await store.projects.create({ name: "First" });
        const second = store.projects.create({ id: first._id, name: "Second" });
        await expect(second).rejects.toThrow(
          new CallLogError("CONFLICT", `project ${first._id} exists already`),
        );
        await expect(second).rejects.toMatchObject({ code: "CONFLICT" });
        expect(await store.projects.list()).toStrictEqual([first]);
      });

      test("a pause is seen at once where it is made, and within a second on another node", async () => {
        let elapsed = 0;
        const other = await connectStore({ ...database, elapsedMs: () => elapsed });
        const { _id } = await store.projects.create({ name: "A" });
        for (const { projects } of [store, other])
          expect(await projects.recent(_id)).toMatchObject({ name: "A" });
        await store.projects.pause(_id, "an incident");
        expect(await store.projects.recent(_id)).toMatchObject({ paused: {} });
        elapsed = 999;
        expect(await other.projects.recent(_id)).not.toHaveProperty("paused");
        elapsed = 1000;
        expect(await other.projects.recent(_id)).toMatchObject({ paused: {} });
        await other.close();
      });

      test("settings change one by one, and the retention can be lifted", async () => {
        const { _id, ...rest } = await store.projects.create({ name: "A", retentionDays: 7 });
        const { retentionDays: _, ...kept } = rest;
        const renamed = await store.projects.update(_id, { name: "B" });
        expect(renamed).toStrictEqual({ _id, ...rest, name: "B" });
        const lifted = await store.projects.update(_id, { retentionDays: null });
        expect(lifted).toStrictEqual({ _id, ...kept, name: "B" });
        expect(await store.projects.find(_id)).toStrictEqual(lifted);
      });

      test("bad settings and unknown projects are refused in words", async () => {
        const { _id } = await store.projects.create({ name: "A" });
        const refused = async (attempt: Promise<unknown>, code: string, text: string) => {
          await expect(attempt).rejects.toMatchObject({ code });
          await expect(attempt).rejects.toThrow(text);
        };
        const { projects } = store;
        await refused(
          projects.create({ name: "" }),
          "BAD_REQUEST",
          "project.name: must not be empty",
        );
        await refused(
          projects.create({ name: "A", fromNumbers: ["12"] }),
          "BAD_REQUEST",
          "project.fromNumbers.0: must be a phone number",
        );
        await refused(projects.update(_id, {}), "BAD_REQUEST", "must change at least one setting");
        await refused(projects.update(_id, { retentionDays: 0 }), "BAD_REQUEST", "at least 1 day");
        await refused(projects.update("nowhere", { name: "B" }), "NOT_FOUND", "no project nowhere");
      });
    });

    describe("API keys", () => {
      const newKey = { projectId: FIXTURE_PROJECT_ID, permissions: ["Viewer" as const] };

      test("a key stands for its project and permissions, and is nowhere in the database", async () => {
        const { id, key } = await store.keys.create({ ...newKey, name: "Pager" });
        expect(key).toMatch(/^cl_[\w-]{43}$/);
        expect(await store.keys.authenticate(key)).toEqual({
          scope: "project",
          keyId: id,
          ...newKey,
          name: "Pager",
        });
        const documents = JSON.stringify(await collectionsOf(store).apiKeys.find().toArray());
        expect(documents).not.toContain(key);
        expect(documents).not.toContain(key.slice(3));
        const [info, ...others] = await store.keys.list(FIXTURE_PROJECT_ID);
        expect(info).toStrictEqual({ id, ...newKey, name: "Pager", createdAt: clock });
        expect(others).toEqual([]);
        expect(await store.keys.list("another-project")).toEqual([]);
      });

      test("an operator's key is of the installation and in no project's list, nor revoked by one", async () => {
        const permissions = ["Operator" as const];
        const { id, key } = await store.keys.create({ permissions });
        const operator = { scope: "installation", keyId: id, permissions };
        expect(await store.keys.authenticate(key)).toStrictEqual(operator);
        expect(await store.keys.identify(id)).toStrictEqual(operator);
        expect(await store.keys.list(FIXTURE_PROJECT_ID)).toEqual([]);
        expect(await store.keys.list(null)).toMatchObject([{ id, permissions }]);
        expect(await store.keys.revoke(id, FIXTURE_PROJECT_ID)).toBe(false);
        const { id: viewer } = await store.keys.create(newKey);
        expect(await store.keys.revoke(viewer, null)).toBe(false);
        expect(await store.keys.revoke(id, null)).toBe(true);
        expect(await store.keys.authenticate(key)).toBeUndefined();
      });

      test("no key has an operator's permission and another, nor one that does not go with its owner", async () => {
        const { projectId } = newKey;
        for (const refusedKey of [
          { projectId, permissions: ["Operator" as const] },
          { projectId, permissions: ["Viewer" as const, "Operator" as const] },
          { permissions: ["Operator" as const, "Viewer" as const] },
          { permissions: ["Project Owner" as const] },
        ]) {
          const refusal = { code: "BAD_REQUEST", message: expect.stringMatching(/^permissions: /) };
          await expect(store.keys.create(refusedKey)).rejects.toMatchObject(refusal);
          const chosen = { ...refusedKey, key: "chosen" };
          await expect(store.keys.createWithKey(chosen)).rejects.toMatchObject(refusal);
        }
      });

      test("no two keys are alike, and no other text is valid", async () => {
        const [a, b] = [await store.keys.create(newKey), await store.keys.create(newKey)];
        expect(a.key).not.toBe(b.key);
        const { _id: hash } = (await collectionsOf(store).apiKeys.findOne({ keyId: a.id }))!;
        for (const text of ["", "cl_", a.id, hash, a.key.slice(0, -1), `${a.key} `])
          expect(await store.keys.authenticate(text)).toBeUndefined();
      });

      test("a key is worth nothing from the moment it expires", async () => {
        const { key } = await store.keys.create({ ...newKey, expiresAt: later(10_000) });
        expect(await store.keys.authenticate(key, later(9999))).toBeDefined();
        expect(await store.keys.authenticate(key, later(10_000))).toBeUndefined();
        clock = later(10_000);
        expect(await store.keys.authenticate(key)).toBeUndefined();
      });

      test("a revocation holds at once, and within half a second on another node", async () => {
        let elapsed = 0;
        const other = await connectStore({ ...database, elapsedMs: () => elapsed });
        const { id, key } = await store.keys.create(newKey);
        expect(await other.keys.authenticate(key)).toBeDefined();
        expect(await store.keys.revoke(id, "another-project")).toBe(false);
        expect(await other.keys.authenticate(key)).toBeDefined();
        expect(await store.keys.authenticate(key)).toBeDefined();
        expect(await store.keys.revoke(id, FIXTURE_PROJECT_ID)).toBe(true);
        expect(await store.keys.authenticate(key)).toBeUndefined();
        elapsed = 500;
        expect(await other.keys.authenticate(key)).toBeUndefined();
        const revokedAt = clock;
        clock = later(60_000);
        expect(await store.keys.revoke(id)).toBe(true);
        expect(await store.keys.list(FIXTURE_PROJECT_ID)).toMatchObject([{ id, revokedAt }]);
        expect(await store.keys.revoke("no-such-key")).toBe(false);
        await other.close();
      });

      test("a chosen key is created once, whoever starts at the same moment, and stays revoked", async () => {
        const chosen = { ...newKey, key: "chosen-by-the-operator" };
        const answers = await Promise.all(range(10).map(() => store.keys.createWithKey(chosen)));
        expect(answers.filter(({ created }) => created)).toHaveLength(1);
        expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
        const { id } = answers[0]!;
        expect(await store.keys.authenticate(chosen.key)).toMatchObject({ keyId: id });
        await store.keys.revoke(id);
        expect(await store.keys.createWithKey(chosen)).toEqual({ id, created: false });
        expect(await store.keys.authenticate(chosen.key)).toBeUndefined();
      });
    });

    describe("instance", () => {
      test("all processes get the same secret of 256 bits, also at the same moment", async () => {
        const nodes = await Promise.all(range(5).map(() => connectStore(database)));
        const secrets = await Promise.all(nodes.map(({ instance }) => instance.secret()));
        expect(new Set(secrets.map((secret) => secret.toString("hex"))).size).toBe(1);
        expect(secrets[0]).toHaveLength(32);
        expect(secrets[0]!.equals(Buffer.alloc(32))).toBe(false);
        expect(await nodes[0]!.instance.findSecret()).toEqual(secrets[0]);
        await Promise.all(nodes.map((node) => node.close()));
      });

      test("there is no secret before somebody asks for one", async () => {
        await collectionsOf(store).settings.deleteMany({});
        expect(await store.instance.findSecret()).toBeUndefined();
      });

      test("the mark of the secret is changed by one process after the other", async () => {
        await collectionsOf(store).settings.deleteMany({});
        const nodes = await Promise.all(range(5).map(() => connectStore(database)));
        const seen: (string | undefined)[] = [];
        await Promise.all(
          nodes.map(({ instance }, n) =>
            instance.changeSecretMark((found) => {
              if (found?.current === "last") return found;
              const current = seen.length < 20 ? `mark-${n}-${seen.push(found?.current)}` : "last";
              return { current, changedAt: clock, ...(found && { previous: found.current }) };
            }),
          ),
        );
        const mark = await store.instance.changeSecretMark((found) => found!);
        expect(mark).toMatchObject({ changedAt: clock, current: expect.stringMatching(/^mark-/) });
        const kept = { current: "kept", changedAt: clock };
        expect(await store.instance.changeSecretMark(() => kept)).toEqual(kept);
        expect(await nodes[0]!.instance.changeSecretMark((found) => found!)).toEqual(kept);
        await Promise.all(nodes.map((node) => node.close()));
      });
    });

    describe("indexes", () => {
      test("are as the table says, however often and by however many they are ensured", async () => {
        const again = await Promise.all([connectStore(database), connectStore(database)]);
        for (const [collection, specs] of Object.entries(INDEXES)) {
          if (specs.length === 0) continue;
          const name = collection as keyof typeof INDEXES;
          const present = await collectionsOf(store)[name].indexes();
          const names = new Set(present.map((index) => index.name));
          expect(names).toEqual(new Set(["_id_", ...specs.map((spec) => spec.name)]));
          for (const spec of specs)
            expect(present.find((index) => index.name === spec.name)).toMatchObject(spec);
        }
        await Promise.all(again.map((node) => node.close()));
      });

      const scope = { projectId: FIXTURE_PROJECT_ID };
      const newestFirst = { createdAt: -1, _id: -1 } as const;
      const cases: { list: string; index: string; filter: Filter<CallDocument>; sort: Sort }[] = [
        { list: "a project", index: "byProject", filter: scope, sort: newestFirst },
        {
          list: "a status",
          index: "byStatus",
          filter: { ...scope, status: "Busy" },
          sort: newestFirst,
        },
        {
          list: "a number",
          index: "byToNumber",
          filter: { ...scope, toNumber: "+15559998888" },
          sort: newestFirst,
        },
        { list: "a tag", index: "byTag", filter: { ...scope, tags: "t" }, sort: newestFirst },
        {
          list: "what is due",
          index: "due",
          filter: { wakeAt: { $lte: FIXTURE_TIME } },
          sort: { wakeAt: 1 },
        },
        {
          list: "owners of a provider's call",
          index: "byProviderCall",
          filter: { "attempts.providerCallId": { $in: ["CA1"] } },
          sort: {},
        },
        {
          list: "acts that are not filed",
          index: "unfiled",
          filter: { "unfiledActs.createdAt": { $lte: FIXTURE_TIME } },
          sort: {},
        },
      ];

      test.each(cases)("$list is found by index $index", async ({ index, filter, sort }) => {
        await store.calls.insertMany(range(50).map((n) => callRecord({ tags: [`t${n}`] })));
        const cursor = collectionsOf(store).callLogs.find(filter).sort(sort).limit(10);
        const plan = JSON.stringify(await cursor.explain("queryPlanner"));
        expect(plan).toContain(`"indexName":"${index}"`);
        expect(plan).not.toContain("COLLSCAN");
      });
    });

    test("answers a ping", async () => {
      await expect(store.ping()).resolves.toBeUndefined();
    });

    test("writes when it is asked whether it can, first by many at a time, then again", async () => {
      await Promise.all(Array.from({ length: 8 }, () => store.checkWrite()));
      await store.checkWrite();
      const written = { _id: "lastWriteCheck" };
      expect(await collectionsOf(store).settings.countDocuments(written)).toBe(1);
    });
  });
}

onEachDatabase(storeSuite);
