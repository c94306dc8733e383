import {
  callRequest,
  type CallRecord,
  type CallRequest,
  type CallRequestInput,
} from "@call-log/model";

import { newCallRecord } from "../accept/new-call-record.ts";
import { dispatcherSettings, type DispatcherSettings } from "../context/dispatcher-settings.ts";
import { withWakeTime } from "../rules/wake-time.ts";

/** The time at which tests begin. */
export const START = new Date("2026-11-23T03:12:00.000Z");
/** Project of the calls in tests. */
export const PROJECT_ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
/** Id of a call in tests of pure rules. */
export const CALL_ID = "0198f2a4-1111-7000-8000-000000000001";

/** Steps that ask for an acknowledgement with 4. */
export const ASKS_FOR_4 = [
  { gather: { say: "Press 4 to acknowledge", on: { "4": { acknowledge: true } } } },
];

/** Settings under which everything that takes minutes takes moments. */
export const QUICK = {
  PROVIDER_TIMEOUT_SECONDS: "1",
  CLAIM_DEADLINE_SECONDS: "3",
  UNKNOWN_WINDOW_SECONDS: "5",
  REQUEUE_AFTER_SECONDS: "0.3",
  POLL_AFTER_SECONDS: "0.3",
  SETTLE_SECONDS: "0.2",
  PRICE_POLL_SECONDS: "0.2,0.4,0.6,1,1.5,2,3",
  RECORD_POLL_SECONDS: "0.3",
  SWEEP_EVERY_SECONDS: "0.1",
};

/** Settings with their defaults, but for the given ones; a number may be called as often as a test likes. */
export function someSettings(env: Record<string, string> = {}): DispatcherSettings {
  return dispatcherSettings.parse({ CALLEE_LIMITS: "off", ...env });
}

/** A valid request. */
export function aRequest(overrides: Partial<CallRequestInput> = {}): CallRequest {
  return callRequest.parse({
    toNumber: "+1-555-999-8888",
    say: "The database of shop.example is down.",
    ...overrides,
  });
}

/** The record of a request that was accepted at `START`. */
export function aCall(overrides: Partial<CallRequestInput> = {}): CallRecord {
  const origin = { id: CALL_ID, projectId: PROJECT_ID, fromNumber: "+15551112222", now: START };
  const record = newCallRecord(aRequest(overrides), origin);
  return withWakeTime(record, { now: START, settings: someSettings() });
}
