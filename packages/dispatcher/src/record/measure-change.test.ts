import type { Attempt, CallRecord } from "@call-log/model";
import { expect, test } from "vitest";

import { aCall } from "../testing/a-call.ts";
import { measureChange } from "./measure-change.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 23, 3, 12, seconds));

/** What the change from one record to the next measures. */
function measured(before: CallRecord, after: CallRecord) {
  const found: unknown[] = [];
  measureChange({ measure: (name, given) => void found.push([name, given]) }, before, after);
  return found;
}

function withAttempt(change: Partial<Attempt>, call: Partial<CallRecord> = {}): CallRecord {
  const record = aCall();
  return { ...record, ...call, attempts: [{ ...record.attempts[0]!, provider: "p", ...change }] };
}

const price = (amount: string, pricing: "pending" | "final" | "estimated" = "final") => ({
  price: { amount, currency: "USD", pricing },
});

test("an attempt that is answered, then ended with an outcome, is measured once each", () => {
  const taken = withAttempt({ state: "accepted", submittedAt: at(0) });
  const answered = withAttempt({ state: "in-progress", submittedAt: at(0), answeredAt: at(8) });
  const ended = withAttempt(
    { ...answered.attempts[0], state: "ended", endedAt: at(20), outcome: "reached" },
    { status: "Completed" },
  );
  expect(measured(taken, answered)).toEqual([["step", { step: "answered", seconds: 8 }]]);
  expect(measured(answered, ended)).toEqual([
    ["step", { step: "ended", seconds: 12 }],
    ["attemptEnded", { provider: "p", outcome: "reached", refusalClass: undefined }],
    ["callEnded", { status: "Completed" }],
  ]);
  expect(measured(ended, ended)).toEqual([]);
});

test("a refusal has its class, and no time of an answer", () => {
  const planned = withAttempt({});
  const refused = withAttempt({
    state: "rejected",
    endedAt: at(1),
    outcome: "account",
    errorClass: "account",
  });
  expect(measured(planned, refused)).toEqual([
    ["attemptEnded", { provider: "p", outcome: "account", refusalClass: "account" }],
  ]);
});

test("a cost counts when its price is there, by what it grew; never twice, and it never falls", () => {
  const pending = withAttempt(price("-0.0130", "pending"));
  const known = withAttempt(price("-0.0130"));
  expect(measured(withAttempt({}), pending)).toEqual([]);
  expect(measured(pending, known)).toEqual([
    ["cost", { provider: "p", currency: "USD", micro: 13_000 }],
  ]);
  expect(measured(known, known)).toEqual([]);
  expect(measured(known, withAttempt(price("-0.0150")))).toMatchObject([["cost", { micro: 2000 }]]);
  expect(measured(known, withAttempt(price("-0.0100")))).toEqual([]);
});

test("times of a provider before our own are no time", () => {
  const taken = withAttempt({ submittedAt: at(9) });
  const answered = withAttempt({ submittedAt: at(9), answeredAt: at(8) });
  expect(measured(taken, answered)).toEqual([["step", { step: "answered", seconds: 0 }]]);
});
