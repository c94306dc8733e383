import type { CallRequestInput } from "@call-log/model";
import { freshDatabase } from "@call-log/testing";
import { expect, test } from "vitest";

import { acceptCall } from "../accept/accept-call.ts";
import { aRequest, ASKS_FOR_4, PROJECT_ID, START } from "../testing/a-call.ts";
import { useStoreContext } from "../testing/store-context.ts";
import type { TestContext } from "../testing/test-context.ts";
import { REHEARSAL_SCRIPTS, rehearseCall } from "./rehearse-call.ts";

const newContext = useStoreContext(freshDatabase);

const PAGE: Partial<CallRequestInput> = {
  say: [{ say: "The database is down." }, ...ASKS_FOR_4],
  reachedWhen: "acknowledged",
  retry: { maxAttempts: 2, backoff: { type: "fixed", delaySeconds: 60 } },
};

function rehearse(context: TestContext, script: string, request: Partial<CallRequestInput> = {}) {
  const given = { ...PAGE, ...request };
  return rehearseCall(context, { projectId: PROJECT_ID, request: aRequest(given), script });
}

test.each([
  ["presses-4", "Completed", ["reached"]],
  ["busy-then-4", "Completed", ["busy", "reached"]],
  ["no-answer", "No Answer", ["no-answer", "no-answer"]],
  ["presses-9", "Not Reached", ["not-acknowledged", "not-acknowledged"]],
  ["voicemail", "Not Reached", ["voicemail", "voicemail"]],
  ["bad-number", "Failed", ["bad-number"]],
  ["error-with-call", "Not Reached", ["not-acknowledged", "not-acknowledged"]],
  ["timeout-without-call", "Unknown", [undefined]],
] as const)("%s ends as %s", async (script, status, outcomes) => {
  const { call, isCut } = await rehearse(newContext(), script);
  const seen = call?.attempts.map(({ outcome }) => outcome);
  expect({ status: call?.status, seen }).toEqual({ status, seen: outcomes });
  expect(isCut).toBe(false);
});

test("every script comes to an end, in the order of time; what is refused for a day is cut", async () => {
  const context = newContext();
  const cut: string[] = [];
  for (const script of REHEARSAL_SCRIPTS) {
    const { call, isCut } = await rehearse(context, script);
    const times = call!.attempts.flatMap(({ events }) => events.map(({ at }) => at.getTime()));
    expect(
      times.toSorted((a, b) => a - b),
      script,
    ).toEqual(times);
    const isOpen = call!.attempts.some(({ state }) => state === "planned");
    expect(isOpen, script).toBe(isCut);
    if (isCut) cut.push(script);
  }
  expect(cut).toEqual(["account-suspended", "from-number-refused", "throttled"]);
});

test.each([
  ["slow", ["callback: ringing", "api: accepted", "callback: in-progress"]],
  ["timeout-with-call", ["callback: ringing", "callback: in-progress", "callback: answered-by"]],
] as const)("of %s, callbacks come before the answer, or in its place", async (script, seen) => {
  const { call } = await rehearse(newContext(), script);
  const [first] = call!.attempts;
  const events = first!.events.map(({ source, status }) => `${source}: ${status}`);
  expect(events.slice(2, 5)).toEqual(seen);
});

test("a refusal goes to the next provider of the project; of one alone, it is waited for", async () => {
  const { call } = await rehearse(newContext(), "throttled-once");
  expect(call).toMatchObject({
    attemptCount: 3,
    attempts: [{ provider: "first" }, { provider: "second" }, { provider: "second" }],
  });
  const alone = await rehearse(newContext({ chain: ["first"] }), "throttled-once");
  const [refused, next] = alone.call!.attempts;
  expect(next!.provider).toBe("first");
  expect(next!.claimedAt!.getTime() - refused!.claimedAt!.getTime()).toBe(2000);
});

test("the call has what a real one would have: numbers, providers, counts, and no reason of the attempt before", async () => {
  const { call } = await rehearse(newContext(), "busy-then-4");
  expect(call).toMatchObject({ attemptCount: 2, provider: "first", status: "Completed" });
  expect(call).not.toHaveProperty("waitsFor");
  const [first, second] = call!.attempts;
  expect(first).toMatchObject({ state: "ended", provider: "first", claimedAt: START });
  for (const { fromNumber, events } of [first!, second!]) {
    expect(fromNumber).toBe("+15551112222");
    expect(events.filter(({ status }) => status === "submitting")).toHaveLength(1);
  }
  const lost = await rehearse(newContext(), "timeout-without-call");
  expect(lost.call!.attempts[0]!.events.at(-1)).toMatchObject({
    status: "unknown",
    at: new Date(START.getTime() + 8000),
  });
});

test("25 attempts are played at most", async () => {
  const { call } = await rehearse(newContext(), "account-suspended");
  expect(call!.attempts.filter(({ claimedAt }) => claimedAt !== undefined)).toHaveLength(25);
});

test("quiet hours are those of the project's zone, where the request names none", async () => {
  const context = newContext({
    project: { quietHours: { from: "03:00", to: "07:00", timeZone: "Europe/Berlin" } },
  });
  const { call } = await rehearse(context, "presses-4");
  expect(call?.attempts[0]?.claimedAt?.toISOString()).toBe("2026-11-23T06:00:00.000Z");
});

test("a deadline at the moment of dialling ends the call, at the deadline", async () => {
  const context = newContext({
    project: { quietHours: { from: "03:12", to: "07:00", timeZone: "UTC" } },
  });
  for (const deadlineAt of ["2026-11-23T07:00:00.000Z", "2026-11-23T06:30:00.000Z"]) {
    const { call } = await rehearse(context, "presses-4", { deadlineAt });
    expect(call?.status).toBe("Expired");
    expect(call?.attempts[0]).toMatchObject({ state: "ended", endedAt: new Date(deadlineAt) });
  }
});

test("writes nothing, asks no provider, and says what is heard in which attempt", async () => {
  const context = newContext();
  const { heard, call } = await rehearse(context, "busy-then-4");
  expect(heard).toEqual([
    {
      attempt: 2,
      lines: [
        { kind: "said", text: "The database is down." },
        { kind: "asked", text: "Press 4 to acknowledge", isRepeat: false },
        { kind: "pressed", digits: "4", acknowledges: true },
      ],
    },
  ]);
  const [first, second] = call!.attempts;
  expect(second!.claimedAt!.getTime() - first!.endedAt!.getTime()).toBe(60_000);
  expect(await context.calls.find(call!._id)).toBeUndefined();
  expect(context.primary.orders).toEqual([]);
});

test("what would be refused, or has been placed, is not played", async () => {
  const context = newContext();
  const late = await rehearse(context, "presses-4", { deadlineAt: "2020-01-01T00:00:00Z" });
  expect(late).toMatchObject({
    call: null,
    preview: { refusal: "deadlineAt: must be in the future" },
  });
  const idempotencyKey = "incident-1";
  await acceptCall(context, { projectId: PROJECT_ID, request: aRequest({ idempotencyKey }) });
  expect(await rehearse(context, "presses-4", { idempotencyKey })).toMatchObject({ call: null });
});

test("quiet hours hold each attempt, and a deadline ends the call", async () => {
  const context = newContext({
    project: { quietHours: { from: "03:12", to: "07:00", timeZone: "UTC" } },
  });
  const { call } = await rehearse(context, "presses-4");
  expect(call?.attempts[0]?.claimedAt?.toISOString()).toBe("2026-11-23T07:00:00.000Z");
  const urgent = await rehearse(context, "presses-4", { priority: "emergency" });
  expect(urgent.call?.attempts[0]?.claimedAt).toEqual(START);
  const there = await rehearse(context, "presses-4", { timeZone: "Europe/Berlin" });
  expect(there.call?.attempts[0]?.claimedAt?.toISOString()).toBe("2026-11-23T06:00:00.000Z");
  const deadlineAt = "2026-11-23T06:00:00.000Z";
  expect((await rehearse(context, "presses-4", { deadlineAt })).call?.status).toBe("Expired");
});
