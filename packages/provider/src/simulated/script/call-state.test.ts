import fc from "fast-check";
import { expect, test } from "vitest";

import { anyLedgerCall, ledgerCall, rankOf } from "../../testing/ledger-call.ts";
import type { LedgerCall } from "../ledger/ledger-line.ts";
import { callAt, hasEnded } from "./call-state.ts";

const after = (call: LedgerCall, seconds: number) =>
  new Date(call.createdAt.getTime() + (seconds * 1000) / call.speed);

const stateAfter = (call: LedgerCall, seconds: number) => callAt(call, after(call, seconds));

test("an answered call runs through its states", () => {
  const call = ledgerCall({ toNumber: "+15550100100" });
  const states = [0, 0.5, 1.5, 4.5, 12.4, 12.5].map((seconds) => stateAfter(call, seconds).status);
  expect(states).toEqual([
    "queued",
    "initiated",
    "ringing",
    "in-progress",
    "in-progress",
    "completed",
  ]);
  expect(stateAfter(call, 13)).toMatchObject({
    answeredAt: after(call, 4.5),
    endedAt: after(call, 12.5),
    answeredBy: "human",
    pressed: [{ digits: "4" }],
    durationSeconds: 8,
    sipResponseCode: 200,
  });
});

test.each([
  ["+15550100110", "busy", 486],
  ["+15550100111", "no-answer", 487],
  ["+15550100112", "declined", 603],
  ["+15550100113", "failed", 503],
  ["+15550100114", "failed", 404],
])("%s ends as %s with SIP %i, without a price", (toNumber, status, sipResponseCode) => {
  const state = stateAfter(ledgerCall({ toNumber }), 100_000);
  expect(state).toMatchObject({ status, sipResponseCode });
  for (const key of ["price", "answeredAt", "durationSeconds", "answeredBy", "pressed"])
    expect(state).not.toHaveProperty(key);
});

test("digits and who answered are known only where they were asked for", () => {
  const deaf = ledgerCall({
    toNumber: "+15550100100",
    detectsMachine: false,
    gathersDigits: false,
  });
  expect(stateAfter(deaf, 20)).not.toHaveProperty("pressed");
  expect(stateAfter(deaf, 20)).not.toHaveProperty("answeredBy");
});

test("ringing stops at the ring timeout, talk at the time limit", () => {
  const ring = stateAfter(ledgerCall({ ringTimeoutSeconds: 2 }), 3.5);
  expect(ring).toMatchObject({ status: "no-answer", sipResponseCode: 487 });
  const talk = stateAfter(ledgerCall({ timeLimitSeconds: 5 }), 9.5);
  expect(talk).toMatchObject({ status: "completed", durationSeconds: 5 });
});

test("luck makes the ringing longer, not the talk", () => {
  const call = ledgerCall({ luck: 0.75 });
  expect(stateAfter(call, 5.2).status).toBe("ringing");
  expect(stateAfter(call, 5.25).status).toBe("in-progress");
  expect(stateAfter(call, 20).durationSeconds).toBe(8);
});

test.each([
  ["+15559998888", 12.5 + 5],
  ["+15550100160", 12.5 + 900],
])("%s has its price after %d seconds", (toNumber, seconds) => {
  const call = ledgerCall({ toNumber });
  expect(stateAfter(call, seconds - 0.1)).not.toHaveProperty("price");
  expect(stateAfter(call, seconds).price).toEqual({ amount: "-0.00700", currency: "USD" });
});

test("a price that never comes never comes", () => {
  const call = ledgerCall({ toNumber: "+15550100161" });
  expect(stateAfter(call, 1e9)).not.toHaveProperty("price");
});

test("a call only moves forward, its facts stay, and its final state is never left", () => {
  const times = fc.array(fc.integer({ min: 0, max: 120_000 }), { minLength: 2 });
  fc.assert(
    fc.property(anyLedgerCall, times, (call, milliseconds) => {
      const states = milliseconds
        .toSorted((a, b) => a - b)
        .map((ms) => callAt(call, new Date(call.createdAt.getTime() + ms)));
      for (const [index, state] of states.slice(1).entries()) {
        const before = states[index]!;
        expect(rankOf(state.status)).toBeGreaterThanOrEqual(rankOf(before.status));
        const { status, ...facts } = before;
        expect(state).toMatchObject(before.endedAt ? { status, ...facts } : facts);
      }
    }),
  );
});

test("a request to end takes effect at once, and not after the end", () => {
  fc.assert(
    fc.property(anyLedgerCall, fc.integer({ min: 0, max: 60_000 }), (call, ms) => {
      const endRequestedAt = new Date(call.createdAt.getTime() + ms);
      const before = callAt(call, endRequestedAt);
      const ended = callAt({ endRequestedAt, ...call }, endRequestedAt);
      const expected = before.answeredAt ? "completed" : "canceled";
      const isOpen = before.endedAt === undefined && call.endRequestedAt === undefined;
      expect(hasEnded(call, endRequestedAt)).toBe(before.endedAt !== undefined);
      expect(ended.status).toBe(isOpen ? expected : before.status);
    }),
  );
});
