import {
  type Attempt,
  CALL_OUTCOME_NAMES,
  type CallFigures,
  countryOf,
  answerSeconds,
  FIGURE_DIMENSIONS,
  type FigureDimension,
  type FigureGroup,
  figuresInput,
  groupOfStatus,
  mergedFigures,
} from "@call-log/model";
import { anAttempt, callRecord, type FreshDatabase, onEachDatabase } from "@call-log/testing";
import fc from "fast-check";
import { MongoClient, MongoServerError } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { z } from "zod";

import type { CallDocument } from "../../calls/call-document.ts";
import { openCollections } from "../../collections.ts";
import { patientReader } from "../../testing/patient-reader.ts";
import type { CallReader } from "../call-reader.ts";
import { readFigures } from "./read-figures.ts";
import type { ReadCalls } from "./read-window.ts";

const PROJECT = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const OTHER = "0d0e6679-7425-40de-944b-e07fc1f90ae7";

/** Zones with a moment around which calls are made: where the clock changes, also by half an hour, and offsets of quarter hours. */
const CHANGES = [
  ["Europe/Berlin", "2026-10-25T01:00:00Z"],
  ["Europe/Berlin", "2026-03-29T01:00:00Z"],
  ["America/Los_Angeles", "2026-11-01T09:00:00Z"],
  ["Australia/Lord_Howe", "2026-04-04T15:00:00Z"],
  ["Australia/Lord_Howe", "2026-10-03T15:30:00Z"],
  ["Pacific/Chatham", "2026-04-04T14:00:00Z"],
  ["Asia/Kathmandu", "2026-10-25T18:15:00Z"],
  ["UTC", "2026-10-25T00:00:00Z"],
] as const;
const MINUTE_MS = 60_000;
/** Minutes around the change within which calls are made. */
const AROUND = 1800;

type Overrides = NonNullable<Parameters<typeof callRecord>[0]>;

const aTry = fc
  .record({
    outcome: fc.option(fc.constantFrom(...CALL_OUTCOME_NAMES), { nil: undefined }),
    asked: fc.nat(100_000),
    answered: fc.option(fc.nat(100_000), { nil: undefined }),
    durationSeconds: fc.option(
      fc.nat(9999).map((ms) => ms / 1000),
      { nil: undefined },
    ),
  })
  .map(({ asked, answered, ...facts }) => ({
    ...facts,
    claimedAt: new Date(Date.UTC(2026, 9, 25) + asked),
    ...(answered !== undefined && { answeredAt: new Date(Date.UTC(2026, 9, 25) + answered) }),
  }));

const callsAround = (change: string) =>
  fc.record({
    projectId: fc.constantFrom(PROJECT, PROJECT, OTHER),
    // Close to the change, so that several fall on one moment.
    createdAt: fc
      .oneof(
        fc.integer({ min: -20, max: 20 }).map((step) => step * 15),
        fc.integer({ min: -AROUND, max: AROUND }),
      )
      .map((minutes) => new Date(Date.parse(change) + minutes * MINUTE_MS)),
    status: fc.constantFrom("Completed", "Busy", "Failed", "Queued", "", "__proto__"),
    toNumber: fc.constantFrom("+14165550100", "+15559998888", "+4930123456", "unparsable"),
    userId: fc.constantFrom("ann", "bob"),
    tries: fc.array(aTry, { maxLength: 3 }),
    attemptCount: fc.nat(3),
    callCostInUSDCents: fc.nat(2_000_000).map((micro) => micro / 10_000),
    pricing: fc.constantFrom("pending", "final"),
  });

const recordOf = ({ tries, ...rest }: Overrides & { tries: Partial<Attempt>[] }): CallDocument => {
  const record = callRecord(rest);
  const attempts = tries.map((one, index) => anAttempt(record._id, { ...one, number: index + 1 }));
  return { ...record, attempts };
};

/** What a call has of each dimension, found by another way than the code's. */
function keysOf(call: CallDocument, zone: string): Record<FigureDimension, string[]> {
  const local = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("sv", { timeZone: zone, hourCycle: "h23", ...options })
      .formatToParts(call.createdAt)
      .filter(({ type }) => type !== "literal")
      .map(({ value }) => value);
  const [year, month, day, hour, offset = ""] = local({
    dateStyle: undefined,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    timeZoneName: "longOffset",
  });
  const sign = offset.replace("GMT", "").replace("−", "-") || "+00:00";
  const outcomes = new Set(call.attempts.flatMap(({ outcome }) => outcome ?? []));
  return {
    hour: [`${year}-${month}-${day}T${hour}:00${sign}`],
    day: [`${year}-${month}-${day}`],
    hourOfDay: [hour ?? ""],
    country: [countryOf(call.toNumber) ?? ""],
    provider: [call.provider ?? ""],
    status: [call.status],
    outcome: outcomes.size === 0 ? [""] : [...outcomes],
    answeredBy: [call.answeredBy ?? ""],
    person: [call.userId ?? ""],
  };
}

/** Sums by adding up, and times to answer by sorting them. */
function plain(calls: readonly CallDocument[]) {
  const sum = (of: (call: CallDocument) => number) => calls.reduce((all, one) => all + of(one), 0);
  const times = calls.flatMap(({ attempts }) => {
    const end = attempts.find(({ outcome }) => outcome === "reached")?.answeredAt?.getTime();
    const begin = Math.min(...attempts.map(({ claimedAt }) => claimedAt!.getTime()));
    return end === undefined ? [] : [Math.max(0, end - begin) / 1000];
  });
  const sorted = times.toSorted((a, b) => a - b);
  return {
    calls: calls.length,
    reached: sum(({ status }) => (groupOfStatus(status) === "reached" ? 1 : 0)),
    attempts: sum(({ attemptCount }) => attemptCount),
    talkMs: sum(({ attempts }) =>
      attempts.reduce((all, one) => all + Math.round((one.durationSeconds ?? 0) * 1000), 0),
    ),
    costInMicroUSD: sum(({ callCostInUSDCents }) => Math.round(callCostInUSDCents * 10_000)),
    pricesPending: sum(({ pricing }) => (pricing === "pending" ? 1 : 0)),
    median: sorted[Math.ceil(sorted.length / 2) - 1],
    p90: sorted[Math.ceil(sorted.length * 0.9) - 1],
  };
}

function expectSame(found: Omit<FigureGroup, "key"> | undefined, calls: readonly CallDocument[]) {
  const { median, p90, reached, ...sums } = plain(calls);
  expect(found).toMatchObject(sums);
  expect(found?.statuses.reached ?? 0).toBe(reached);
  for (const [share, right] of [
    [0.5, median],
    [0.9, p90],
  ] as const) {
    const seconds = answerSeconds(found!, share);
    expect(seconds === undefined).toBe(right === undefined);
    const error = Math.abs((seconds ?? 0) - (right ?? 0));
    expect(error).toBeLessThanOrEqual((right ?? 0) * 0.0101 + 0.001);
  }
}

function figuresSuite(fresh: () => Promise<FreshDatabase>): void {
  let database: FreshDatabase;
  let client: MongoClient;
  const collections = () => openCollections(client.db(database.databaseName));
  const calls = () => collections().callLogs;

  beforeAll(async () => {
    database = await fresh();
    client = await MongoClient.connect(database.uri);
  });
  beforeEach(async () => {
    await calls().deleteMany({});
  });
  afterAll(async () => {
    await client.close();
    await database.close();
  });

  const ask = (input: z.input<typeof figuresInput>) => ({
    projectId: PROJECT,
    ...figuresInput.parse(input),
  });
  const whole = async (reader: CallReader, input: z.input<typeof figuresInput>) => {
    let figures: CallFigures = await reader.figures(ask(input));
    let answers = 1;
    while (figures.nextCursor !== undefined) {
      const older = await reader.figures(ask({ ...input, cursor: figures.nextCursor }));
      figures = mergedFigures(figures, older);
      answers += 1;
    }
    return { figures, answers };
  };

  test("figures of any calls are those of adding up, in any zone, in one answer or in many", async () => {
    const situation = fc.constantFrom(...CHANGES).chain(([zone, change]) =>
      fc.record({
        zone: fc.constant(zone),
        from: fc.constant(new Date(Date.parse(change) - AROUND * MINUTE_MS)),
        to: fc.constant(new Date(Date.parse(change) + AROUND * MINUTE_MS)),
        given: fc.array(callsAround(change), { maxLength: 25 }),
        figuresAtOnce: fc.constantFrom(1, 7, 1000),
      }),
    );
    await fc.assert(
      fc.asyncProperty(situation, async ({ zone, from, to, given, figuresAtOnce }) => {
        await calls().deleteMany({});
        const kept = given.map(recordOf);
        if (kept.length > 0) await calls().insertMany(kept);
        const mine = kept.filter(
          ({ projectId, createdAt }) => projectId === PROJECT && createdAt < to,
        );
        const reader = patientReader(collections(), { figuresAtOnce });
        const by = [...FIGURE_DIMENSIONS];
        const { figures } = await whole(reader, {
          from: from.toISOString(),
          to: to.toISOString(),
          by,
          timeZone: zone,
        });
        expectSame(figures.total, mine);
        for (const dimension of by) {
          const groups = figures.groups[dimension]!;
          const keys = new Set(mine.flatMap((call) => keysOf(call, zone)[dimension]));
          expect(groups.map(({ key }) => key).toSorted()).toEqual([...keys].toSorted());
          for (const group of groups)
            expectSame(
              group,
              mine.filter((call) => keysOf(call, zone)[dimension].includes(group.key)),
            );
        }
        // The span of an hour or a day holds its calls and no others, so that a link to it shows the same.
        for (const group of [...figures.groups.hour!, ...figures.groups.day!]) {
          const [start, end] = [new Date(group.from!), new Date(group.to!)];
          const inside = mine.filter(({ createdAt }) => createdAt >= start && createdAt < end);
          expect(inside).toHaveLength(group.calls);
        }
      }),
      { numRuns: 30 },
    );
  });

  test("an hour in which the clock is put back by half an hour is two, each with its own span", async () => {
    const moments = ["14:30", "15:00", "15:29", "15:30"].map(
      (clock) => new Date(`2026-04-04T${clock}:00Z`),
    );
    await calls().insertMany(
      moments.map((createdAt) => callRecord({ projectId: PROJECT, createdAt })),
    );
    const reader = patientReader(collections());
    const { figures } = await whole(reader, { by: ["hour"], timeZone: "Australia/Lord_Howe" });
    expect(figures.groups.hour?.map(({ key, from, to, calls: of }) => [key, from, to, of])).toEqual(
      [
        ["2026-04-05T01:00+11:00", "2026-04-04T14:00:00.000Z", "2026-04-04T15:00:00.000Z", 1],
        ["2026-04-05T01:00+10:30", "2026-04-04T15:00:00.000Z", "2026-04-04T15:30:00.000Z", 2],
        ["2026-04-05T02:00+10:30", "2026-04-04T15:30:00.000Z", "2026-04-04T16:30:00.000Z", 1],
      ],
    );
  });

  test("an answer says how far back it goes, and its cursor is for its question alone", async () => {
    const day = (date: number) => new Date(Date.UTC(2026, 9, date));
    await calls().insertMany(
      [1, 2, 3].map((date) => callRecord({ projectId: PROJECT, createdAt: day(date) })),
    );
    const reader = patientReader(collections(), { figuresAtOnce: 2 });
    const first = await reader.figures(ask({}));
    expect(first).toMatchObject({ from: day(2).toISOString(), total: { calls: 2 } });
    const cursor = first.nextCursor!;
    const rest = await reader.figures(ask({ cursor }));
    expect(rest).toMatchObject({ from: day(1).toISOString(), total: { calls: 1 } });
    expect(rest.nextCursor).toBeUndefined();
    const others = ask({ cursor, query: { status: "Busy" } });
    await expect(reader.figures(others)).rejects.toThrow("cursor: belongs to another question");
    const broken = ask({ cursor: "x" });
    await expect(reader.figures(broken)).rejects.toThrow("cursor: is not a cursor of this API");
  });

  test("without a call there are no sums", async () => {
    const { figures } = await whole(patientReader(collections()), { by: ["country"] });
    expect(figures).toMatchObject({ from: null, total: { calls: 0 }, groups: { country: [] } });
  });

  test("where the database is too slow for the whole, spans that it can do are asked for", async () => {
    const hour = (number: number) => new Date(Date.UTC(2026, 9, 1, number));
    await calls().insertMany(
      Array.from({ length: 200 }, (_, index) =>
        callRecord({ projectId: PROJECT, createdAt: hour(index) }),
      ),
    );
    const slow = tooSlowFor(calls(), 30 * 3_600_000);
    const limits = { maxTimeMS: 5000, calls: 1000, sliceMs: 10_000 };
    const input = { from: hour(0).toISOString(), to: hour(200).toISOString() };
    const figures = await readFigures(slow, ask(input), limits);
    expect(figures).toMatchObject({ from: hour(0).toISOString(), total: { calls: 200 } });
    expect(figures.nextCursor).toBeUndefined();
    // Nothing was found in time: it says so, and the next answer goes on.
    const began = await readFigures(slow, ask({}), { ...limits, sliceMs: 0 });
    expect(began).toMatchObject({
      from: new Date(hour(199).getTime() + 1).toISOString(),
      total: { calls: 0 },
    });
    expect(began.nextCursor).toBeDefined();
    let rest = began;
    let counted = 0;
    while (rest.nextCursor !== undefined) {
      rest = await readFigures(slow, ask({ cursor: rest.nextCursor }), limits);
      counted += rest.total.calls;
    }
    expect(counted).toBe(200);
  });
}

/** Calls of a database that reaches its time limit for spans that are longer. */
function tooSlowFor(calls: ReadCalls, longestMs: number): ReadCalls {
  const find = (...given: Parameters<ReadCalls["find"]>) => {
    const text = JSON.stringify(given[0]);
    const from = /"\$gte":"([^"]+)"/.exec(text)?.[1];
    const to = /"\$lte?":"([^"]+)"/.exec(text)?.[1];
    const isOfOne = (given[1] as { limit?: number }).limit === 1;
    const isLong =
      from === undefined || to === undefined || Date.parse(to) - Date.parse(from) > longestMs;
    if (!isLong || isOfOne) return calls.find(...given);
    throw new MongoServerError({ code: 50, message: "operation exceeded time limit" });
  };
  return { find } as ReadCalls;
}

onEachDatabase((server, fresh) => {
  describe(`figures on ${server}`, () => {
    figuresSuite(fresh);
  });
});
