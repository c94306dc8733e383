import type { AttemptEvent, CallRecord, ProviderEvent } from "@call-log/model";
import { ATTEMPT_STATES, MAX_EVENTS_PER_ATTEMPT } from "@call-log/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { aCall, ASKS_FOR_4, CALL_ID, START } from "../testing/a-call.ts";
import { claimed } from "../testing/claimed-call.ts";
import { applyEvent } from "./apply-event.ts";
import { applyEvents } from "./apply-events.ts";
import { withAttempt, withdraw } from "./attempts.ts";
import { deriveCallStatus } from "./derive-call-status.ts";

const ATTEMPT_ID = `${CALL_ID}-1`;

function event(
  status: ProviderEvent["status"],
  seconds: number,
  rest: Partial<ProviderEvent> = {},
) {
  const at = new Date(START.getTime() + seconds * 1000).toISOString();
  return {
    attemptId: ATTEMPT_ID,
    provider: "simulated",
    providerCallId: "CA1",
    source: "callback",
    status,
    at,
    ...rest,
  } satisfies ProviderEvent;
}

function dialled(overrides: Parameters<typeof aCall>[0] = {}): CallRecord {
  return claimed(aCall({ say: ASKS_FOR_4, ...overrides }), { now: START });
}

const attemptOf = (record: CallRecord) => record.attempts[0]!;

describe("applyEvent", () => {
  test("binds the provider's call to an attempt whose answer was lost", () => {
    const { record, changed } = applyEvent(dialled(), event("initiated", 1, { sequence: 0 }));
    expect(changed).toBe(true);
    expect(attemptOf(record)).toMatchObject({ state: "accepted", providerCallId: "CA1" });
  });

  test("keeps out what speaks of another call", () => {
    const bound = applyEvent(dialled(), event("ringing", 1)).record;
    const other = applyEvent(bound, event("completed", 2, { providerCallId: "CA2" }));
    expect(other).toEqual({ record: bound, changed: false, conflict: true });
    const elsewhere = applyEvent(bound, event("completed", 2, { provider: "twilio" }));
    expect(elsewhere.conflict).toBe(true);
  });

  test("tells nothing about an attempt that is not there", () => {
    const record = dialled();
    for (const attemptId of [`${CALL_ID}-2`, "nonsense", ATTEMPT_ID.replace("0198", "0199")])
      expect(applyEvent(record, event("ringing", 1, { attemptId }))).toEqual({
        record,
        changed: false,
      });
  });

  test("what machine detection says after a final status is a late line, and changes neither the outcome nor who answered", () => {
    const situation = { now: START, chain: ["simulated"], settled: true };
    const ended = [event("in-progress", 4), event("completed", 9)];
    const over = applyEvents(dialled({ reachedWhen: "human" }), ended, situation).record;
    expect(over).toMatchObject({ status: "Completed", statusMessage: "Reached as requested" });
    const machine = event("answered-by", 22, { answeredBy: "machine" });
    const { record } = applyEvents(over, [machine], situation);
    const { events: _before, ...attempt } = attemptOf(over);
    expect(record).toMatchObject({ status: "Completed", attempts: [attempt] });
    expect(attemptOf(record)).not.toHaveProperty("answeredBy");
    expect(record).not.toHaveProperty("answeredBy");
    expect(attemptOf(record).events.at(-1)).toMatchObject({
      status: "answered-by",
      answeredBy: "machine",
      late: true,
    });
    expect(applyEvents(record, [machine], situation).changed).toBe(false);
  });

  test("while the call is open, machine detection changes the outcome of an attempt that is over", () => {
    const ended = [event("in-progress", 4), event("completed", 9)];
    const situation = { now: START, chain: ["simulated"] };
    const asks = { reachedWhen: "human", retry: { maxAttempts: 2 } } as const;
    const open = applyEvents(dialled(asks), ended, situation).record;
    const machine = event("answered-by", 11, { answeredBy: "machine" });
    const { record } = applyEvents(open, [machine], situation);
    expect(attemptOf(record)).toMatchObject({ outcome: "voicemail", answeredBy: "machine" });
  });

  test("goes only forward, and marks what comes late", () => {
    let record = applyEvent(dialled(), event("in-progress", 4, { sequence: 2 })).record;
    record = applyEvent(record, event("ringing", 2, { sequence: 1 })).record;
    const ended = applyEvent(record, event("completed", 9, { sequence: 3 }));
    expect(ended.ended).toBe(1);
    const after = applyEvent(ended.record, event("busy", 10, { sequence: 4 }));
    expect(after.ended).toBeUndefined();
    expect(attemptOf(after.record)).toMatchObject({ state: "ended", outcome: "reached" });
    const late = attemptOf(after.record).events.map((line: AttemptEvent) => [
      line.status,
      line.late,
    ]);
    expect(late).toEqual([
      ["submitting", false],
      ["in-progress", false],
      ["ringing", true],
      ["completed", false],
      ["busy", true],
    ]);
  });

  test("what a callback carried stays with its event, but for a sensitive call", () => {
    const payload = { CallStatus: "ringing" };
    const carried = event("ringing", 1, { payload });
    expect(attemptOf(applyEvent(dialled(), carried).record).events[1]).toMatchObject({ payload });
    const sensitive = applyEvent(dialled({ sensitive: true }), carried).record;
    expect(attemptOf(sensitive).events[1]).not.toHaveProperty("payload");
  });

  test("a repeated event changes nothing", () => {
    const once = applyEvent(dialled(), event("ringing", 1, { sequence: 1 }));
    expect(applyEvent(once.record, event("ringing", 1, { sequence: 1 }))).toEqual({
      record: once.record,
      changed: false,
    });
  });

  test.each([
    [["unknown", "human"], "human"],
    [["machine", "unknown"], "machine"],
  ] as const)("of %j the most telling answer stands", (answers, expected) => {
    const record = answers.reduce(
      (now, answeredBy, sequence) =>
        applyEvent(now, event("answered-by", 5, { answeredBy, sequence })).record,
      dialled(),
    );
    expect(attemptOf(record).answeredBy).toBe(expected);
  });

  test("the earliest time of the end stands", () => {
    const once = applyEvent(dialled(), event("completed", 12)).record;
    const polled = applyEvent(once, event("completed", 30, { source: "poll" })).record;
    expect(attemptOf(polled).endedAt).toEqual(new Date(START.getTime() + 12_000));
  });

  test("an attempt that was taken back stays so, whatever is said of it", () => {
    const withdrawn = withAttempt(aCall(), withdraw(attemptOf(aCall()), START));
    const { record } = applyEvent(withdrawn, event("completed", 9));
    expect(attemptOf(record)).toMatchObject({ state: "ended", outcome: "canceled" });
  });

  test("a wrong digit is kept, only the right one acknowledges", () => {
    const wrong = applyEvent(dialled(), event("digits", 5, { digits: "9" })).record;
    expect(attemptOf(wrong)).toMatchObject({ digits: "9", state: "in-progress" });
    expect(attemptOf(wrong).acknowledgedAt).toBeUndefined();
    const right = applyEvent(wrong, event("digits", 6, { digits: "4", sequence: 7 })).record;
    expect(attemptOf(right)).toMatchObject({ digits: "4" });
    expect(attemptOf(right).acknowledgedAt).toEqual(new Date(START.getTime() + 6000));
  });

  test("of a sensitive call pressed digits are not kept, only that they acknowledged", () => {
    const pin = applyEvent(
      dialled({ sensitive: true }),
      event("digits", 5, { digits: "9" }),
    ).record;
    expect(attemptOf(pin)).not.toHaveProperty("digits");
    const right = applyEvent(pin, event("digits", 6, { digits: "4", sequence: 7 })).record;
    expect(attemptOf(right)).toMatchObject({ acknowledgedAt: new Date(START.getTime() + 6000) });
    expect(JSON.stringify(attemptOf(right))).not.toContain('"4"');
  });

  test("digits count for the question that they answer", () => {
    const steps = [{ gather: { say: "Press 4 to listen", on: { "4": {} } } }, ...ASKS_FOR_4];
    const first = applyEvent(
      dialled({ say: steps, reachedWhen: "acknowledged" }),
      event("digits", 5, { digits: "4", step: 0 }),
    ).record;
    expect(attemptOf(first)).not.toHaveProperty("acknowledgedAt");
    const second = applyEvent(first, event("digits", 9, { digits: "4", step: 1 })).record;
    expect(attemptOf(second)).toMatchObject({ digits: "4", digitsStep: 1 });
    expect(attemptOf(second).acknowledgedAt).toEqual(new Date(START.getTime() + 9000));
    expect(attemptOf(second).events.map(({ status, step }) => [status, step])).toEqual([
      ["submitting", undefined],
      ["digits", undefined],
      ["digits", 1],
    ]);
  });

  test.each([
    ["busy", { price: { pricing: "final" }, costInMicroUSD: 0 }],
    ["completed", { price: { amount: null, pricing: "pending" } }],
  ] as const)("after %s the price is %j", (status, price) => {
    const { record } = applyEvent(dialled(), event(status, 3));
    expect(attemptOf(record)).toMatchObject(price);
  });

  test("the list of events is bounded, and the ending is always in it", () => {
    let record = dialled();
    for (let sequence = 0; sequence < 3 * MAX_EVENTS_PER_ATTEMPT; sequence += 1)
      record = applyEvent(record, event("ringing", 1, { sequence })).record;
    record = applyEvent(record, event("completed", 9, { sequence: 999 })).record;
    record = applyEvent(record, event("ringing", 1, { sequence: 1000 })).record;
    expect(attemptOf(record).events).toHaveLength(MAX_EVENTS_PER_ATTEMPT);
    expect(attemptOf(record).events.at(-1)?.status).toBe("completed");
    expect(attemptOf(record)).toMatchObject({ state: "ended", outcome: "reached" });
  });
});

describe("any order of events", () => {
  const answered = fc
    .record({
      answeredBy: fc.constantFrom("human", "machine", "unknown", undefined),
      digits: fc.constantFrom("4", "9", undefined),
      later: fc.constantFrom("4", "9", undefined),
      amount: fc.constantFrom("-0.01300", undefined),
    })
    .map(({ answeredBy, digits, later, amount }) => [
      event("initiated", 1, { sequence: 0 }),
      event("ringing", 2, { sequence: 1 }),
      event("in-progress", 4, { sequence: 2 }),
      ...(answeredBy ? [event("answered-by", 6, { answeredBy })] : []),
      ...(digits ? [event("digits", 8, { digits, step: 0 })] : []),
      ...(later ? [event("digits", 10, { digits: later, step: 1 })] : []),
      event("completed", 12, { sequence: 3, durationSeconds: 8, sipResponseCode: 200 }),
      event("completed", 12, { source: "poll", durationSeconds: 8 }),
      ...(amount
        ? [event("price", 30, { source: "poll", price: { amount, currency: "USD" } })]
        : []),
    ]);
  const unanswered = fc
    .constantFrom(
      ["busy", 486],
      ["no-answer", 487],
      ["failed", 503],
      ["failed", 404],
      ["declined", 603],
    )
    .map(([status, sipResponseCode]) => [
      event("accepted", 0, { source: "api" }),
      event("initiated", 1, { sequence: 0 }),
      event("ringing", 2, { sequence: 1 }),
      event(status as "busy", 9, { sequence: 2, sipResponseCode: sipResponseCode as number }),
    ]);
  const shuffledWithDoubles = fc.oneof(answered, unanswered).chain((list: ProviderEvent[]) =>
    fc.tuple(
      fc.constant(list),
      fc.shuffledSubarray(list, { minLength: list.length }).chain((all) =>
        fc.array(fc.constantFrom(...list), { maxLength: 6 }).chain((doubles) =>
          fc.shuffledSubarray([...all, ...doubles], {
            minLength: all.length + doubles.length,
          }),
        ),
      ),
    ),
  );
  const request = fc.record({
    reachedWhen: fc.constantFrom("answered" as const, "human" as const, "acknowledged" as const),
    retry: fc.constantFrom({}, { maxAttempts: 3 }),
    say: fc.constantFrom(1, 2).map((questions) => Array(questions).fill(ASKS_FOR_4[0])),
  });

  test("gives the same attempt", () => {
    fc.assert(
      fc.property(shuffledWithDoubles, request, ([list, shuffled], overrides) => {
        const apply = (events: ProviderEvent[]) =>
          events.reduce((record, one) => {
            const before = ATTEMPT_STATES[attemptOf(record).state].rank;
            const next = applyEvent(record, one).record;
            expect(ATTEMPT_STATES[attemptOf(next).state].rank).toBeGreaterThanOrEqual(before);
            return next;
          }, dialled(overrides));
        expect(withoutOrder(apply(shuffled))).toEqual(withoutOrder(apply(list)));
      }),
      { numRuns: 500 },
    );
  });

  test("gives the same call, once it has settled", () => {
    fc.assert(
      fc.property(shuffledWithDoubles, request, ([list, shuffled], overrides) => {
        const situation = { now: START, chain: ["simulated"] };
        const follow = (events: ProviderEvent[]) => {
          const { record } = applyEvents(dialled(overrides), events, situation);
          return withoutOrder(deriveCallStatus(record, { ...situation, settled: true }));
        };
        expect(follow(shuffled)).toEqual(follow(list));
      }),
      { numRuns: 500 },
    );
  });
});

function withoutOrder(record: CallRecord): CallRecord {
  const key = (line: AttemptEvent) => `${line.status} ${line.source} ${line.sequence} ${line.step}`;
  const attempts = record.attempts.map((attempt) => ({
    ...attempt,
    events: attempt.events
      .map((line) => ({ ...line, late: false }))
      .toSorted((a, b) => (key(a) < key(b) ? -1 : 1)),
  }));
  return { ...record, attempts };
}
