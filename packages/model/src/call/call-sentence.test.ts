import { describe, expect, test } from "vitest";

import type { CallLogView } from "../query/views/present-call-log.ts";
import { wordedMoment } from "../value/worded-moment.ts";
import { type AttemptView, callSentence, type TimeWords } from "./call-sentence.ts";

const at = "2026-11-25T19:34:08.000Z";
const NOW = new Date("2026-11-26T03:00:00.000Z");
const TIMES: TimeWords = {
  clock: (iso) => iso.slice(11, 19),
  day: (iso) => iso.slice(0, 16),
  on: (iso) => `on ${wordedMoment(iso, "Europe/Berlin", NOW)}`,
};
const WHEN = "on Wednesday 25 November at 20:34 (Berlin)";

function attempt(fields: Partial<AttemptView>): AttemptView {
  const number = fields.number ?? 1;
  return {
    _id: `a-${number}`,
    number,
    state: "ended",
    dueAt: at,
    claimedAt: at,
    endedAt: at,
    events: [],
    ...fields,
  };
}

function call(fields: Partial<CallLogView>): CallLogView {
  return {
    _id: "a",
    status: "Completed",
    toNumber: "+491711234567",
    user: { _id: "u", name: "Anna Weber" },
    callCostInUSDCents: 2.6,
    pricing: "final",
    ...fields,
  };
}

describe("a call that reached somebody", () => {
  test("says her name, the day and what she did, and what was before", () => {
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
      `Anna Weber was reached ${WHEN}: a person pressed 4. Attempt 1: the line was busy. Cost $0.026.`,
    );
  });

  test("without a name it is the number; without digits, at once, with a price to come", () => {
    const attempts = [attempt({ outcome: "reached", answeredAt: at })];
    expect(callSentence(call({ attempts, user: null, pricing: "pending" }), TIMES)).toBe(
      `+491711234567 was reached ${WHEN}: somebody answered. Cost so far $0.026; a price is pending.`,
    );
  });
});

test("a call that reached nobody says its last reason once", () => {
  const attempts = [attempt({ outcome: "busy" }), attempt({ number: 2, outcome: "no-answer" })];
  const statusMessage = "Nobody answered; after 2 attempts";
  expect(callSentence(call({ status: "No Answer", statusMessage, attempts }), TIMES)).toBe(
    `Anna Weber was not reached ${WHEN}: nobody answered. It was tried 2 times. Attempt 1: the line was busy. What to do: call again, or call somebody else. Cost $0.026.`,
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

describe("the reason comes after her name, once and without a table's wording", () => {
  const withdrawn = [attempt({ outcome: "canceled", claimedAt: undefined })];
  test.each<[string, Partial<CallLogView>, string]>([
    [
      "paused",
      {
        status: "Queued",
        waitsFor: "project-paused",
        statusMessage: "Waits: the project is paused: looping alerts",
      },
      "Anna Weber is not called yet: the project is paused: looping alerts. What to do: resume the project in the settings, and the call goes at once.",
    ],
    [
      "canceled by a person",
      {
        status: "Canceled",
        statusMessage: "Canceled before it was dialled",
        attempts: [
          attempt({
            outcome: "canceled",
            claimedAt: undefined,
            events: [
              {
                at,
                source: "worker",
                status: "canceled",
                late: false,
                by: { kind: "person", name: "Ada Lovelace" },
              },
            ],
          }),
        ],
      },
      `The call to Anna Weber was canceled ${WHEN} by Ada Lovelace, before it was dialled. What to do: call again if it is still needed.`,
    ],
    [
      "no budget",
      {
        status: "Low Balance",
        statusMessage:
          "Not dialled: 0.10 USD do not fit; 0.00 of today's limit, 0.05 USD, are spent or set aside",
        attempts: withdrawn,
      },
      `Anna Weber was not called ${WHEN}: the budget has no room for this call. $0.10 is set aside for a call, and $0.00 of today's limit of $0.05 is spent or set aside. What to do: raise the budget in the settings, or wait until its limit begins again, then call again.`,
    ],
    [
      "deadline while it waited",
      {
        status: "Expired",
        statusMessage:
          "Its deadline passed before it could be dialled; it waited: the project is paused: night",
        attempts: withdrawn,
      },
      `Anna Weber was not called ${WHEN}: the deadline passed before the call could be dialled. It waited: the project is paused: night. What to do: place a new call with a later deadline, or call again without one.`,
    ],
    [
      "next attempt",
      {
        status: "Scheduled",
        waitsFor: "retry",
        waitsUntil: at,
        statusMessage: `The line was busy on attempt 1; next attempt at ${at}`,
        attempts: [
          attempt({ outcome: "busy" }),
          attempt({ number: 2, state: "planned", claimedAt: undefined, endedAt: undefined }),
        ],
      },
      `Anna Weber was not reached yet: the line was busy. The next attempt is ${WHEN}. What to do: call now if it cannot wait.`,
    ],
    [
      "refused by the carrier",
      {
        status: "Failed",
        statusMessage: "The account is not permitted to call this number; Not allowed",
        attempts: [
          attempt({
            outcome: "not-permitted",
            errorClass: "permission",
            errorCode: "21215",
            errorMessage: "Not allowed",
            provider: "twilio",
          }),
        ],
      },
      `Anna Weber was not called ${WHEN}: the provider does not permit the account to call this number. The provider says: Not allowed (error 21215). What to do: allow calls to this country in the geographic permissions of the account, then call again.`,
    ],
  ])("%s", (_name, fields, text) => {
    expect(callSentence(call({ pricing: null, attempts: [], ...fields }), TIMES)).toBe(text);
  });
});

test("a day of another year has its year, and UTC is named as it is", () => {
  expect(wordedMoment("2025-01-01T00:05:00.000Z", "UTC", NOW)).toBe(
    "Wednesday 1 January 2025 at 00:05 (UTC)",
  );
});
