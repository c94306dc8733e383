import { CALL_OUTCOMES } from "@call-log/model";
import type { PlaceResult } from "@call-log/provider";
import { expect, test } from "vitest";

import { aCall, START } from "../testing/a-call.ts";
import { claimed } from "../testing/claimed-call.ts";
import { applyAnswer } from "./apply-answer.ts";
import { deriveCallStatus } from "./derive-call-status.ts";
import { expired } from "./finish-or-retry.ts";
import { secondsAfter } from "./seconds.ts";

const throttled: PlaceResult = {
  kind: "rejected",
  errorClass: "throttled",
  errorMessage: "Too many requests",
};

const dialled = claimed(aCall(), { now: START });
const answer = { attemptId: dialled.attempts[0]!._id, provider: "simulated", at: START };

test("says in words when the next attempt comes", () => {
  const { record } = applyAnswer(dialled, { ...answer, result: throttled });
  const next = deriveCallStatus(record, { now: START, chain: ["simulated"] });
  expect(next).toMatchObject({
    status: "Scheduled",
    statusMessage:
      "The provider was not able to take the call; nothing was dialled on attempt 1; next attempt at 2026-11-23T03:12:01.000Z",
  });
  expect(next.attempts[1]).toMatchObject({
    _id: `${next._id}-2`,
    number: 2,
    state: "planned",
    dueAt: secondsAfter(START, 1),
    provider: "simulated",
  });
});

test("a call that was never placed expires; its attempt is taken back", () => {
  const record = expired(aCall({ deadlineAt: "2026-11-23T03:13:00Z" }), START);
  expect(record).toMatchObject({ status: "Expired", attempts: [{ state: "ended" }] });
});

test("a call that was only refused until its deadline was never placed: Expired, with the last reason", () => {
  const { record } = applyAnswer(dialled, { ...answer, result: throttled });
  const waiting = deriveCallStatus(record, { now: START, chain: ["simulated"] });
  expect(expired(waiting, secondsAfter(START, 9))).toMatchObject({
    status: "Expired",
    statusMessage: `Its deadline passed before it could be dialled; ${CALL_OUTCOMES.throttled.wording}; Too many requests`,
    attempts: [{ outcome: "throttled" }, { state: "ended", outcome: "canceled" }],
  });
  const soon = { ...record, deadlineAt: secondsAfter(START, 1) };
  expect(deriveCallStatus(soon, { now: START, chain: ["simulated"] })).toMatchObject({
    status: "Expired",
    statusMessage: expect.stringContaining("Too many requests"),
  });
});

test("a deadline after a placed attempt leaves that attempt's outcome as the status, whatever was refused after it", () => {
  const busy = { ...dialled.attempts[0]!, state: "ended", outcome: "busy" } as const;
  const plan = { ...dialled.plan, retry: { ...dialled.plan.retry, maxAttempts: 3 } };
  const second = { ...dialled.attempts[0]!, _id: `${dialled._id}-2`, number: 2 };
  const again = { ...dialled, plan, attempts: [busy, second] };
  const refused = applyAnswer(again, { ...answer, attemptId: second._id, result: throttled });
  const waiting = deriveCallStatus(refused.record, { now: START, chain: ["simulated"] });
  expect(expired(waiting, secondsAfter(START, 9))).toMatchObject({
    status: "Busy",
    statusMessage: "The line was busy; the deadline ended the attempts",
  });
});

test("the spoken text of a sensitive call is deleted with its end", () => {
  const record = expired(aCall({ sensitive: true }), START);
  expect(record.plan.steps).toEqual([]);
  expect(record.callData).toEqual({ sensitive: true });
});
