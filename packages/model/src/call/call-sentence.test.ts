import { describe, expect, test } from "vitest";

import type { CallLogView } from "../query/views/present-call-log.ts";
import { type AttemptView, callSentence } from "./call-sentence.ts";

const at = "2026-11-24T03:13:40.000Z";
const TIMES = { clock: (iso: string) => iso.slice(11, 19), day: (iso: string) => iso.slice(0, 16) };

function attempt(fields: Partial<AttemptView>): AttemptView {
  return { _id: "a-1", number: 1, state: "ended", dueAt: at, events: [], ...fields };
}

function call(fields: Partial<CallLogView>): CallLogView {
  return { _id: "a", status: "Completed", callCostInUSDCents: 2.6, pricing: "final", ...fields };
}

describe("a call that reached somebody", () => {
  test("says who, when, on which attempt, with which digit, and what was before", () => {
    const attempts = [
      attempt({ outcome: "busy" }),
      attempt({
        number: 2,
        outcome: "reached",
        answeredBy: "human",
        digits: "4",
        acknowledgedAt: at,
      }),
    ];
    expect(callSentence(call({ attempts }), TIMES)).toBe(
      `Reached: a person pressed 4 at 03:13:40 on attempt 2 of 2. Attempt 1: the line was busy. Cost $0.026.`,
    );
  });

  test("without digits, at once, with a price to come", () => {
    const attempts = [attempt({ outcome: "reached", answeredAt: at })];
    expect(callSentence(call({ attempts, pricing: "pending" }), TIMES)).toBe(
      `Reached: somebody answered at 03:13:40 on the first attempt. Cost so far $0.026; a price is pending.`,
    );
  });
});

test("a call that reached nobody says its last reason once", () => {
  const attempts = [attempt({ outcome: "busy" }), attempt({ number: 2, outcome: "no-answer" })];
  const text = callSentence(call({ status: "No Answer", attempts, pricing: "final" }), TIMES);
  expect(text).toBe("Nobody answered. Attempt 1: the line was busy. Cost $0.026.");
});

test("a call that is under way says so", () => {
  const text = callSentence(
    call({ status: "Ringing", attempts: [attempt({ state: "ringing" })], pricing: null }),
    TIMES,
  );
  expect(text).toBe("The phone rings …");
});

test("an imported status is shown as it is", () => {
  expect(callSentence(call({ status: "Erfolg", attempts: [] }), TIMES)).toBe(
    "Erfolg. Cost $0.026.",
  );
});

test("what was charged in another currency is said as it was charged", () => {
  const price = { amount: "-0.02100", currency: "EUR", pricing: "final" } as const;
  const attempts = [attempt({ outcome: "reached", answeredAt: at, price })];
  const text = callSentence(
    call({ attempts, callCostInUSDCents: 0, pricing: "incomplete" }),
    TIMES,
  );
  expect(text).toMatch(/Cost \$0\S*, and in another currency 0\.02100 EUR\.$/);
});

describe("the reason is said first and once", () => {
  test.each([
    ["Queued", "Waits: the project is paused", "Waits: the project is paused …"],
    ["Canceled", "Canceled before it was dialled", "Canceled before it was dialled."],
    [
      "Low Balance",
      "Not dialled: 0.10 USD do not fit; 0.05 USD of today's limit are spent",
      "Not dialled: 0.10 USD do not fit; 0.05 USD of today's limit are spent.",
    ],
    [
      "Unknown",
      "The provider shows no such call; held until a person decides",
      "The provider shows no such call; held until a person decides …",
    ],
    ["Fehler", "besetzt.", "Fehler: besetzt."],
  ])("%s: %s", (status, statusMessage, text) => {
    expect(callSentence(call({ status, statusMessage, attempts: [], pricing: null }), TIMES)).toBe(
      text,
    );
  });

  test("with a next attempt, by the reader's clock", () => {
    const attempts = [attempt({ outcome: "busy" }), attempt({ number: 2, state: "planned" })];
    const statusMessage = `The line was busy on attempt 1; next attempt at ${at}`;
    expect(
      callSentence(call({ status: "Scheduled", statusMessage, attempts, pricing: null }), TIMES),
    ).toBe(`The line was busy on attempt 1; next attempt at 2026-11-24T03:13 …`);
  });
});
