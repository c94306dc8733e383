import fc from "fast-check";
import { expect, test } from "vitest";

import { anyLedgerCall, CALLBACK_URLS, ledgerCall, rankOf } from "../../testing/ledger-call.ts";
import type { LedgerCall } from "../ledger/ledger-line.ts";
import { callAt } from "../script/call-state.ts";
import { plannedCallbacks } from "./callback-plan.ts";

const called = (toNumber: string, facts: Partial<LedgerCall> = {}) =>
  ledgerCall({ toNumber, callbackUrls: CALLBACK_URLS, ...facts });

/** What the callbacks say, in the order of their times. */
function said(call: LedgerCall): string[] {
  return plannedCallbacks(call)
    .toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
    .map(({ body }) => {
      const form = new URLSearchParams(body);
      const sequence = form.get("SequenceNumber");
      return sequence === null
        ? `${form.get("Digits") ?? form.get("AnsweredBy")}`
        : `${sequence} ${form.get("CallStatus")}`;
    });
}

const ALL = ["0 initiated", "1 ringing", "2 in-progress", "human", "4", "3 completed"];

test("callbacks tell each step but the queue, numbered, at the address of their kind", () => {
  const call = called("+15550100100");
  expect(said(call)).toEqual(ALL);
  const paths = plannedCallbacks(call).map(({ url }) => url.slice(url.lastIndexOf("/")));
  expect(paths).toEqual(["/status", "/status", "/status", "/amd", "/gather", "/status"]);
  expect(Object.fromEntries(new URLSearchParams(plannedCallbacks(call).at(-1)?.body))).toEqual({
    CallSid: "SIM1",
    CallStatus: "completed",
    CallDuration: "8",
    SipResponseCode: "200",
    SequenceNumber: "3",
    Timestamp: "2026-11-23T03:12:12.500Z",
  });
});

test("doubled callbacks come twice each", () => {
  expect(said(called("+15550100150")).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(
    [...ALL, ...ALL].toSorted((a, b) => (a < b ? -1 : 1)),
  );
});

test("swapped callbacks come out of order, and all of them", () => {
  expect(said(called("+15550100151"))).toEqual([
    "1 ringing",
    "0 initiated",
    "human",
    "2 in-progress",
    "3 completed",
    "4",
  ]);
});

test("none comes where none is due", () => {
  expect(said(called("+15550100152"))).toEqual([]);
  expect(said(ledgerCall())).toEqual([]);
});

test("a call canceled in the queue has no callback, one that rings has", () => {
  const createdAt = new Date("2026-11-23T03:12:00.000Z");
  const endedAfter = (ms: number) =>
    said(called("+15559998888", { endRequestedAt: new Date(createdAt.getTime() + ms) }));
  expect(endedAfter(100)).toEqual([]);
  expect(endedAfter(2000)).toEqual(["0 initiated", "1 ringing", "2 canceled"]);
  expect(endedAfter(5000)).toEqual(["0 initiated", "1 ringing", "2 in-progress", "3 completed"]);
});

test("no callback tells of a state before the call has come to it", () => {
  fc.assert(
    fc.property(anyLedgerCall, (call) => {
      for (const { body, dueAt } of plannedCallbacks(call)) {
        const form = new URLSearchParams(body);
        const at = new Date(form.get("Timestamp") ?? "");
        const state = callAt(call, at);
        expect(dueAt.getTime()).toBeGreaterThanOrEqual(at.getTime());
        const { CallStatus = state.status, Digits, AnsweredBy } = Object.fromEntries(form);
        expect(rankOf(state.status)).toBeGreaterThanOrEqual(rankOf(CallStatus));
        expect([undefined, state.pressed?.at(-1)?.digits]).toContain(Digits);
        expect([undefined, state.answeredBy]).toContain(AnsweredBy);
      }
    }),
  );
});
