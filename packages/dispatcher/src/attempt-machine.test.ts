import {
  ATTEMPT_STATE_NAMES,
  ATTEMPT_STATES,
  CallLogError,
  isFinalStatus,
  type AttemptState,
  type CallRecord,
  type EventStatus,
} from "@call-log/model";
import type { PlaceResult } from "@call-log/provider";
import { freshDatabase, databaseRuns } from "@call-log/testing";
import fc from "fast-check";
import { assert, test } from "vitest";

import { acceptCall } from "./accept/accept-call.ts";
import { cancelCall } from "./commands/cancel-call.ts";
import { dispatchAttempt } from "./dispatch/dispatch-attempt.ts";
import { sweep } from "./maintenance/sweep.ts";
import { recordEvent } from "./record/record-event.ts";
import { aRequest, PROJECT_ID } from "./testing/a-call.ts";
import { useStoreContext } from "./testing/store-context.ts";
import type { TestContext } from "./testing/test-context.ts";

const newContext = useStoreContext(freshDatabase);

/** What the first attempt of a call has come to, as the state machine has it. */
interface Model {
  state: AttemptState;
  /** Orders that reached the provider. */
  orders: number;
  finalStatus?: string;
}

/** The attempt as it is in the database. */
interface Real {
  context: TestContext;
  callLogId: string;
}

type Command = fc.AsyncCommand<Model, Real>;

const later = (state: AttemptState): AttemptState[] =>
  ATTEMPT_STATE_NAMES.filter((next) => ATTEMPT_STATES[next].rank > ATTEMPT_STATES[state].rank);

/** Where an event moves an attempt that is under way; the rest says something beside the state. */
const MOVES = {
  queued: "accepted",
  initiated: "accepted",
  ringing: "ringing",
  "in-progress": "in-progress",
  completed: "ended",
  busy: "ended",
  declined: "ended",
  failed: "ended",
} as const satisfies Partial<Record<EventStatus, AttemptState>>;

/**
 * How the provider answers, and the states after it; "killed" is a process that dies before it can write the answer.
 */
const ANSWERS: Record<string, { result: PlaceResult["kind"]; becomes: AttemptState; dies?: true }> =
  {
    accepted: { result: "accepted", becomes: "accepted" },
    rejected: { result: "rejected", becomes: "rejected" },
    unknown: { result: "unknown", becomes: "unknown" },
    killed: { result: "accepted", becomes: "submitting", dies: true },
  };

async function read({ context, callLogId }: Real): Promise<CallRecord> {
  return (await context.calls.find(callLogId))!;
}

/** Run an act, and hold what became of it to the states that the machine allows after it. */
async function step(
  model: Model,
  real: Real,
  { allowed, act }: { allowed: readonly AttemptState[]; act: () => Promise<unknown> },
): Promise<void> {
  await act().catch((error: unknown) => {
    const isRefusal = error instanceof CallLogError || (error as Error).message === "killed";
    if (!isRefusal) throw error;
  });
  const { attempts, status, wakeAt } = await read(real);
  const state = attempts[0]!.state;
  assert.include(allowed, state, `${model.state} became ${state}`);
  assert.isAtMost(real.context.primary.orders.length, 1, "dialled twice");
  assert.isAtLeast(real.context.primary.orders.length, model.orders, "an order was forgotten");
  if (model.finalStatus !== undefined)
    assert.equal(status, model.finalStatus, "a final status was left");
  if (!isFinalStatus(status)) assert.isDefined(wakeAt, "an open call has no wake time");
  model.state = state;
  model.orders = real.context.primary.orders.length;
  if (isFinalStatus(status)) model.finalStatus = status;
}

function command(name: string, run: Command["run"], check: Command["check"] = () => true): Command {
  return { check, run, toString: () => name };
}

const dial = fc
  .record({ answer: fc.constantFrom(...Object.keys(ANSWERS)), workers: fc.constantFrom(1, 2) })
  .map(({ answer, workers }) =>
    command(`dial by ${workers}: ${answer}`, async (model, real) => {
      const { result, becomes, dies } = ANSWERS[answer]!;
      const { context, callLogId } = real;
      const { calls } = context;
      const providerCallId = `first-${callLogId}`;
      context.primary.answer = ({ toNumber, fromNumber }) => {
        const status = "queued" as const;
        if (result === "rejected")
          return { kind: result, errorClass: "destination", errorMessage: "No" };
        if (result === "unknown") return { kind: result, reason: "HTTP 503" };
        const call = { providerCallId, toNumber, fromNumber, createdAt: context.now(), status };
        context.primary.calls.set(providerCallId, call);
        return { kind: result, providerCallId, status };
      };
      if (dies) context.calls = { ...calls, replace: () => Promise.reject(new Error("killed")) };
      const job = { projectId: PROJECT_ID, callLogId, attemptNumber: 1 };
      const one = () => dispatchAttempt(context, job);
      const act = () => Promise.all(workers === 1 ? [one()] : [one(), one()]);
      const allowed =
        model.state === "planned" ? [becomes, "planned" as const] : whenFoundAgain(model.state);
      await step(model, real, { allowed, act });
      context.calls = calls;
    }),
  );

// A worker that finds an attempt claimed never dials; it may only give the claim up as unknown.
function whenFoundAgain(state: AttemptState): AttemptState[] {
  return state === "submitting" ? ["submitting", "unknown"] : [state];
}

const event = fc
  .record({
    status: fc.constantFrom(...(Object.keys(MOVES) as (keyof typeof MOVES)[])),
    times: fc.constantFrom(1, 3),
  })
  .map(({ status, times }) =>
    command(
      `${times} × ${status}`,
      async (model, real) => {
        const { context, callLogId } = real;
        const attemptId = `${callLogId}-1`;
        const origin = { attemptId, provider: "first", providerCallId: `first-${callLogId}` };
        const at = context.now().toISOString();
        const next = MOVES[status];
        const moves = !ATTEMPT_STATES[model.state].ended && later(model.state).includes(next);
        const tell = () => recordEvent(context, { ...origin, source: "callback", status, at });
        const act = () => Promise.all(Array.from({ length: times }, tell));
        await step(model, real, { allowed: [moves ? next : model.state], act });
        const { revision } = await read(real);
        await tell();
        assert.equal((await read(real)).revision, revision, "a repetition changed the record");
      },
      ({ orders }) => orders > 0,
    ),
  );

const pass = fc.constantFrom(1, 40, 200, 4000).map((seconds) =>
  command(`${seconds} s pass, sweep`, async (model, real) => {
    real.context.clock.advance(seconds);
    const allowed = ATTEMPT_STATES[model.state].ended
      ? [model.state]
      : [model.state, ...whenFoundAgain(model.state), ...later(model.state)];
    await step(model, real, { allowed, act: () => sweep(real.context) });
  }),
);

const cancel = fc.constant(
  command("cancel", async (model, real) => {
    const { context, callLogId } = real;
    const allowed = [model.state, "ended" as const];
    const act = () => cancelCall(context, { projectId: PROJECT_ID, callLogId });
    await step(model, real, { allowed: model.state === "rejected" ? ["rejected"] : allowed, act });
  }),
);

test("an attempt in the database moves as the state machine allows, whatever comes in whatever order", async () => {
  const commands = fc.commands([dial, event, event, event, pass, cancel], { maxCommands: 15 });
  await fc.assert(
    fc.asyncProperty(commands, (chosen) =>
      fc.asyncModelRun(async () => {
        const context = newContext();
        const request = aRequest({ retry: { maxAttempts: 1 } });
        const { _id: callLogId } = await acceptCall(context, { projectId: PROJECT_ID, request });
        const model: Model = { state: "planned", orders: 0 };
        return { model, real: { context, callLogId } };
      }, chosen),
    ),
    { numRuns: databaseRuns(60) },
  );
});
