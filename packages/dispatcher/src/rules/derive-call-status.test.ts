import type { CallRecord, CallRequestInput, ProviderEvent } from "@call-log/model";
import { describe, expect, test } from "vitest";

import { aCall, ASKS_FOR_4, CALL_ID, START } from "../testing/a-call.ts";
import { claimed } from "../testing/claimed-call.ts";
import { applyEvents } from "./apply-events.ts";
import { noteStep, withAttempt } from "./attempts.ts";
import { deriveCallStatus } from "./derive-call-status.ts";
import { secondsAfter } from "./seconds.ts";

const situation = { now: START, chain: ["simulated"] };
const RETRIES = { retry: { maxAttempts: 4, backoff: { delaySeconds: 60 } } };

function event(
  number: number,
  status: ProviderEvent["status"],
  rest: Partial<ProviderEvent> = {},
): ProviderEvent {
  return {
    attemptId: `${CALL_ID}-${number}`,
    provider: "simulated",
    providerCallId: `CA${number}`,
    source: "callback",
    status,
    at: START.toISOString(),
    ...rest,
  };
}

const follow = (record: CallRecord, ...events: ProviderEvent[]) =>
  applyEvents(record, events, situation).record;

const dialled = (overrides: Partial<CallRequestInput>, number = 1) =>
  claimed(aCall(overrides), { now: START, number });

/** A call whose first attempt was given up as lost and whose second one is planned. */
function withLostAttempt(): CallRecord {
  const record = dialled({ ...RETRIES, onUnknown: "retry" });
  const lost = noteStep(record.attempts[0]!, "lost", START);
  const given = withAttempt(record, { ...lost, state: "unknown", outcome: "lost" });
  return deriveCallStatus(given, situation);
}

test.each([
  ["accepted", "Dialing"],
  ["ringing", "Ringing"],
  ["in-progress", "In Progress"],
  ["digits", "In Progress"],
] as const)("after %s the call is %s", (status, expected) => {
  expect(follow(dialled({}), event(1, status)).status).toBe(expected);
});

describe("late digits", () => {
  const asks = { say: ASKS_FOR_4, reachedWhen: "acknowledged" as const };
  const completed = event(1, "completed");
  const pressed = event(1, "digits", { digits: "4" });

  test("the end of a call waits for them", () => {
    const waiting = follow(dialled(asks), event(1, "in-progress"), completed);
    expect(waiting).toMatchObject({ status: "In Progress", attempts: [{ state: "ended" }] });
    expect(follow(waiting, pressed)).toMatchObject({ status: "Completed", acknowledgedAt: START });
  });

  test("without them it settles", () => {
    const waiting = follow(dialled(asks), completed);
    const settled = deriveCallStatus(waiting, { ...situation, settled: true });
    expect(settled).toMatchObject({ status: "Not Reached" });
  });

  test("they end the call while its next attempt is only planned", () => {
    const waiting = follow(dialled({ ...asks, ...RETRIES }), completed);
    const planned = deriveCallStatus(waiting, { ...situation, settled: true });
    expect(planned).toMatchObject({ status: "Scheduled", attempts: [{}, { state: "planned" }] });
    expect(follow(planned, pressed)).toMatchObject({
      status: "Completed",
      attempts: [{ outcome: "reached" }, { state: "ended", outcome: "canceled" }],
    });
  });

  test("they leave an attempt alone that is under way, but none follows it", () => {
    const waiting = follow(dialled({ ...asks, ...RETRIES }), completed);
    const planned = deriveCallStatus(waiting, { ...situation, settled: true });
    const second = claimed(planned, { number: 2, now: secondsAfter(START, 60) });
    const acknowledged = follow(second, pressed);
    expect(acknowledged.attempts[1]).toMatchObject({ state: "submitting" });
    expect(follow(acknowledged, event(2, "busy"))).toMatchObject({ status: "Completed" });
  });

  test("a final status is never left", () => {
    const settled = deriveCallStatus(follow(dialled(asks), completed), {
      ...situation,
      settled: true,
    });
    expect(follow(settled, pressed)).toMatchObject({
      status: "Not Reached",
      acknowledgedAt: START,
      attempts: [{ outcome: "reached" }],
    });
  });
});

describe("an attempt that was given up as lost", () => {
  test("counts, and the next one is planned", () => {
    expect(withLostAttempt()).toMatchObject({
      status: "Scheduled",
      attempts: [{ state: "unknown", outcome: "lost" }, { state: "planned" }],
    });
  });

  test("that turns up takes the planned one's place", () => {
    const found = follow(withLostAttempt(), event(1, "ringing"));
    expect(found).toMatchObject({ status: "Ringing", attempts: [{ state: "ringing" }, {}] });
    expect(found.attempts[1]).toMatchObject({ state: "ended", outcome: "canceled" });
    const busy = follow(found, event(1, "busy"));
    expect(busy).toMatchObject({ status: "Scheduled", attempts: [{}, {}, { number: 3 }] });
  });

  test("that turns up beside a claimed one is followed, too", () => {
    const second = claimed(withLostAttempt(), { number: 2, now: secondsAfter(START, 60) });
    const both = follow(second, event(1, "ringing"), event(2, "busy"));
    expect(both).toMatchObject({ status: "Ringing", attempts: [{}, { outcome: "busy" }] });
    expect(both.attempts).toHaveLength(2);
    expect(follow(both, event(1, "completed"))).toMatchObject({ status: "Completed" });
    const reached = follow(second, event(1, "ringing"), event(2, "completed"));
    expect(reached).toMatchObject({ status: "Completed", attempts: [{ state: "ringing" }, {}] });
  });
});

test("cost, pricing and who answered are summed up over the attempts", () => {
  const price = event(1, "price", { price: { amount: "-0.01300", currency: "USD" } });
  const human = event(1, "answered-by", { answeredBy: "human" });
  const ended = follow(dialled({}), human, event(1, "completed"));
  expect(ended).toMatchObject({ pricing: "pending", callCostInUSDCents: 0, answeredBy: "human" });
  expect(follow(ended, price)).toMatchObject({ pricing: "final", callCostInUSDCents: 1.3 });
});
