import type { Attempt, CallOutcome, CallRecord, CallRequestInput } from "@call-log/model";
import { CALL_OUTCOME_NAMES, CALL_OUTCOMES, isFinalStatus } from "@call-log/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { aCall, START } from "../testing/a-call.ts";
import { claimed } from "../testing/claimed-call.ts";
import { noteStep, withAttempt } from "./attempts.ts";
import { finishOrRetry } from "./finish-or-retry.ts";
import { countedAttempts, decideRetry, type FinishedAttempt } from "./retry-policy.ts";
import { secondsAfter } from "./seconds.ts";

const CHAIN = ["first", "second"];

/** A call whose attempts ended with these outcomes, at these providers. */
function callAfter(
  outcomes: readonly [CallOutcome, string?][],
  request: Partial<CallRequestInput> = {},
): { record: CallRecord; attempt: FinishedAttempt } {
  const attempts = outcomes.map(([outcome, provider = "first"], index): FinishedAttempt => {
    const planned = aCall().attempts[0]!;
    const number = index + 1;
    return {
      ...planned,
      _id: planned._id.replace(/1$/, String(number)),
      number,
      state: outcome === "lost" ? "unknown" : "ended",
      claimedAt: START,
      provider,
      outcome,
    };
  });
  const record = { ...aCall(request), attempts };
  return { record, attempt: attempts.at(-1)! };
}

const step = (
  outcomes: readonly [CallOutcome, string?][],
  request: Partial<CallRequestInput> = {},
  rest: { chain?: string[]; retryAfterSeconds?: number; now?: Date } = {},
) => {
  const { record, attempt } = callAfter(outcomes, request);
  return decideRetry(record, attempt, { now: START, chain: CHAIN, ...rest });
};

const THREE = { retry: { maxAttempts: 3, backoff: { delaySeconds: 30 } } };

describe("decideRetry", () => {
  test.each(CALL_OUTCOME_NAMES.filter((name) => CALL_OUTCOMES[name].counts))(
    "%s ends a call that is tried once, with the status of the table",
    (outcome) => {
      expect(step([[outcome]])).toMatchObject({
        kind: "finish",
        status: CALL_OUTCOMES[outcome].status,
      });
    },
  );

  test("tries again after the policy's delay, at the same provider", () => {
    const at = secondsAfter(START, 30);
    expect(step([["busy"]], THREE)).toEqual({ kind: "retryAt", at, provider: "first" });
    expect(step([["busy"], ["no-answer"]], THREE)).toMatchObject({ kind: "retryAt", at });
    expect(step([["busy"], ["no-answer"], ["busy"]], THREE)).toEqual({
      kind: "finish",
      status: "Busy",
      message: "The line was busy; after 3 attempts",
    });
  });

  test("an exponential delay doubles up to its limit", () => {
    const backoff = { type: "exponential" as const, delaySeconds: 10, maxDelaySeconds: 25 };
    const request = { retry: { maxAttempts: 9, backoff } };
    for (const [count, seconds] of [
      [1, 10],
      [2, 20],
      [3, 25],
      [4, 25],
    ] as const) {
      const outcomes = Array.from({ length: count }, (): [CallOutcome] => ["busy"]);
      expect(step(outcomes, request)).toMatchObject({ at: secondsAfter(START, seconds) });
    }
  });

  test("tries only the outcomes again that the policy names", () => {
    const retry = { ...THREE.retry, on: ["busy" as const] };
    expect(step([["busy"]], { retry }).kind).toBe("retryAt");
    expect(step([["no-answer"]], { retry })).toMatchObject({ kind: "finish", status: "No Answer" });
  });

  test("a failure on the way goes to the next provider at once, then waits", () => {
    expect(step([["failed", "first"]], THREE)).toEqual({
      kind: "retryAt",
      at: START,
      provider: "second",
    });
    expect(
      step(
        [
          ["failed", "first"],
          ["failed", "second"],
        ],
        THREE,
      ),
    ).toEqual({
      kind: "retryAt",
      at: secondsAfter(START, 30),
      provider: "first",
    });
    expect(step([["failed"]], THREE, { chain: ["first"] })).toEqual({
      kind: "retryAt",
      at: secondsAfter(START, 30),
      provider: "first",
    });
  });

  test.each(["declined", "lost", "busy", "voicemail"] as const)(
    "%s never goes elsewhere",
    (outcome) => {
      expect(step([[outcome]], THREE)).toMatchObject({ kind: "retryAt", provider: "first" });
    },
  );

  test("throttled does not count, waits longer each time, and honours what was asked for", () => {
    const alone = { chain: ["first"] };
    const waits = [1, 2, 3, 11, 12].map((count) => {
      const outcomes = Array.from({ length: count }, (): [CallOutcome] => ["throttled"]);
      const next = step(outcomes, {}, alone);
      return next.kind === "retryAt" ? (next.at.getTime() - START.getTime()) / 1000 : undefined;
    });
    expect(waits).toEqual([1, 2, 4, 900, 900]);
    expect(step([["throttled"]], {}, { ...alone, retryAfterSeconds: 20 })).toMatchObject({
      at: secondsAfter(START, 20),
    });
    expect(step([["throttled"]])).toMatchObject({ at: START, provider: "second" });
  });

  test("throttled for 24 hours is the end, with the reason", () => {
    const now = secondsAfter(START, 86_400);
    expect(step([["throttled"]], {}, { now })).toMatchObject({
      kind: "finish",
      status: "Failed",
      message: expect.stringContaining("24 hours"),
    });
    expect(step([["throttled"]], {}, { now: secondsAfter(now, -1) }).kind).toBe("retryAt");
  });

  test("nothing is planned for after the deadline", () => {
    const request = { ...THREE, deadlineAt: secondsAfter(START, 30).toISOString() };
    expect(step([["busy"]], request)).toEqual({
      kind: "finish",
      status: "Busy",
      message: "The line was busy; the deadline ended the attempts",
    });
    const later = { ...THREE, deadlineAt: secondsAfter(START, 31).toISOString() };
    expect(step([["busy"]], later).kind).toBe("retryAt");
  });

  test("a callee who was reached in an earlier attempt is not called again", () => {
    expect(step([["reached"], ["busy"]], THREE)).toMatchObject({ status: "Completed" });
  });

  test("a canceled call has no further attempt", () => {
    const { record, attempt } = callAfter([["busy"]], THREE);
    const asked = noteStep(attempt, "canceled", START) as FinishedAttempt;
    expect(decideRetry(withAttempt(record, asked), asked, { now: START, chain: CHAIN })).toEqual({
      kind: "finish",
      status: "Busy",
      message: "The line was busy; canceled while the call was running",
    });
  });
});

describe("the retry policy, whatever happens", () => {
  const request = fc.record({
    retry: fc.record({
      maxAttempts: fc.integer({ min: 1, max: 5 }),
      backoff: fc.record({
        type: fc.constantFrom("fixed" as const, "exponential" as const),
        delaySeconds: fc.integer({ min: 0, max: 600 }),
      }),
    }),
    deadlineAt: fc.option(
      fc
        .integer({ min: 1, max: 5000 })
        .map((seconds) => secondsAfter(START, seconds).toISOString()),
      { nil: undefined },
    ),
  });
  const outcomes = fc.array(fc.constantFrom(...CALL_OUTCOME_NAMES), {
    minLength: 1,
    maxLength: 12,
  });

  /** Follows the retry policy to its end; the outcomes repeat. */
  function walk(start: CallRecord, list: readonly CallOutcome[], check: (now: CallRecord) => void) {
    let [record, now] = [start, START];
    for (let round = 0; !isFinalStatus(record.status); round += 1) {
      expect(round).toBeLessThan(2000);
      const planned = record.attempts.at(-1)!;
      now = planned.dueAt > now ? planned.dueAt : now;
      const provider = planned.provider ?? CHAIN[0]!;
      const claim = { number: planned.number, provider, now };
      record = claimed(record, claim);
      const outcome = list[round % list.length]!;
      const ended = { ...record.attempts.at(-1)!, state: "ended" as const, outcome };
      record = finishOrRetry(withAttempt(record, ended), ended, { now, chain: CHAIN });
      check(record);
    }
    return record;
  }

  const input = ({ deadlineAt, ...rest }: { retry: object; deadlineAt: string | undefined }) =>
    aCall({ ...rest, ...(deadlineAt !== undefined && { deadlineAt }) });

  test("ends, and never has more attempts that count than the request allows", () => {
    fc.assert(
      fc.property(request, outcomes, (wanted, list) => {
        const record = walk(input(wanted), list, (now) =>
          expect(countedAttempts(now)).toBeLessThanOrEqual(wanted.retry.maxAttempts),
        );
        expect(isFinalStatus(record.status)).toBe(true);
        expect(record.statusMessage).toBeTruthy();
      }),
      { numRuns: 300 },
    );
  });

  test("never goes on after what can't be tried again, nor elsewhere after a decline or an unknown", () => {
    fc.assert(
      fc.property(request, outcomes, (wanted, list) => {
        const { attempts } = walk(input(wanted), list, () => {});
        const pairs = attempts.slice(1).map((next, index) => [attempts[index]!, next] as const);
        for (const [before, next] of pairs) {
          const outcome = before.outcome!;
          expect(CALL_OUTCOMES[outcome].retryable).toBe(true);
          const mayMove = CALL_OUTCOMES[outcome].failover;
          expect([before.provider, mayMove && next.provider]).toContain(next.provider);
          expect(next.dueAt.getTime()).toBeGreaterThanOrEqual(before.dueAt.getTime());
        }
      }),
      { numRuns: 300 },
    );
  });

  test("never dials after the deadline", () => {
    fc.assert(
      fc.property(request, outcomes, (wanted, list) => {
        const record = walk(input(wanted), list, () => {});
        const { deadlineAt } = record;
        const late = (attempt: Attempt) => deadlineAt !== undefined && attempt.dueAt >= deadlineAt;
        expect(record.attempts.filter(late)).toEqual([]);
      }),
    );
  });
});
