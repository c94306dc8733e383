import { randomUUID } from "node:crypto";

import {
  attemptIdOf,
  callRequest,
  type Attempt,
  type CallPlan,
  type CallRecord,
  type CallRequest,
  type CallRequestInput,
  retryPolicy,
} from "@call-log/model";

/** The time at which a fixture was made, unless it says otherwise. */
export const FIXTURE_TIME = new Date("2026-11-23T03:12:00.000Z");

/** Project of a fixture, unless it says otherwise. */
export const FIXTURE_PROJECT_ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

/** A valid call request, parsed. */
export function aCallRequest(overrides: Partial<CallRequestInput> = {}): CallRequest {
  return callRequest.parse({
    toNumber: "+1-555-999-8888",
    say: "The database of shop.example is down.",
    ...overrides,
  });
}

/** A planned attempt of a call, due at `FIXTURE_TIME`. */
export function anAttempt(callLogId: string, overrides: Partial<Attempt> = {}): Attempt {
  const number = overrides.number ?? 1;
  return {
    _id: attemptIdOf(callLogId, number),
    number,
    state: "planned",
    dueAt: FIXTURE_TIME,
    events: [],
    ...overrides,
  };
}

/** A queued call log whose first attempt is due. Every one has its own id. */
export function callRecord(
  overrides: Partial<Omit<CallRecord, "plan">> & { plan?: Partial<CallPlan> } = {},
): CallRecord {
  const { plan, ...properties } = overrides;
  const _id = properties._id ?? randomUUID();
  const steps = [{ say: "The database of shop.example is down." }];
  return {
    _id,
    createdAt: FIXTURE_TIME,
    updatedAt: FIXTURE_TIME,
    projectId: FIXTURE_PROJECT_ID,
    toNumber: "+15559998888",
    fromNumber: "+15551112222",
    callData: { message: steps[0]!.say, steps },
    status: "Queued",
    callCostInUSDCents: 0,
    attempts: [anAttempt(_id)],
    attemptCount: 0,
    tags: [],
    requestDigest: "0".repeat(64),
    revision: 0,
    wakeAt: FIXTURE_TIME,
    ...properties,
    plan: {
      steps,
      retry: retryPolicy.parse({}),
      reachedWhen: "answered",
      onUnknown: "hold",
      sensitive: false,
      ...plan,
    },
  };
}
