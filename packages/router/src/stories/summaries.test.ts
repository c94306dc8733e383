import type { CallLogView } from "@call-log/model";
import { describe, expect, test } from "vitest";

import { incidentSummary } from "./incident-summary.ts";
import { personSummary } from "./person-summary.ts";

const at = (minute: number, second = 0) =>
  new Date(Date.UTC(2026, 10, 26, 3, minute, second)).toISOString();

type AttemptView = NonNullable<CallLogView["attempts"]>[number];

function attempt(fields: Partial<AttemptView>): AttemptView {
  return { _id: "a-1", number: 1, state: "ended", dueAt: at(0), events: [], ...fields };
}

function call(fields: Partial<CallLogView>): CallLogView {
  return { _id: "a", toNumber: "+15550100100", status: "Completed", createdAt: at(0), ...fields };
}

const ANNA = { _id: "anna", name: "Anna Weber" };
const reached = (minute: number, seconds: number) =>
  call({
    createdAt: at(minute),
    callCostInUSDCents: 2,
    user: ANNA,
    attempts: [
      attempt({
        outcome: "reached",
        claimedAt: at(minute),
        answeredAt: at(minute, seconds),
        acknowledgedAt: at(minute, seconds + 5),
      }),
    ],
    acknowledgedAt: at(minute, seconds + 5),
  });
const busy = (minute: number) =>
  call({
    createdAt: at(minute),
    status: "Busy",
    callCostInUSDCents: 1,
    user: ANNA,
    attempts: [attempt({ outcome: "busy", claimedAt: at(minute) })],
  });

describe("a person", () => {
  test("is reached so often, so fast, and was last reached then", () => {
    const calls = [busy(9), reached(5, 30), reached(3, 10), reached(1, 12)];
    expect(personSummary(calls)).toMatchObject({
      name: "Anna Weber",
      userId: "anna",
      toNumbers: ["+15550100100"],
      dialled: 4,
      reached: 3,
      medianSecondsToAnswer: 12,
      lastCalledAt: at(9),
      lastReachedAt: at(5, 35),
      reachedAt: [at(5, 35), at(3, 15), at(1, 17)],
      costUSDCents: 7,
    });
  });

  test("is not to blame for calls that were canceled, refused, or are open", () => {
    const undialled = [
      call({ status: "Canceled", attempts: [attempt({ outcome: "canceled", claimedAt: at(1) })] }),
      call({ status: "Low Balance", attempts: [attempt({ outcome: "canceled" })] }),
      call({
        status: "Failed",
        attempts: [attempt({ outcome: "account", state: "rejected", claimedAt: at(1) })],
      }),
      call({ status: "Ringing", attempts: [attempt({ state: "ringing", claimedAt: at(1) })] }),
    ];
    expect(personSummary(undialled)).toMatchObject({ dialled: 0, reached: 0 });
  });

  test("who was never called has no figures", () => {
    expect(personSummary([])).toMatchObject({
      name: null,
      dialled: 0,
      medianSecondsToAnswer: null,
      lastReachedAt: null,
      costUSDCents: 0,
    });
  });
});

describe("an incident", () => {
  test("says who was called, who acknowledged first and how long that took", () => {
    const bob = { ...busy(0), _id: "b", toNumber: "+15550100110", user: null };
    const calls = [bob, { ...busy(1), _id: "c" }, { ...reached(4, 20), _id: "d" }];
    expect(incidentSummary(calls)).toMatchObject({
      firstRequestedAt: at(0),
      acknowledged: { at: at(4, 25), callLogId: "d", name: "Anna Weber" },
      secondsToAcknowledge: 265,
      people: [
        { name: null, toNumber: "+15550100110", calls: 1, reachedAt: null, isOpen: false },
        { name: "Anna Weber", calls: 2, reachedAt: at(4, 25), isOpen: false },
      ],
      costUSDCents: 4,
    });
  });

  test("names all who acknowledged, with their keys, and counts what somebody canceled since", () => {
    const event = { source: "api", status: "canceled", at: at(6), late: false } as const;
    const canceled = (fields: Partial<typeof event> & { by?: { kind: "key" | "system" } }) =>
      call({
        status: "Canceled",
        attempts: [attempt({ outcome: "canceled", events: [{ ...event, ...fields }] })],
      });
    const [anna, second] = [reached(4, 20), reached(5, 0)];
    const withKey = { ...second, attempts: [{ ...second.attempts![0]!, digits: "4" }] };
    const key = { kind: "key" } as const;
    const calls = [
      { ...withKey, _id: "late", user: { _id: "bob", name: "Bob" } },
      { ...anna, _id: "early" },
      canceled({ by: key }),
      canceled({ by: key, at: at(4) }),
      canceled({ by: { kind: "system" } }),
      canceled({}),
    ];
    const summary = incidentSummary(calls);
    expect(summary.acknowledgements).toMatchObject([
      { callLogId: "early", name: "Anna Weber", at: at(4, 25), digits: null },
      { callLogId: "late", name: "Bob", at: at(5, 5), digits: "4" },
    ]);
    expect(summary.acknowledged).toEqual(summary.acknowledgements[0]);
    expect(summary.canceledSince).toBe(1);
  });

  test("that nobody acknowledged says so", () => {
    const open = call({ status: "Ringing", attempts: [attempt({ state: "ringing" })] });
    expect(incidentSummary([busy(0), open])).toMatchObject({
      acknowledged: null,
      acknowledgements: [],
      canceledSince: 0,
      secondsToAcknowledge: null,
    });
  });
});
