import {
  type Attempt,
  CALL_EVENT_TYPES,
  type CallEventType,
  type CallRecord,
} from "@call-log/model";
import { describe, expect, test } from "vitest";

import { aCall, ASKS_FOR_4, CALL_ID, START } from "../testing/a-call.ts";
import { withEvents } from "./events-of-change.ts";

const ALL = new Set(CALL_EVENT_TYPES);
const at = START;

const typesOf = (
  before: CallRecord | undefined,
  after: CallRecord,
  wanted: ReadonlySet<CallEventType> = ALL,
) => (withEvents({ before, after }, { wanted, at }).outbox ?? []).map(({ type }) => type);

function withFirst(record: CallRecord, attempt: Partial<Attempt>): CallRecord {
  return { ...record, attempts: [{ ...record.attempts[0]!, ...attempt }] };
}

const dialled = withFirst(
  { ...aCall({ say: ASKS_FOR_4, reachedWhen: "acknowledged" }), status: "Dialing" },
  { state: "accepted", claimedAt: START, provider: "first" },
);

describe("the events of a change", () => {
  test("of a new call are its first status, with the number 1", () => {
    const { outbox, eventCount, outboxAt } = withEvents(
      { before: undefined, after: aCall() },
      { wanted: ALL, at },
    );
    const change = { from: null, to: "Queued" };
    expect(outbox).toEqual([{ id: `${CALL_ID}-e1`, type: "call.status-changed", at, change }]);
    expect({ eventCount, outboxAt }).toEqual({ eventCount: 1, outboxAt: at });
  });

  test("that nobody asks for leave the record as it is", () => {
    const after = aCall();
    expect(withEvents({ before: undefined, after }, { wanted: new Set(), at })).toBe(after);
    const wanted = new Set<CallEventType>(["call.price-final"]);
    expect(withEvents({ before: undefined, after }, { wanted, at })).toBe(after);
  });

  test("come after those that are still in the outbox, and go on counting", () => {
    const before = withEvents({ before: undefined, after: aCall() }, { wanted: ALL, at });
    const later = new Date(START.getTime() + 1000);
    const after = withEvents(
      { before, after: { ...before, status: "Dialing" } },
      { wanted: ALL, at: later },
    );
    expect(after.outbox?.map(({ id }) => id)).toEqual([`${CALL_ID}-e1`, `${CALL_ID}-e2`]);
    expect(after.outboxAt).toEqual(at);
  });

  test("tell an acknowledgement, then the end of the attempt, then the status", () => {
    const acknowledged = withFirst(dialled, {
      state: "ended",
      outcome: "reached",
      acknowledgedAt: START,
      digits: "4",
    });
    const after = { ...acknowledged, acknowledgedAt: START, status: "Completed" };
    expect(typesOf(dialled, { ...after, pricing: "pending" })).toEqual([
      "call.acknowledged",
      "call.attempt-ended",
      "call.status-changed",
    ]);
    expect(typesOf({ ...after, pricing: "pending" }, { ...after, pricing: "final" })).toEqual([
      "call.price-final",
    ]);
    expect(typesOf(after, after)).toEqual([]);
  });

  test("do not end an attempt whose outcome a late digit may change, before the call goes on", () => {
    const provisional = withFirst(dialled, { state: "ended", outcome: "not-acknowledged" });
    expect(typesOf(dialled, provisional)).toEqual([]);
    const next = { ...provisional.attempts[0]!, number: 2, state: "planned" as const };
    const { outcome: _none, ...planned } = next;
    const goesOn = { ...provisional, attempts: [provisional.attempts[0]!, planned] };
    expect(typesOf(provisional, goesOn)).toEqual(["call.attempt-ended"]);
  });

  test("leave out an attempt that was taken back before anybody dialled", () => {
    const { claimedAt: _none, ...planned } = dialled.attempts[0]!;
    const open = { ...dialled, attempts: [{ ...planned, state: "planned" as const }] };
    const withdrawn = { ...planned, state: "ended" as const, outcome: "canceled" as const };
    const canceled = { ...open, attempts: [withdrawn], status: "Canceled" };
    expect(typesOf(open, canceled)).toEqual(["call.status-changed", "call.price-final"]);
  });

  test("name an attempt that became unknown, once", () => {
    const unknown = withFirst(dialled, { state: "unknown", lostAnswer: "reset" });
    expect(typesOf(dialled, unknown)).toEqual(["call.unknown"]);
    expect(typesOf(unknown, { ...unknown })).toEqual([]);
  });

  test.each([
    ["Busy", true],
    ["Expired", true],
    ["Low Balance", true],
    ["Completed", false],
    ["Canceled", false],
  ])("of the final status %s say exhausted: %s", (status, isExhausted) => {
    const types = typesOf(dialled, { ...dialled, status });
    expect(types.includes("call.exhausted")).toBe(isExhausted);
    expect(typesOf({ ...dialled, status }, { ...dialled, status })).toEqual([]);
  });
});
