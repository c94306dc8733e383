import fc from "fast-check";

import type { LedgerCall } from "../simulated/ledger/ledger-line.ts";
import { SCRIPTED_BLOCK, SCRIPTS } from "../simulated/script/scripts.ts";

/** A call of the ledger, ordinary where nothing else is said. */
export function ledgerCall(facts: Partial<LedgerCall> = {}): LedgerCall {
  return {
    providerCallId: "SIM1",
    attemptId: "376d7300-28fe-11f1-b591-3fdcef396aba-1",
    toNumber: "+15559998888",
    fromNumber: "+15559990000",
    createdAt: new Date("2026-11-23T03:12:00.000Z"),
    script: "ordinary",
    tryNumber: 1,
    luck: 0,
    speed: 1,
    detectsMachine: true,
    gathersDigits: true,
    ...facts,
  };
}

/** Addresses of a call that is called back. */
export const CALLBACK_URLS = {
  status: "http://127.0.0.1:9/status",
  gather: "http://127.0.0.1:9/gather",
  amd: "http://127.0.0.1:9/amd",
};

const PLACED = Object.entries(SCRIPTS)
  .filter(([, { tries }]) => tries.every(({ course }) => course !== undefined))
  .map(([suffix]) => `${SCRIPTED_BLOCK}${suffix}`);

const seconds = (max: number) => fc.option(fc.integer({ min: 1, max }), { nil: undefined });

/** Any call that the carrier can have placed, ended on request or not. */
export const anyLedgerCall: fc.Arbitrary<LedgerCall> = fc
  .record({
    toNumber: fc.constantFrom("+15559998888", ...PLACED),
    tryNumber: fc.integer({ min: 1, max: 3 }),
    luck: fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100),
    speed: fc.constantFrom(0.5, 1, 7, 50, 200),
    detectsMachine: fc.boolean(),
    gathersDigits: fc.boolean(),
    ringTimeoutSeconds: seconds(30),
    timeLimitSeconds: seconds(20),
    callbackUrls: fc.constantFrom(undefined, CALLBACK_URLS),
    endAfterMs: fc.option(fc.integer({ min: 0, max: 60_000 }), {
      nil: undefined,
    }),
  })
  .map(({ endAfterMs, ...facts }) => {
    const call = ledgerCall(facts);
    if (endAfterMs === undefined) return call;
    return {
      ...call,
      endRequestedAt: new Date(call.createdAt.getTime() + endAfterMs),
    };
  });

const OPEN_STATUSES = ["queued", "initiated", "ringing", "in-progress"];

/** How far a call has come; the same for all final states. */
export function rankOf(status: string): number {
  const rank = OPEN_STATUSES.indexOf(status);
  return rank < 0 ? OPEN_STATUSES.length : rank;
}
