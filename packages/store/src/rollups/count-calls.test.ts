import { CALL_STATUS_NAMES, isFinalStatus, queryInput } from "@call-log/model";
import {
  anAttempt,
  callRecord,
  databaseRuns,
  type FreshDatabase,
  onEachDatabase,
} from "@call-log/testing";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { connectStore } from "../connect-store.ts";
import { scoped } from "../queries/read-scope.ts";
import type { CallReader } from "../reads/call-reader.ts";
import type { Store } from "../store.ts";
import { patientReader } from "../testing/patient-reader.ts";

const MINUTE_MS = 60_000;
const TICK_MS = 4000;
// Years ahead, so that no server deletes anything by its own clock; near the end of a month.
const START = Date.UTC(2041, 2, 30, 21, 40);
const STATUSES = [...CALL_STATUS_NAMES, "Success", "odd.$status"];
const OPEN = STATUSES.filter((status) => !isFinalStatus(status));
/** Statuses of a crowd: six of seven are open. */
const CROWD = [...OPEN, "Busy"];

const aNumber = fc.nat({ max: 1000 });
const anAge = fc.oneof(
  fc.integer({ min: 0, max: 200 }),
  fc.integer({ min: 0, max: 3000 }),
  fc.integer({ min: 0, max: 60 * 1440 }),
);
const aStatus = fc.constantFrom(...STATUSES);
const calls = fc.array(fc.record({ age: anAge, status: aStatus }), { minLength: 1, maxLength: 6 });
const act = <A extends string>(name: A) => fc.constant(name);

/** What may happen to a log; ages and times are in minutes. */
const aStep = fc.oneof(
  { weight: 2, arbitrary: fc.record({ act: act("place"), count: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ act: act("write past"), calls }) },
  { weight: 1, arbitrary: fc.record({ act: act("begin to write"), calls }) },
  { weight: 1, arbitrary: fc.record({ act: act("go on to write") }) },
  { weight: 3, arbitrary: fc.record({ act: act("change"), call: aNumber, to: aStatus }) },
  {
    weight: 3,
    arbitrary: fc.record({
      act: act("touch"),
      call: aNumber,
      awaits: fc.boolean(),
      price: fc.nat(9),
    }),
  },
  { weight: 5, arbitrary: fc.record({ act: act("advance"), minutes: anAge }) },
  { weight: 3, arbitrary: fc.record({ act: act("expire") }) },
  { weight: 7, arbitrary: fc.record({ act: act("build"), hurried: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ act: act("keep for"), days: fc.constantFrom(1, 2, 30, null) }),
  },
  { weight: 1, arbitrary: fc.record({ act: act("audit") }) },
);

/** What happens to many open calls; others are in later steps. */
const aStepOfMany = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.record({
      act: act("end many"),
      to: fc.constantFrom("Busy", "Completed"),
      oneIn: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 2, arbitrary: aStep },
);

type Step = typeof aStepOfMany extends fc.Arbitrary<infer S> ? S : never;

const aBound = fc.record({ age: anAge, odd: fc.integer({ min: -1, max: 1 }) });
const aRange = fc.record(
  {
    $gt: aBound,
    $gte: aBound,
    $lt: aBound,
    $lte: aBound,
  },
  { requiredKeys: [] },
);
const statusTest = fc.oneof(
  aStatus.map((status) => ({ status })),
  fc.array(aStatus, { minLength: 1, maxLength: 3 }).map((status) => ({ status })),
  aStatus.map((value) => ({ status: { _type: "NotEqual", value } })),
  fc.array(aStatus, { minLength: 1, maxLength: 9 }).map((value) => ({ status: { $nin: value } })),
);
const LONG = "x".repeat(1100);
const TAGS = ["night", "team.$1", "", `${LONG}0`, `${LONG}1`, "of no call"];
const aTag = fc.constantFrom(...TAGS);
const tagTest = fc.oneof(
  { weight: 4, arbitrary: aTag.map((tags) => ({ tags })) },
  fc.subarray(TAGS, { minLength: 1, maxLength: 2 }).map((tags) => ({ tags })),
  fc.subarray(TAGS, { maxLength: 2 }).map((value) => ({ tags: { $all: value } })),
  fc.record({ tags: aTag, status: aStatus }),
);
const aQuestion = fc.record({ range: aRange, test: fc.option(fc.oneof(statusTest, tagTest)) });

type Question = typeof aQuestion extends fc.Arbitrary<infer Q> ? Q : never;

/** Facts of a call that differ with a number. */
function factsOf(number: number) {
  const attempts = [
    anAttempt("", {
      number: 1,
      outcome: number % 3 === 0 ? "reached" : "busy",
      claimedAt: new Date(START),
      ...(number % 2 === 0 && { answeredAt: new Date(START + number * 1000) }),
      durationSeconds: number / 8,
    }),
  ];
  const provider = ["twilio", "telnyx", undefined][number % 3];
  return {
    attempts: number % 4 === 0 ? [] : attempts,
    ...(provider !== undefined && { provider }),
    toNumber: ["+14165550100", "+4930123456", "unparsable"][number % 3]!,
    attemptCount: number % 4,
    callCostInUSDCents: number / 10_000,
    pricing: number % 5 === 0 ? ("pending" as const) : ("final" as const),
  };
}

/** Some calls have more tags than sums may keep, some have one twice. */
function tagsOf(number: number): string[] {
  const long = number % 2 === 0 ? [`${LONG}0`, `${LONG}1`] : [];
  return [...["night", "team.$1", "night", ""].slice(0, number % 6), ...long];
}

/** What counts must do on every database; `figures-property.test.ts` has figures. */
function countsSuite(name: string, fresh: () => Promise<FreshDatabase>): void {
  describe(`counts on ${name}`, () => {
    let database: FreshDatabase;
    let store: Store;
    let clock = new Date(START);
    let projectId: string;
    // It remembers what it read.
    let reader: CallReader;

    beforeAll(async () => {
      database = await fresh();
      store = await connectStore({ ...database, now: () => clock });
      reader = patientReader(collectionsOf(store), { now: () => clock });
    });
    afterAll(async () => {
      await store?.close();
      await database?.close();
    });

    const begin = async () => {
      clock = new Date(START);
      ({ _id: projectId } = await store.projects.create({ name: "Shop" }));
    };
    beforeEach(begin);
    const clear = async () => {
      for (const collection of Object.values(collectionsOf(store))) await collection.deleteMany({});
    };

    const at = (age: number) => new Date(clock.getTime() - age * MINUTE_MS);
    let serial = 0;
    const made = (age: number, status: string) => {
      serial += 1;
      const { wakeAt: _, ...record } = callRecord({
        ...factsOf(serial),
        tags: tagsOf(serial),
        projectId,
        status,
        createdAt: at(age),
        updatedAt: at(age),
      });
      return isFinalStatus(status) ? record : { ...record, wakeAt: clock };
    };
    const someCall = async (number: number, filter: object = {}) => {
      const found = await collectionsOf(store)
        .callLogs.find({ projectId, ...filter }, { projection: { _id: 1 } })
        .sort({ _id: 1 })
        .toArray();
      const id = found[number % Math.max(1, found.length)]?._id;
      return id === undefined ? undefined : store.calls.find(id);
    };
    const build = (budgetMs = 60_000) => store.rollups.build({ budgetMs, minNewCalls: 1 });
    let begun: ReturnType<typeof made>[] = [];
    let batch = "";

    /** What an audit found to be wrong meanwhile. */
    async function perform(step: Step): Promise<string[]> {
      switch (step.act) {
        case "place":
          await store.calls.insertMany(Array.from({ length: step.count }, () => made(0, "Queued")));
          break;
        case "write past":
          await store.calls.insertMany(step.calls.map(({ age, status }) => made(age, status)));
          break;
        case "end many": {
          const { callLogs } = collectionsOf(store);
          const open = await callLogs.find({ projectId, status: { $in: OPEN } }).toArray();
          const ids = open.flatMap(({ _id }, n) => (n % step.oneIn === 0 ? [_id] : []));
          await callLogs.updateMany(
            { _id: { $in: ids } },
            {
              $set: { status: step.to, updatedAt: clock },
              $inc: { revision: 1 },
              $unset: { wakeAt: "" },
            },
          );
          break;
        }
        case "begin to write":
          begun = step.calls.map(({ age, status }) => made(age, status));
          batch = await store.rollups.announce(begun);
          break;
        case "go on to write":
          if (begun.length > 0) await collectionsOf(store).callLogs.insertMany(begun);
          await store.rollups.inserted(begun, batch);
          begun = [];
          break;
        case "change": {
          const record = await someCall(step.call, { status: { $in: OPEN } });
          if (record === undefined) break;
          const { wakeAt: _, ...rest } = record;
          const isOver = isFinalStatus(step.to) && step.call % 2 === 0;
          await store.calls.replace({
            ...rest,
            status: step.to,
            ...(!isOver && { wakeAt: clock }),
          });
          break;
        }
        case "touch": {
          const record = await someCall(step.call, { status: { $nin: OPEN } });
          if (record === undefined) break;
          const { wakeAt: _, ...rest } = record;
          // A price that comes late, or an event.
          const facts = step.price > 0 && factsOf(step.price);
          await store.calls.replace({ ...rest, ...facts, ...(step.awaits && { wakeAt: clock }) });
          break;
        }
        case "advance":
          clock = new Date(clock.getTime() + step.minutes * MINUTE_MS);
          break;
        case "expire":
          // A database whose clock is ahead.
          await collectionsOf(store).callLogs.deleteMany({ expireAt: { $lte: at(-5) } });
          break;
        case "build":
          await build(step.hurried ? 0 : 60_000);
          break;
        case "keep for":
          await store.projects.update(projectId, { retentionDays: step.days });
          break;
        case "audit":
          return (await store.rollups.verify())?.wrong ?? [];
      }
      return [];
    }

    const queryOf = ({ range, test: beside }: Question) => {
      const limits = Object.entries(range).map(([operator, bound]) => [
        operator,
        // On a full hour or day, or a millisecond beside it.
        new Date(
          Math.floor(at(bound.age).getTime() / (60 * MINUTE_MS)) * 60 * MINUTE_MS + bound.odd,
        ),
      ]);
      const createdAt = limits.length > 0 && { createdAt: Object.fromEntries(limits) as object };
      return { ...createdAt, ...beside };
    };
    const filterOf = (question: Question) => queryInput.parse(queryOf(question));
    const expectExact = async (query: ReturnType<typeof filterOf>) => {
      const plain = await collectionsOf(store).callLogs.countDocuments(scoped(projectId, query));
      const forgetful = patientReader(collectionsOf(store), { now: () => clock });
      for (const one of [reader, forgetful])
        expect(await one.count({ projectId, query })).toEqual({ count: plain });
    };

    const questions = fc.array(aQuestion, { minLength: 3, maxLength: 3 });

    test("are exact whatever happens, and in whatever order", async () => {
      const steps = fc.array(aStep, { minLength: 5, maxLength: 40, size: "max" });
      await fc.assert(
        fc.asyncProperty(steps, questions, async (all, asked) => {
          await clear();
          await begin();
          begun = [];
          for (const step of all) {
            // So that what the reader remembers outlives some steps and not others.
            clock = new Date(clock.getTime() + TICK_MS);
            expect(await perform(step)).toEqual([]);
            for (const question of asked) await expectExact(filterOf(question));
            await expectExact(queryInput.parse({}));
            for (const tags of ["night", `${LONG}1`]) await expectExact(queryInput.parse({ tags }));
          }
        }),
        // Shrinking would outlast the test.
        { numRuns: databaseRuns(8), endOnFailure: true },
      );
    });

    test("are exact beside many open calls, as they end", async () => {
      const steps = fc.array(aStepOfMany, { minLength: 4, maxLength: 10, size: "max" });
      await fc.assert(
        fc.asyncProperty(steps, questions, async (all, asked) => {
          await clear();
          await begin();
          begun = [];
          // More than an hour may list, now and on another day, and on a third one more than the day may.
          const crowd = { 95: 240, [62 * 60]: 240, [31 * 60]: 120, [33 * 60]: 120 };
          const ages = Object.entries(crowd).flatMap(([age, calls]) =>
            Array<number>(calls).fill(Number(age)),
          );
          await store.calls.insertMany(ages.map((age, n) => made(age, CROWD[n % CROWD.length]!)));
          await build();
          for (const step of all) {
            clock = new Date(clock.getTime() + TICK_MS);
            expect(await perform(step)).toEqual([]);
            for (const question of asked) await expectExact(filterOf(question));
            for (const query of [{}, { tags: "night" }, { status: ["Queued", "Busy"] }])
              await expectExact(queryInput.parse(query));
            await expectExact(queryInput.parse({ status: { $ne: "Busy" } }));
          }
        }),
        { numRuns: databaseRuns(3), endOnFailure: true },
      );
    });
  });
}

onEachDatabase(countsSuite);
