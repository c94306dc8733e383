import type { Attempt, CallRecord } from "@call-log/model";
import { ATTEMPT_STATE_NAMES, CALL_OUTCOME_NAMES } from "@call-log/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { dueActions } from "../maintenance/due-action.ts";
import { aCall, someSettings, START } from "../testing/a-call.ts";
import { secondsAfter } from "./seconds.ts";
import { wakeTime } from "./wake-time.ts";

const settings = someSettings();
const PENDING = { amount: null, currency: null, pricing: "pending" } as const;

/** Seconds from now until the sweeper looks, with now so many seconds after the attempt was due or claimed. */
function wakesIn(attempt: Partial<Attempt>, ageSeconds: number, record: Partial<CallRecord> = {}) {
  const now = secondsAfter(START, ageSeconds);
  const planned = aCall().attempts[0]!;
  const claimed = attempt.state !== undefined &&
    attempt.state !== "planned" && { claimedAt: START };
  const call = { ...aCall(), attempts: [{ ...planned, ...claimed, ...attempt }], ...record };
  const at = wakeTime(call, { now, settings });
  return at && (at.getTime() - now.getTime()) / 1000;
}

const FINAL = { status: "Completed" };

describe("wakeTime", () => {
  test.each<[string, Partial<Attempt>, number, Partial<CallRecord>, number | undefined]>([
    ["due now", {}, 0, {}, 30],
    ["due for long", {}, 400, {}, 100],
    ["due for very long", {}, 1e6, {}, 600],
    ["due within a minute", { dueAt: secondsAfter(START, 60) }, 0, {}, 90],
    ["due later", { dueAt: secondsAfter(START, 600) }, 0, {}, 540],
    ["before its deadline", {}, 0, { deadlineAt: secondsAfter(START, 10) }, 10],
    ["being handed over", { state: "submitting" }, 0, {}, 30],
    ["past its claim's deadline", { state: "submitting" }, 50, {}, -20],
    ["unknown", { state: "unknown" }, 30, {}, 15],
    ["unknown before the window's end", { state: "unknown" }, 100, {}, 20],
    ["held", { state: "unknown" }, 1e6, {}, 600],
    ["lost", { state: "unknown", outcome: "lost" }, 1000, FINAL, 500],
    ["lost for a day", { state: "unknown", outcome: "lost" }, 86_400, FINAL, undefined],
    ["ringing", { state: "ringing" }, 10, {}, 60],
    ["queued there", { state: "accepted" }, 10, { deadlineAt: secondsAfter(START, 30) }, 20],
    ["ringing", { state: "ringing" }, 10, { deadlineAt: secondsAfter(START, 30) }, 60],
    ["queued too long", { state: "accepted" }, 40, { deadlineAt: secondsAfter(START, 30) }, 60],
    ["running for long", { state: "in-progress" }, 1000, {}, 250],
    ["ended and waiting for digits", { state: "ended", price: PENDING, endedAt: START }, 0, {}, 3],
    ["final, price pending", { state: "ended", price: PENDING, endedAt: START }, 1, FINAL, 59],
    ["final, price overdue", { state: "ended", price: PENDING, endedAt: START }, 61, FINAL, 60],
    [
      "final, price known",
      { state: "ended", price: { ...PENDING, pricing: "final" } },
      1,
      FINAL,
      undefined,
    ],
  ])("%s", (...[, attempt, age, record, seconds]) => {
    expect(wakesIn(attempt, age, record)).toBe(seconds);
  });

  test("of several attempts the earliest counts", () => {
    const [first] = aCall().attempts;
    const ended = { ...first!, claimedAt: START, state: "ended", outcome: "busy" } as const;
    const record = {
      ...aCall(),
      attempts: [
        { ...ended, price: PENDING, endedAt: START },
        { ...first!, number: 2, dueAt: secondsAfter(START, 600) },
      ],
    };
    expect(wakeTime(record, { now: START, settings })).toEqual(secondsAfter(START, 60));
  });
});

describe("any call", () => {
  const attempt = fc
    .record({
      state: fc.constantFrom(...ATTEMPT_STATE_NAMES),
      outcome: fc.constantFrom(...CALL_OUTCOME_NAMES),
      pricing: fc.constantFrom("pending" as const, "final" as const, "estimated" as const),
      polls: fc.nat(5),
      lost: fc.boolean(),
    })
    .map(({ state, outcome, pricing, polls, lost }): Partial<Attempt> => {
      if (state === "planned") return { state };
      if (state === "ended" || state === "rejected") {
        const price = { amount: null, currency: null, pricing };
        return { state, outcome, claimedAt: START, endedAt: START, price, pricePolls: polls };
      }
      return { state, claimedAt: START, ...(state === "unknown" && lost && { outcome: "lost" }) };
    });
  const call = fc
    .record({
      attempts: fc.array(attempt, { minLength: 1, maxLength: 4 }),
      status: fc.constantFrom("Queued", "Dialing", "Unknown", "Completed", "Failed"),
      age: fc.nat(100_000),
    })
    .map(({ attempts, status, age }) => {
      const [planned] = aCall().attempts;
      const numbered = attempts.map((one, index) => ({ ...planned!, ...one, number: index + 1 }));
      const record: CallRecord = { ...aCall(), status, attempts: numbered };
      return { record, now: secondsAfter(START, age) };
    });

  test("that is open has a wake time", () => {
    fc.assert(
      fc.property(call, ({ record, now }) => {
        const isOpen = ["Queued", "Dialing", "Unknown"].includes(record.status);
        fc.pre(isOpen);
        expect(wakeTime(record, { now, settings })).toBeDefined();
      }),
    );
  });

  test("that is final and priced has none", () => {
    fc.assert(
      fc.property(call, ({ record, now }) => {
        const isOver =
          ["Completed", "Failed"].includes(record.status) &&
          record.attempts.every(
            ({ state, price }) =>
              (state === "ended" || state === "rejected") && price?.pricing !== "pending",
          );
        fc.pre(isOver);
        expect(wakeTime(record, { now, settings })).toBeUndefined();
      }),
    );
  });

  test("that is looked at when it wakes has something to do, unless it wakes again later", () => {
    fc.assert(
      fc.property(call, ({ record, now }) => {
        const at = wakeTime(record, { now, settings });
        const then = at !== undefined && at > now ? at : now;
        const again = wakeTime(record, { now: then, settings });
        const actions = dueActions(record, { now: then, settings });
        fc.pre(at !== undefined && again !== undefined && again <= then);
        expect(actions).not.toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe("dueActions", () => {
  const kinds = (attempt: Partial<Attempt>, age: number, record: Partial<CallRecord> = {}) => {
    const call = { ...aCall(), attempts: [{ ...aCall().attempts[0]!, ...attempt }], ...record };
    const now = secondsAfter(START, age);
    return dueActions(call, { now, settings }).map(({ kind }) => kind);
  };
  const ended = { state: "ended", price: PENDING, endedAt: START, claimedAt: START } as const;

  test.each<[Partial<Attempt>, number, Partial<CallRecord>, string[]]>([
    [{}, 0, {}, ["enqueue"]],
    [{ dueAt: secondsAfter(START, 61) }, 0, {}, []],
    [{}, 10, { deadlineAt: secondsAfter(START, 10) }, ["expire"]],
    [{ state: "submitting", claimedAt: START }, 29, {}, []],
    [{ state: "submitting", claimedAt: START }, 30, {}, ["markUnknown"]],
    [{ state: "unknown", claimedAt: START }, 1, {}, ["reconcile"]],
    [{ state: "unknown", claimedAt: START, outcome: "lost" }, 1, FINAL, ["reconcile"]],
    [{ state: "unknown", claimedAt: START, outcome: "lost" }, 86_400, FINAL, []],
    [{ state: "ringing", claimedAt: START }, 1, {}, ["poll"]],
    [ended, 3, {}, ["decide"]],
    [ended, 59, FINAL, []],
    [ended, 60, FINAL, ["pollPrice"]],
    [{ ...ended, pricePolls: 4 }, 60, FINAL, ["giveUpPrice"]],
  ])("%j after %d s in %j: %j", (...[attempt, age, record, expected]) => {
    expect(kinds(attempt, age, record)).toEqual(expected);
  });
});
